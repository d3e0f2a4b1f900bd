"""One shard: rows of a site judged together, each as it would be alone."""

import pytest

from persona.capture.records import Capture, Unread
from persona.pipe import shipped_model
from persona.prospects.engine import open_shard
from persona.prospects.engine.open_shard import FAULT, OpenShard
from persona.prospects.judge import judge
from persona.prospects.shard import Prospect, Shard
from persona.signals.extract import extract
from tests.strategies import TYPICAL
from tests.unit.signals.sites import FULL, site

MODEL = shipped_model()
ENOUGH = TYPICAL["dynamic_marketer"]
CAPTURE = site(FULL)[0]
NAME = CAPTURE.site


def of_site(row: int, **changes: object) -> Prospect:
    return Prospect(row=row, address=f"www.{NAME}/{row}", site=NAME, **changes)  # type: ignore[arg-type]


def opened(*prospects: Prospect) -> OpenShard:
    return OpenShard(Shard(3, prospects), MODEL)


def test_a_site_is_read_by_the_address_of_its_first_row() -> None:
    shard = opened(of_site(2), Prospect(row=4), of_site(7))
    assert shard.waiting == {NAME: f"www.{NAME}/2"}


def test_each_row_gets_what_it_would_get_alone_and_repeats_are_duplicates() -> None:
    rows = (
        of_site(0),
        of_site(1, answers=ENOUGH),
        Prospect(row=2, nowhere="no website"),
        of_site(3),
        of_site(4, answers=ENOUGH),
        Prospect(row=5, nowhere="no website"),
    )
    shard = opened(*rows)
    shard.take(NAME, CAPTURE, 2.0)
    outcomes = shard.outcomes()
    assert list(outcomes) == [0, 1, 2, 3, 4, 5]
    reading = extract(CAPTURE)
    for place in (0, 1):
        assert outcomes[place] == judge(rows[place], reading, MODEL)
    assert [outcomes[row].status == "duplicate" for row in outcomes] == [
        False, False, False, True, True, False,
    ]  # fmt: skip
    assert outcomes[3].label == outcomes[0].label
    assert outcomes[4].evidence == outcomes[1].evidence
    assert outcomes[2].status == outcomes[5].status == "failed", "no two rows without site are one"


def test_a_duplicate_tells_its_own_trouble() -> None:
    shard = opened(of_site(0), of_site(1, error="P05: 'z' is none of its options (a to c)"))
    shard.take(NAME, CAPTURE)
    first, second = shard.outcomes().values()
    assert (first.error, second.status) == ("", "duplicate")
    assert "P05" in second.error


def test_a_site_that_cannot_be_read_fails_rows_but_for_those_with_answers() -> None:
    shard = opened(of_site(0), of_site(1, answers=ENOUGH))
    shard.take(NAME, Capture(NAME, NAME, (), (Unread(f"https://{NAME}/", "dns"),)), 1.0)
    failed, scored = shard.outcomes().values()
    assert (failed.status, failed.reason) == ("failed", "unreachable")
    assert scored.status == "scored"
    assert scored.error == failed.error != ""


def test_a_fault_in_the_program_fails_the_rows_of_its_site_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def faulty(capture: Capture) -> object:
        if capture.site == NAME:
            raise ZeroDivisionError
        return extract(capture)

    monkeypatch.setattr(open_shard, "_extracted", faulty)
    shard = opened(of_site(0), Prospect(row=1, address="b.com", site="b.com"), of_site(2))
    shard.take(NAME, CAPTURE)
    shard.take("b.com", Capture("b.com", "b.com", CAPTURE.pages))
    first, other, second = shard.outcomes().values()
    assert (first.status, first.error) == ("failed", f"{FAULT} (ZeroDivisionError)")
    assert second.status == "duplicate"
    assert other.error == ""
    assert other.pages_read == len(CAPTURE.pages)


def test_the_slowest_sites_are_named() -> None:
    names = ["a.com", "b.com", "c.com", "d.com", "e.com"]
    shard = opened(*(Prospect(row=at, address=name, site=name) for at, name in enumerate(names)))
    for seconds, name in zip((3.0, 9.04, 1.0, 2.0, 9.0), names, strict=True):
        shard.take(name, Capture(name, name), seconds)
    assert [(one.site, one.seconds) for one in shard.slowest] == [
        ("b.com", 9.0), ("e.com", 9.0), ("a.com", 3.0),
    ]  # fmt: skip
