"""The HTML report of a company: what stands in it, in which order, and what can never happen."""

import math
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from persona.advice.progress import Record
from persona.errors import ResultError
from persona.files import encode
from persona.reports.html.company import company_report, company_view
from persona.reports.html.company_evidence import grade
from persona.reports.html.company_execution import _STATES, plan_view
from persona.reports.result import Result, decode_result, encode_result
from persona.vocabulary import GAPS, PERSONA_NAMES
from tests.htmlpage import Page, assert_inert, assert_sound
from tests.unit.reports.html.companies import CASES, HOSTILE, NAME, case, full, long
from tests.unit.reports.shown import flat, shown

ORDER = [
    "shares", "profile", "evidence", "change", "outside", "seen", "execution", "press", "plan",
    "checks", "reading", "limits",
]  # fmt: skip


@cache
def page_of(name: str) -> Page:
    return Page(company_report(case(name)))


@pytest.fixture(params=CASES)
def page(request: pytest.FixtureRequest) -> Page:
    return page_of(request.param)


def test_the_page_is_put_together_well(page: Page) -> None:
    assert_sound(page)
    assert all(text for level in "1234" for text in page.texts(f"h{level}"))


def test_tables_and_drawings_are_told_in_words(page: Page) -> None:
    assert len(page.texts("caption")) == len(page.named("table"))
    assert all(page.texts("caption"))
    assert {cell.get("scope") for cell in page.named("th")} <= {"row", "col"}
    drawings = [one for one in page.named("svg") if one.get("role") == "img"]
    assert len(page.texts("desc")) == len(drawings)
    assert all(page.texts("desc"))
    nested = [one for one in page.named("svg") if "x" in one and "y" in one]
    silent = [one for one in page.named("svg") if one.get("aria-hidden") == "true"]
    assert len(drawings) + len(nested) + len(silent) == len(page.named("svg"))


def test_sections_come_in_the_order_in_which_a_board_reads(page: Page) -> None:
    sections = [attributes["id"] for attributes in page.named("section")]
    assert sections == [each for each in ORDER if each in sections]
    assert {"shares", "plan", "reading", "limits"} <= set(sections)
    links = [one["href"][1:] for one in page.named("a") if one["href"].startswith("#")]
    assert links == ["content", *sections]


def test_nothing_runs_and_nothing_is_fetched(page: Page) -> None:
    assert_inert(page, r"https://[a-z]+\.example(/|$)")


def test_hostile_text_is_shown_as_it_is_and_does_nothing() -> None:
    page = page_of("hostile")
    everything = page.texts("html")[0]
    for text in (HOSTILE[0], HOSTILE[1], HOSTILE[2], "gnp.exe", "ab[31mc"):
        assert text in everything
    assert len(page.named("style")) == 1
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]",
                         everything)  # fmt: skip


