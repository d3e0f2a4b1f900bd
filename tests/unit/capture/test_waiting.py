"""How long to wait before asking again."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.waiting import asked_for, backoff


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("Sat, 01 Jan 2000 00:00:00 GMT", 0.0),
    ],
)
def test_seconds_and_past_dates(header: str, seconds: float | None) -> None:
    assert asked_for(header) == seconds


def test_a_date_to_come() -> None:
    wait = asked_for(format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True))
    assert wait is not None
    assert 80 < wait <= 91


@given(
    st.text(max_size=60) | st.from_regex(r"[A-Z][a-z]{2}, \d+ [A-Z][a-z]{2} \d+ \d+:\d+:\d+ \w+")
)
def test_any_header_gives_a_finite_wait_or_none(header: str) -> None:
    wait = asked_for(header)
    assert wait is None or 0 <= wait < 1e9


def test_pauses_double_and_differ_by_address_but_not_by_run() -> None:
    pauses = [backoff("https://example.com/", attempt, 1.0) for attempt in range(3)]
    assert pauses == [backoff("https://example.com/", attempt, 1.0) for attempt in range(3)]
    for attempt, pause in enumerate(pauses):
        assert 2**attempt <= pause <= 1.5 * 2**attempt
    assert backoff("https://example.org/", 0, 1.0) != pauses[0]
