"""One row judged: the same verdict as ``persona.assess``, with a status that tells what became."""

from pathlib import Path

import pytest
from hypothesis import given

from persona.capture.archive import read_captures
from persona.capture.records import FAILURES, Capture, Failure, Unread
from persona.model.artefact import LoadedModel
from persona.pipe import assess, shipped_model
from persona.prospects.judge import NO_WEBSITE, NOT_READ, as_duplicate, judge
from persona.prospects.outcome import Outcome
from persona.prospects.shard import Prospect
from persona.reports.result import Result
from persona.signals.extract import SiteReading, extract
from tests import strategies
from tests.strategies import EXECUTION_IDS, OPTIONS, PERSONA_IDS, TYPICAL
from tests.unit.signals.sites import FULL, site

CAPTURES = Path(__file__).parents[3] / "data" / "examples" / "retraining" / "captures.jsonl.gz"
ENOUGH = TYPICAL["passive_marketer"]
COLUMNS = Outcome.__struct_fields__
FEW = dict(list(ENOUGH.items())[:2])


@pytest.fixture(scope="module")
def loaded() -> LoadedModel:
    return shipped_model()


@pytest.fixture(scope="module")
def sites() -> list[SiteReading]:
    """Read 14 of the websites that ship as an example: decided, mixed and thin ones."""
    return [extract(capture) for capture in list(read_captures(CAPTURES))[:14]]


def row_of(answers: dict[str, str], website: SiteReading | None = None) -> Prospect:
    name = website.capture.site if website else ""
    return Prospect(row=7, address=name, site=name, answers=answers)


def unread(failure: Failure) -> SiteReading:
    return extract(Capture("acme.com", "acme.com", (), (Unread("https://acme.com/", failure),)))


def assert_same(outcome: Outcome, result: Result) -> None:
    """Check that an outcome says what a result says."""
    verdict = result.verdict
    assert (outcome.label, outcome.reason) == (result.label, result.reason or "")
    assert outcome.status == ("undecided" if result.label == "undecided" else "scored")
    told = [f"{one.item}{one.option or ''}" for one in verdict.for_leader()]
    assert outcome.telling.split() == told
    for one in (*verdict.for_leader(), *verdict.against_leader()):
        cell = outcome.evidence if verdict.margin(one) > 0 else outcome.counter_evidence
        assert one.is_wording or f"({one.item}" in cell
    steps = result.plan.steps
    assert outcome.first_play == (f"{steps[0].name}: {steps[0].first_action}" if steps else "")
    shares = (outcome.p_sales_driven, outcome.p_passive_marketer, outcome.p_dynamic_marketer)
    if not verdict.evidence:
        assert (*shares, outcome.confidence, outcome.runner_up) == (None, None, None, None, "")
        return
    assert shares == tuple(round(share, 4) for share in result.probabilities.values())
    assert outcome.confidence == round(result.confidence, 4)
    assert outcome.runner_up == result.runner_up


@given(strategies.any_set())
def test_answers_alone_give_the_verdict_of_an_assessment(answers: dict[str, str]) -> None:
    outcome = judge(row_of(answers), None, shipped_model())
    if outcome.status == "failed":
        assert not set(answers) & set(PERSONA_IDS)
        return
    assert_same(outcome, assess(answers, model=shipped_model()))
    assert (outcome.error, outcome.site, outcome.pages_read) == ("", "", 0)
    assert outcome.model == "persona-1"


def test_the_example_is_judged_as_it_is_assessed(
    example_answers: dict[str, str], example: Result, loaded: LoadedModel
) -> None:
    outcome = judge(row_of(example_answers), None, loaded)
    assert_same(outcome, example)
    assert outcome.telling == "P05a P11b P26a"
    assert outcome.evidence.startswith(
        "What wins and sets the price: We made the better commercial offer (P05); "
    )
    assert outcome.first_play.startswith("Choose fights: Score 20 open deals")
    assert outcome.opening.startswith("Start: Ask how the quarter stands")


def test_websites_give_the_verdict_of_a_scan(sites: list[SiteReading], loaded: LoadedModel) -> None:
    seen = set()
    for website in sites:
        outcome = judge(row_of({}, website), website, loaded)
        assert_same(outcome, assess({}, model=loaded, website=website))
        assert (outcome.pages_read, outcome.error) == (len(website.pages), "")
        assert outcome.site == website.capture.site
        seen |= {outcome.label, outcome.reason}
    assert seen >= {"sales_driven", "dynamic_marketer", "mixed", "thin"}


@pytest.mark.parametrize("answers", [ENOUGH, FEW, TYPICAL["dynamic_marketer"]])
def test_answers_and_website_are_weighed_together(
    answers: dict[str, str], sites: list[SiteReading], loaded: LoadedModel
) -> None:
    for website in sites[10:]:
        outcome = judge(row_of(answers, website), website, loaded)
        assert_same(outcome, assess(answers, model=loaded, website=website))


