"""Days written out in running text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.signals.terms import shipped_terms
from persona.signals.written_dates import day_of_line, written_days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12–14 may 2026", date(2026, 5, 12)),
        ("may 12-14, 2026", date(2026, 5, 12)),
        ("tuesday 12th of may, 2026", date(2026, 5, 12)),
        ("sept. 3, 2025", date(2025, 9, 3)),
        ("september 2025", date(2025, 9, 1)),
        ("12.05.2026", date(2026, 5, 12)),
        ("5/13/2026", date(2026, 5, 13)),
        ("2026-05-12", date(2026, 5, 12)),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: date) -> None:
    found = written_days(f"hannover, {text} in hall 4", shipped_terms())
    assert [each.day for each in found] == [day]


@pytest.mark.parametrize(
    "text", ["30 february 2026", "may 2 people", "version 1.2.2026.4", "12 may"]
)
def test_what_is_no_day_of_a_year_is_left_alone(text: str) -> None:
    assert written_days(text, shipped_terms()) == []


def test_a_place_points_to_the_words() -> None:
    text = "meet us on 3 june 2025 in leeds"
    (found,) = written_days(text, shipped_terms())
    assert text[found.start : found.end] == "3 june 2025"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("12 May 2026", date(2026, 5, 12)),
        ("Posted on May 12, 2026 by Ann", date(2026, 5, 12)),
        ("12 May", None),
        ("On 12 May 2026 we shall open the new works beside the old one.", None),
    ],
)
def test_only_a_short_line_is_the_date_of_a_post(line: str, day: date | None) -> None:
    assert day_of_line(line, shipped_terms()) == day


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_every_day_survives_being_written_out(day: date) -> None:
    months = [phrase.strip("()").split("|")[0] for phrase in _months()]
    text = f"{day.day} {months[day.month - 1]} {day.year}"
    assert [each.day for each in written_days(text, shipped_terms())] == [day]


@given(st.text(alphabet="0123456789 mayjune./-–,to20", max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    for found in written_days(text, shipped_terms()):
        assert 0 <= found.start < found.end <= len(text)


def _months() -> tuple[str, ...]:
    return shipped_terms()["events.dates.months"].phrases
