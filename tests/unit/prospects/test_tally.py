"""The picture of a list against the plainest way to count it."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from persona.prospects.columns import Columns
from persona.prospects.groupnames import industry_name
from persona.prospects.outcome import Outcome
from persona.prospects.summary import ListSummary, share_of
from persona.vocabulary import PERSONAS
from tests.unit.prospects.picture import Row, failed, picture, row, scored, undecided

_TELLING = st.lists(st.sampled_from(["P05a", "P06b", "W12", "text"]), max_size=3, unique=True)
_SITES = st.sampled_from(["", "a.com", "b.com", "c.com"])
_PAGES = {"": 0, "a.com": 3, "b.com": 0, "c.com": 7}
_NEVER_READ = st.sampled_from(["", "b.com"])
"""A website is read once: where a row failed, no other row has pages of it."""


@st.composite
def _rows(draw: st.DrawFn) -> Row:
    site = draw(_SITES)
    common = {"site": site, "pages_read": _PAGES[site], "error": draw(st.sampled_from(["", "odd"]))}
    kind = draw(st.sampled_from(["scored", "scored", "undecided", "failed", "duplicate"]))
    telling = " ".join(draw(_TELLING))
    confidence = draw(st.integers(3400, 10_000)) / 10_000
    outcome: Outcome
    if kind == "undecided":
        outcome = undecided(draw(st.sampled_from(["thin", "mixed"])), telling=telling, **common)
    elif kind == "failed":
        outcome = failed(draw(st.sampled_from(["it broke", "it hid"])), site=draw(_NEVER_READ))
    else:
        label = draw(st.sampled_from(PERSONAS))
        outcome = scored(label, confidence, status=kind, telling=telling, **common)
    industry = draw(st.sampled_from(["Valves", "valves ", "Software", "", "n/a"]))
    return row(outcome, draw(st.text(max_size=5)), industry, draw(st.sampled_from(["7", "80"])))


@settings(deadline=None, max_examples=60)
@given(st.lists(_rows(), max_size=30), st.integers(1, 12), st.booleans())
def test_the_counts_are_those_of_a_plain_count(rows: list[Row], at_once: int, enc: bool) -> None:
    summary = picture(rows, at_once=at_once, encoded=enc)
    _check_rows(summary, rows)
    _check_groups(summary, rows)
    assert summary == picture(rows)


def _check_rows(summary: ListSummary, rows: list[Row]) -> None:
    outcomes = [each[0] for each in rows]
    statuses = Counter(each.status for each in outcomes)
    assert summary.rows == len(rows)
    assert summary.scored == statuses["scored"]
    assert (summary.undecided, summary.failed) == (statuses["undecided"], statuses["failed"])
    assert summary.duplicate == statuses["duplicate"]
    verdicts = [each for each in outcomes if each.status == "scored"]
    for persona in PERSONAS:
        own = [each for each in verdicts if each.label == persona]
        assert summary.personas[persona].count == len(own)
        told = Counter(id_ for each in own for id_ in each.telling.split())
        assert {one.evidence: one.rows for one in summary.telling[persona]} == told
    tenths = Counter(min(9, round(10_000 * (each.confidence or 0)) // 1000) for each in verdicts)
    assert summary.confidence == tuple(tenths[place] for place in range(10))
    open_ = [each.reason for each in outcomes if each.status == "undecided"]
    assert summary.reasons == Counter(open_)
    assert summary.failures == Counter(one.error for one in outcomes if one.status == "failed")
    fresh = {one.site for one in outcomes if one.status != "duplicate"} - {""}
    assert (summary.sites, summary.pages) == (len(fresh), _pages(outcomes))
    judged = [one for one in outcomes if one.status in ("scored", "undecided")]
    assert summary.troubled == sum(bool(one.error) for one in judged)


def _pages(outcomes: list[Outcome]) -> int:
    first: dict[str, int] = {}
    for one in outcomes:
        if one.status != "duplicate":
            first.setdefault(one.site, one.pages_read)
    return sum(first.values())


def _check_groups(summary: ListSummary, rows: list[Row]) -> None:
    counted = [each for each in rows if each[0].status != "duplicate"]
    names = Counter(industry_name(each[2]).casefold() or "not given" for each in counted)
    shown = {one.name.casefold(): one.rows for one in summary.industries}
    assert shown == (names if set(names) - {"not given"} else {})
    for one in summary.industries:
        assert sum(one.personas.values()) + one.undecided + one.failed == one.rows


def test_a_website_counts_its_pages_once_and_whether_it_was_read() -> None:
    rows = [
        row(scored(site="a.com", pages_read=5)),
        row(scored(site="a.com", pages_read=5)),
        row(failed("it broke", site="b.com")),
    ]
    summary = picture(rows, at_once=1)
    assert (summary.sites, summary.sites_read, summary.pages) == (2, 1, 5)


def test_the_surest_and_most_doubtful_come_in_order_and_early_rows_win_ties() -> None:
    rows = [row(scored(confidence=(6 + place % 4) / 10), f"C{place}") for place in range(40)]
    rows[17] = row(undecided())
    summary = picture(rows, at_once=7)
    assert [one.row for one in summary.surest] == [4, 8, 12, 16, 20, 24, 28, 32, 36, 40]
    assert [one.row for one in summary.doubtful] == [1, 5, 9, 13, 17, 21, 25, 29, 33, 37]
    assert (summary.surest[0].company, summary.surest[0].confidence) == ("C3", 0.9)


@pytest.mark.parametrize(
    ("verdicts", "surest", "doubtful"),
    [(0, [], []), (1, [1], []), (5, [5, 4, 3], [1, 2]), (14, range(14, 7, -1), range(1, 8))],
)
def test_in_a_short_list_no_row_is_both_among_the_surest_and_the_most_doubtful(
    verdicts: int, surest: Sequence[int], doubtful: Sequence[int]
) -> None:
    summary = picture([row(scored(confidence=(60 + place) / 100)) for place in range(verdicts)])
    assert [one.row for one in summary.surest] == list(surest)
    assert [one.row for one in summary.doubtful] == list(doubtful)


def test_a_name_is_shown_on_one_short_line_without_what_cannot_be_seen() -> None:
    name = "\u202eAcme\u200b\x07\n" + "x" * 500
    shown = picture([row(scored(), name)]).surest[0].company
    assert shown.startswith("Acme")
    assert shown.isprintable()
    assert len(shown) <= 80


def test_addresses_that_are_none_are_counted_by_why_and_not_one_by_one() -> None:
    rows = [
        row(failed(f"'x{place}.zz' is no public website: .zz{place} is not the ending of a public "
                   "name; type it", "invalid_address"))
        for place in range(500)
    ]  # fmt: skip
    summary = picture(rows)
    assert list(summary.failures.values()) == [500]


@pytest.mark.parametrize(("reason", "kept"), [("unreachable", True), ("invalid_address", False)])
def test_a_command_to_retry_stands_only_where_reading_again_can_help(
    reason: str, kept: bool
) -> None:
    summary = picture([row(failed("it broke", reason))], retry="persona score again")
    assert bool(summary.retry) is kept


def test_many_groups_are_shown_as_the_largest_and_the_others_together() -> None:
    rows = [row(scored(), industry=f"I{place % 40:02d}") for place in range(400)]
    rows += [row(scored(), industry="I07"), row(scored())]
    industries = picture(rows).industries
    assert industries[0].name == "I07"
    assert [one.name for one in industries[-2:]] == ["All others (28)", "Not given"]
    assert sum(one.rows for one in industries) == len(rows)


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_a_group_is_called_as_it_is_spelled_first_by_a_row_that_counts(at_once: int) -> None:
    rows = [row(scored(status="duplicate"), industry="VALVES")]
    rows += [row(scored(), industry=name) for name in ("Valves", "VALVES")]
    assert [one.name for one in picture(rows, at_once=at_once).industries] == ["Valves"]


def test_more_names_than_are_kept_lose_no_row() -> None:
    rows = [row(scored(), industry=f"name {place}") for place in range(10_500)]
    industries = picture(rows).industries
    assert sum(one.rows for one in industries) == len(rows)
    assert industries[-1].name == "All others (more than 9,988)"


def test_a_list_without_such_columns_has_no_groups() -> None:
    summary = picture([row(scored(), "C", "Valves", "7")], Columns())
    assert (summary.industries, summary.sizes) == ((), ())
    assert summary.surest[0].company == ""


def test_the_agreement_is_that_of_what_the_rows_are_judged_by() -> None:
    by_answers = picture([], Columns(answers={"P05": 0}), websites_read=False)
    by_both = picture([], Columns(website=0, answers={"P05": 1}))
    by_website = picture([], Columns(website=0))
    assert [one.view for one in by_answers.agreement] == ["answers"]
    assert [one.view for one in by_both.agreement] == ["answers", "website", "both"]
    assert [one.view for one in by_website.agreement] == ["website"]
    one = by_website.agreement[0]
    assert one.low < one.met < one.high
    assert one.elsewhere is not None
    assert one.elsewhere < one.kappa


def test_the_interval_is_wilsons() -> None:
    # Figures of Wilson's interval for 2 of 3, and for none of 10, as in published tables.
    share = share_of(2, 3)
    assert (round(share.low, 4), round(share.high, 4)) == (0.2077, 0.9385)
    none = share_of(0, 10)
    assert (none.low, round(none.high, 4)) == (0.0, 0.2775)
    assert (share_of(0, 0).low, share_of(0, 0).high, share_of(0, 0).value) == (0.0, 1.0, 0.0)
