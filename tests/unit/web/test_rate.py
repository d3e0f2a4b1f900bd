"""How often something may be begun."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import BusyError
from persona.web.rate import Rate, in_words


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_lets_so_many_through_and_says_how_long_to_wait() -> None:
    clock = Clock()
    rate = Rate((2, 60.0), clock=clock)
    rate.take()
    clock.now += 20
    rate.take()
    with pytest.raises(BusyError, match="40 seconds") as caught:
        rate.take()
    assert caught.value.seconds == 40
    clock.now += 40
    rate.take()


def test_the_longest_wait_counts_where_there_are_several_limits() -> None:
    clock = Clock()
    rate = Rate((1, 10.0), (2, 3600.0), clock=clock)
    rate.take()
    clock.now += 10
    rate.take()
    clock.now += 10
    with pytest.raises(BusyError, match="60 minutes") as caught:
        rate.take()
    assert caught.value.seconds == 3580


@given(st.lists(st.floats(0, 30), max_size=80))
def test_never_more_than_the_limit_in_any_stretch(pauses: list[float]) -> None:
    clock, begun = Clock(), []
    rate = Rate((5, 60.0), (9, 200.0), clock=clock)
    for pause in pauses:
        clock.now += pause
        with suppress(BusyError):
            rate.take()
            begun.append(clock.now)
    for count, seconds in ((5, 60.0), (9, 200.0)):
        for first, last in zip(begun, begun[count:], strict=False):
            assert last - first >= seconds


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (40, "40 seconds"), (120, "2 minutes"), (3541, "60 minutes")],
)
def test_waits_are_told_as_people_say_them(seconds: int, words: str) -> None:
    assert in_words(seconds) == words
