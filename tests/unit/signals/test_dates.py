"""The days of a page, believed in a fixed order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.signals.dates import MOST_DATES, dates_of, day_in_path, day_of, published_on
from persona.signals.facts import Dated

DAY = date(2026, 5, 17)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-17", DAY),
        (" 2026-05-17T10:00:00+02:00", DAY),
        ("20260517T1000", DAY),
        ("2026/05/17", DAY),
        ("2026-05", date(2026, 5, 1)),
        ("2026-02-30", None),
        ("2026-13-01", None),
        ("1969-01-01", None),
        ("2101-01-01", None),
        ("202605171", None),
        ("17 May 2026", None),
        ("", None),
        (20260517, None),
        ({"@value": "2026-05-17"}, None),
    ],
)
def test_a_day_is_read_from_a_date_for_machines(text: object, day: date | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/blog/2026/05/17/title", DAY),
        ("/2026-5-17-title", DAY),
        ("/news/2026/05", date(2026, 5, 1)),
        ("/p/20260517", None),
        ("/2026/99/99", None),
        ("/models/2026", None),
    ],
)
def test_a_day_is_read_from_an_address(path: str, day: date | None) -> None:
    assert day_in_path(path) == day


def test_the_day_of_publication_is_believed_in_order() -> None:
    post = {"@type": "BlogPosting", "datePublished": "2026-01-01"}
    event = {"@type": "Event", "startDate": "2026-12-01", "datePublished": "2026-12-02"}
    path, meta, time = "/2026/04/04/x", "2026-02-02", ("2026-03-03",)
    assert published_on([event, post], meta, time, path) == date(2026, 1, 1)
    assert published_on([event], meta, time, path) == date(2026, 2, 2)
    assert published_on([], "", time, path) == date(2026, 3, 3)
    assert published_on([], "", (*time, "2026-03-04"), path) == date(2026, 4, 4)
    assert published_on([], "", (), "/about") is None


def test_each_day_comes_once_with_the_words_beside_it() -> None:
    event = {"@type": "Event", "name": "Fair\nin  Kiel", "startDate": "2026-05-17"}
    nameless = {"@type": "Event", "startDate": "2026-05-18"}
    times = [("2026-05-17", "Fair in Kiel"), ("2026-05-17", "Post"), ("never", "Post")]
    assert dates_of([event, nameless], times) == (
        Dated(DAY, "Fair in Kiel"),
        Dated(date(2026, 5, 18), ""),
        Dated(DAY, "Post"),
    )
    assert len(dates_of([], [("2026-05-17", str(n)) for n in range(9999)])) == MOST_DATES


@given(st.text(alphabet="0123456789-/. T", max_size=14))
def test_any_text_gives_a_day_of_our_time_or_none(text: str) -> None:
    for day in (day_of(text), day_in_path(text)):
        assert day is None or 1995 <= day.year <= 2100


@given(st.dates(date(1995, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert day_of(day.isoformat()) == day_in_path(f"/{day:%Y/%m/%d}/x") == day
