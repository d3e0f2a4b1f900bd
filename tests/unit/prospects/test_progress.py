"""What is shown while a list is scored."""

import io

from rich.console import Console

from persona.prospects.progress import Progress, duration
from persona.prospects.shard import SlowSite


def _halfway() -> Progress:
    progress = Progress()
    progress.rows = 200
    progress.add(scored=60, undecided=20, failed=10, duplicate=10)
    return progress


def test_how_far_how_fast_and_how_long_still() -> None:
    assert _halfway().headline(50.0) == "100 of 200 rows · 2 a second · 50 s left"


def test_what_was_done_before_is_left_out_of_the_rate() -> None:
    progress = _halfway()
    progress.rows = 400
    progress.add(scored=100, undecided=0, failed=0, duplicate=0, before=True)
    assert progress.headline(50.0) == "200 of 400 rows · 2 a second · 2 min left"


def test_slow_lists_are_told_by_the_minute_and_nothing_is_told_too_early() -> None:
    progress = _halfway()
    assert progress.headline(600.0).split(" · ")[1] == "10 a minute"
    assert progress.headline(0.5) == "100 of 200 rows"


def test_a_beginning_says_only_how_much_there_is_and_then_that_it_goes_on() -> None:
    progress = Progress()
    progress.rows = 3
    assert progress.headline(0.5) == "0 of 3 rows"
    assert progress.headline(9.0) == "0 of 3 rows · 9 s so far"
    assert progress.outcome() == progress.slow() == ""


def test_outcomes_by_kind() -> None:
    assert _halfway().outcome() == "decided 60 · undecided 20 · failed 10 · duplicate 10"


def test_the_three_slowest_sites_are_named_harmlessly() -> None:
    progress = _halfway()
    sites = [SlowSite("a.com", 3.0), SlowSite("b.com", 41.2), SlowSite("\x1b[2Jc.com", 9.0)]
    progress.add(scored=0, undecided=0, failed=0, duplicate=0, slowest=sites)
    progress.add(scored=0, undecided=0, failed=0, duplicate=0, slowest=[SlowSite("d.com", 5.0)])
    assert progress.slow() == "slowest: b.com 41 s, [2Jc.com 9 s, d.com 5 s"


def test_what_is_drawn_holds_all_of_it() -> None:
    progress = _halfway()
    progress.add(scored=0, undecided=0, failed=0, duplicate=0, slowest=[SlowSite("a.com", 30)])
    paper = io.StringIO()
    Console(file=paper, width=60).print(progress.drawn())
    lines = paper.getvalue().splitlines()
    assert len(lines) == 4
    assert "100 of 200 rows" in lines[1]
    assert "a.com 30 s" in lines[3]


def test_the_end_of_it() -> None:
    progress = _halfway()
    progress.finishing()
    assert progress.headline(9.0) == "200 rows judged, writing the list"


def test_durations_as_people_say_them() -> None:
    assert [duration(each) for each in (0.2, 59, 60, 3540, 12_000, 90_000_000)] == [
        "1 s", "59 s", "1 min", "59 min", "3 h 20 min", "25,000 h 0 min",
    ]  # fmt: skip