@given(strategies.persona_only(), strategies.full())
def test_execution_answers_move_nothing_but_the_play(
    method: dict[str, str], other: dict[str, str]
) -> None:
    execution = {item: other[item] for item in EXECUTION_IDS}
    alone = judge(row_of(method), None, shipped_model())
    beside = judge(row_of(method | execution), None, shipped_model())
    assert {name for name in COLUMNS if getattr(alone, name) != getattr(beside, name)} <= {
        "first_play"
    }


@pytest.mark.parametrize("failure", ["dns", "timeout", "robots", "bot_wall", "forbidden_address"])
def test_a_website_that_cannot_be_read_fails_the_row_and_says_why(
    failure: Failure, loaded: LoadedModel
) -> None:
    for answers in ({}, FEW):
        outcome = judge(row_of(answers, unread(failure)), unread(failure), loaded)
        assert (outcome.status, outcome.label) == ("failed", "undecided")
        assert (outcome.reason, outcome.error) == ("unreachable", FAILURES[failure])
        assert outcome.confidence is outcome.p_sales_driven is None
        assert not any((outcome.evidence, outcome.opening, outcome.first_play, outcome.telling))
        assert (outcome.site, outcome.pages_read) == ("acme.com", 0)


def test_enough_answers_stand_without_the_website_whose_trouble_is_named(
    loaded: LoadedModel,
) -> None:
    website = unread("dns")
    outcome = judge(row_of(ENOUGH, website), website, loaded)
    alone = judge(row_of(ENOUGH), None, loaded)
    assert outcome.status == "scored"
    assert outcome.error == FAILURES["dns"]
    differing = {name for name in COLUMNS if getattr(outcome, name) != getattr(alone, name)}
    assert differing == {"error", "site"}


def test_a_name_for_sale_was_reached_and_is_undecided_with_the_reason(loaded: LoadedModel) -> None:
    outcome = judge(row_of({}, unread("parked")), unread("parked"), loaded)
    assert (outcome.status, outcome.reason) == ("undecided", "thin")
    assert (outcome.error, outcome.pages_read) == (FAILURES["parked"], 0)
    assert outcome.confidence is None
    assert outcome.opening.startswith("Start: ")


def test_a_public_body_is_undecided_and_gets_no_opening(loaded: LoadedModel) -> None:
    website = extract(site(FULL, domain="nasa.gov")[0])
    outcome = judge(row_of({}, website), website, loaded)
    assert (outcome.status, outcome.reason, outcome.error) == ("undecided", "out_of_scope", "")
    assert outcome.opening == ""


def test_a_row_that_names_no_website_and_has_no_answers_has_failed(loaded: LoadedModel) -> None:
    outcome = judge(Prospect(row=0, nowhere=NO_WEBSITE), None, loaded)
    assert (outcome.status, outcome.reason) == ("failed", "invalid_address")
    assert outcome.error == NO_WEBSITE
    only_execution = Prospect(row=0, answers={"E01": "a"}, nowhere="'x y' is no address")
    outcome = judge(only_execution, None, loaded)
    assert (outcome.reason, outcome.error) == ("invalid_address", "'x y' is no address")


def test_a_row_without_answers_in_a_list_without_websites_is_thin(loaded: LoadedModel) -> None:
    outcome = judge(Prospect(row=0, error="P05: 'z' is no option"), None, loaded)
    assert (outcome.status, outcome.reason) == ("undecided", "thin")
    assert outcome.error == "P05: 'z' is no option"
    assert outcome.confidence is None


def test_a_site_of_which_nothing_came_fails_unless_answers_are_enough(
    loaded: LoadedModel,
) -> None:
    given = Prospect(row=0, site="acme.com", answers=FEW)
    outcome = judge(given, None, loaded)
    assert (outcome.status, outcome.reason) == ("failed", "unreachable")
    assert outcome.error == NOT_READ
    told = Prospect(row=0, site="acme.com", answers=ENOUGH, error="a fault in the program")
    outcome = judge(told, None, loaded)
    assert (outcome.label, outcome.error) == ("passive_marketer", "a fault in the program")


def test_an_answer_that_cannot_be_used_is_told_whatever_the_verdict(loaded: LoadedModel) -> None:
    trouble = "P05: 'z' is none of its options (a to d)"
    scored = judge(Prospect(row=0, answers=ENOUGH, error=trouble), None, loaded)
    assert (scored.status, scored.error) == ("scored", trouble)
    website = unread("dns")
    failed = judge(Prospect(row=0, site="acme.com", error=trouble), website, loaded)
    assert failed.error == f"{FAILURES['dns']}; {trouble}"


def test_a_duplicate_carries_the_verdict_of_the_first(loaded: LoadedModel) -> None:
    first = judge(row_of(ENOUGH), None, loaded)
    again = as_duplicate(first)
    assert again.status == "duplicate"
    assert {name for name in COLUMNS if getattr(first, name) != getattr(again, name)} == {"status"}


def test_every_answer_of_the_questionnaire_can_be_judged(loaded: LoadedModel) -> None:
    for place in range(max(map(len, OPTIONS.values()))):
        answers = {item: options[place % len(options)] for item, options in OPTIONS.items()}
        assert judge(row_of(answers), None, loaded).status in ("scored", "undecided")