EDITS: dict[str, Callable[[dict[str, Any]], object]] = {
    "an unknown dimension": lambda d: d["profile"]["standings"][0].update(dimension="SPEED"),
    "an unknown item": lambda d: d["evidence"][0].update(item="P99"),
    "an unknown signal": lambda d: d["website"]["sightings"][0].update(signals=["W99"]),
    "monstrous weights": lambda d: [e.update(weights=[1e308, -1e308, 0]) for e in d["evidence"]],
    "no standings": lambda d: d["profile"].update(standings=[]),
    "many steps": lambda d: d["plan"].update(steps=d["plan"]["steps"] * 5),
    "a score beyond all": lambda d: d["execution"].update(score=1e15),
    "days that are none": lambda d: d.update(assessed_on="yesterday"),
    "no changes": lambda d: d.update(label_changes=None, leader_changes=None),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_result_edited_by_hand_is_shown_all_the_same(edit: str) -> None:
    document = msgspec.json.decode(encode_result(full()))
    EDITS[edit](document)
    page = Page(company_report(msgspec.json.decode(encode(document), type=Result)))
    assert page.problems == []
    assert page.texts("section", id="limits")


def test_a_side_without_a_probability_is_refused_before_it_is_shown() -> None:
    document = msgspec.json.decode(encode_result(full()))
    document["website"]["answers_alone"]["probabilities"].popitem()
    with pytest.raises(ResultError, match="a persona is missing"):
        decode_result(encode(document), "a file")


@pytest.mark.parametrize(
    ("times", "word"),
    [(1.0, "slight"), (1.24, "slight"), (1.26, "moderate"), (1.66, "clear"), (2.51, "strong"),
     (1e300, "strong")],
)  # fmt: skip
def test_a_weight_is_called_by_how_far_it_moves_the_odds(times: float, word: str) -> None:
    assert grade(math.log(times)) == grade(-math.log(times)) == word


def test_no_name_of_a_person_is_shown_but_the_role_is() -> None:
    page = company_report(full()).decode()
    assert NAME not in page
    assert "Head of sales" in Page(page.encode()).texts("p", **{"class": "over"})[0]


def test_equal_results_give_equal_bytes() -> None:
    assert company_report(case("full")) == company_report(replace(full()))


def test_28_answers_and_60_pages_weigh_under_300_kb() -> None:
    result = long()
    assert result.website is not None
    assert len(result.website.pages) == 60
    assert len(result.verdict.from_answers) == 28
    assert len(company_report(result)) < 300_000


def test_the_three_probabilities_are_those_of_the_result() -> None:
    page = page_of("full")
    assert page.texts("span", **{"class": "name"}) == list(PERSONA_NAMES.values())[:3]
    shares = page.texts("span", **{"class": "size"})
    assert shares == [f"{share:.0%}" for share in full().probabilities.values()]


@pytest.mark.parametrize("name", ["thin", "nothing", "gated scan", "unreachable"])
def test_too_little_shows_no_probability_and_no_lean(name: str) -> None:
    page = page_of(name)
    assert page.texts("span", **{"class": "size"}) == []
    assert "evidence" not in [one["id"] for one in page.named("section")]
    assert "Undecided" in page.texts("dd")[0]


def test_evidence_is_the_answer_given_with_its_question_and_weight() -> None:
    result = full()
    whole = page_of("full").texts("section", id="evidence")[0]
    for each in (*result.verdict.for_leader(5), *result.verdict.against_leader(4)):
        answer = result.row.answer(each.item)
        figure = f"{result.verdict.margin(each):+.2f}".replace("-", "−")
        assert figure in whole
        if answer is not None:
            assert f"{answer.text} {answer.question} {answer.item}" in whole


def test_the_weights_shown_add_up_to_the_lead() -> None:
    evidence = company_view(full())["evidence"]
    figures = [float(figure.replace("−", "-")) for _, figure in evidence["sum"]["rows"]]
    total = float(evidence["sum"]["total"].replace("−", "-"))
    assert sum(figures) == pytest.approx(total, abs=0.005 * (len(figures) + 1))
    assert total == pytest.approx(full().verdict.lead, abs=0.005)


def test_quotes_link_to_the_page_where_they_stand() -> None:
    result = case("scan")
    assert result.website is not None
    linked = {one["href"] for one in page_of("scan").named("a")}
    assert linked & {quote.url for signal in result.row.signals for quote in signal.quotes[:1]}
    assert {each.url for each in result.website.pages} <= linked


def test_the_terminal_and_the_page_say_the_same() -> None:
    result = full()
    page, text = page_of("full").texts("html")[0], flat(shown(result, 88))
    assert result.label_changes is not None
    said = [
        "the verdict would be sales-driven",
        *(step.first_action for step in result.plan.steps),
        *result.plan.strengths,
        *result.plan.guards,
        *(check.verify_with for check in result.verify),
        "a brochure that runs ahead of what is done",
        "The model knows",
    ]
    for words in said:
        assert words in page
        assert words in text


def test_differences_of_inside_and_outside_say_what_each_side_stands_for() -> None:
    result = case("dynamic")
    assert result.website is not None
    assert result.website.differences
    outside = page_of("dynamic").texts("section", id="outside")[0]
    assert outside.count("The answers tell of more than the website") == len(
        result.website.differences
    )
    assert "Dynamic marketer something rivals do not offer" in outside
    assert "To look at: CRM win reasons or five phone calls" in outside


def test_every_gap_stands_once_under_its_state() -> None:
    groups = company_view(full())["execution"]["groups"]
    assert [group["state"] for group in groups] == [
        state for state in _STATES.values() if state in [one["state"] for one in groups]
    ]
    assert sum(len(group["gaps"]) for group in groups) == len(GAPS)
    readings = {each.gap: each for each in full().execution.gaps}
    shown_open = len(groups[0]["gaps"])
    assert shown_open == sum(each.state == "open" for each in readings.values())


def test_the_plan_shows_what_was_recorded_in_order_of_time() -> None:
    page = page_of("full")
    plan = page.texts("section", id="plan")[0]
    assert "Of three targets: one met, one not met and one not recorded." in plan
    assert re.search(
        r"20 December 2026: 31 %, still open.*20 February 2027: 24 %, target met", plan
    )
    assert "Counted in the CRM" in plan
    assert "+4 %, target not met" in plan


def test_a_later_value_leaves_the_judgement_of_a_target_standing() -> None:
    step = full().plan.steps[0]
    progress = (
        Record(step.id, "2027-01-20", "24 %", True),
        Record(step.id, "2027-02-20", "23 %"),
    )
    told = [
        plan_view(replace(full(), plan=replace(full().plan, steps=steps), progress=progress))
        for steps in (full().plan.steps, (step,))
    ]
    assert [each["progress"] for each in told] == [
        "Of three targets: one met and two not recorded.",
        "The one target: met.",
    ]


def test_a_scan_says_how_to_go_on_and_promises_no_plan() -> None:
    plan = page_of("scan").texts("section", id="plan")[0]
    assert "What to do next" in plan
    assert "Answer the questionnaire" in plan
    assert "E01" not in plan


def test_what_could_not_be_read_says_why() -> None:
    reading = page_of("unreachable").texts("section", id="reading")[0]
    assert "No page of x.example could be read." in reading
    assert "The certificate could not be verified: 1 page" in reading


def test_a_very_long_name_is_set_smaller_and_left_out_of_the_sentence() -> None:
    page = page_of("mixed, long name")
    assert page.named("h1")[0]["class"] == "long"
    assert "XXX" not in page.texts("p", **{"class": "lede"})[0]
