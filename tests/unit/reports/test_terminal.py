"""The report in a terminal: what it says, that it fits, and that nothing can steer it."""

import json
import math
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from persona.capture.records import Capture, Unread
from persona.layout import Paper, cells, percent
from persona.model.artefact import LoadedModel
from persona.pipe import assess
from persona.reports.result import Result, encode_result, load_result
from persona.reports.terminal import write_plan, write_report
from persona.signals.extract import extract
from persona.vocabulary import GAP_NAMES, JUDGED, NONE_IS_BETTER, PERSONA_NAMES
from tests.strategies import OPTIONS, OTHER_IDS, TYPICAL, deciding_from
from tests.websites import JUDGED_MODEL

HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31mred\u202eleft\u2066\u200b\r\b\x00\nend"
DAY = date(2026, 11, 21)
MIXED = {
    item: TYPICAL["sales_driven" if number % 2 else "passive_marketer"][item]
    for number, item in enumerate(TYPICAL["sales_driven"])
}
Edit = Callable[[dict[str, Any]], object]


def page(result: Result, width: int = 88, colour: bool = False, unicode: bool = True) -> str:
    paper = Paper(width, colour=colour, unicode=unicode)
    write_report(paper, result)
    return paper.text()


def words(text: str) -> str:
    """Return a page as one line, so that sentences can be looked for whatever the width."""
    return " ".join(re.sub(r"(?<=\w)-\n *", "-", text).split())


def steers(text: str) -> list[str]:
    return [char for char in text if not char.isprintable() and char not in "\n\u00a0"]


def reopened(result: Result, file: Path, edit: Edit) -> Result:
    """Return a result that somebody saved, edited by hand and opened again."""
    document = json.loads(encode_result(result))
    edit(document)
    file.write_text(json.dumps(document))
    return load_result(file)


CASES: dict[str, dict[str, str]] = {
    "sales": dict(TYPICAL["sales_driven"]) | dict.fromkeys(OTHER_IDS, "a"),
    "passive": dict(TYPICAL["passive_marketer"]) | dict.fromkeys(OTHER_IDS, "d"),
    "dynamic": dict(TYPICAL["dynamic_marketer"]) | dict.fromkeys(OTHER_IDS, "c"),
    "mixed": MIXED | {"E01": "d", "E04": "d"},
    "thin": {"P01": "a", "P02": "b", "E09": "d"},
    "nothing": {},
    "execution only": dict.fromkeys(OTHER_IDS, "b"),
}


@pytest.mark.parametrize("width", [40, 47, 60, 72, 80, 84, 88])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    for answers in CASES.values():
        result = assess(answers, company="Norrland Valves and Fittings of Sundsvall", on=DAY)
        for line in page(result, width).splitlines():
            assert cells(line) <= width, line


@pytest.mark.parametrize("width", [40, 60, 88])
def test_a_page_without_unicode_is_pure_ascii_and_no_wider(width: int) -> None:
    for answers in CASES.values():
        text = page(assess(answers, company="Norrland", on=DAY), width, unicode=False)
        assert text.isascii()
        for line in text.splitlines():
            assert len(line) <= width, line


@pytest.mark.parametrize("unicode", [True, False])
def test_the_profile_stands_in_columns_on_a_narrow_page(unicode: bool) -> None:
    text = page(assess(CASES["dynamic"], on=DAY), 40, unicode=unicode)
    lines = text[text.index("Your profile") : text.index("How well")].splitlines()
    header = next(line for line in lines if "dynamic" in line)
    column = header.index("dynamic")
    rows = [line for line in lines if len(line) > column and line[column] in "●o·.-"]
    marks = [line for line in lines if "●" in line or re.search(" o( |$)", line)]
    assert len(marks) == 14
    assert rows[-14:] == marks


@pytest.mark.parametrize("width", [40, 60, 88])
def test_core_gaps_are_marked_at_every_width(width: int) -> None:
    result = assess(CASES["sales"], on=DAY)
    text = page(result, width)
    rows = text[text.index("How well it is") : text.index("In one figure")].splitlines()
    assert "marked * matter most" in words(text)
    assert sum("*" in row for row in rows) == 4


def test_the_mark_of_core_gaps_is_no_other_mark_without_unicode() -> None:
    text = page(assess(CASES["sales"], on=DAY), unicode=False)
    rows = text[text.index("How well it is") : text.index("In one figure")].splitlines()
    assert sum("*" in row for row in rows) == 4


@pytest.mark.parametrize("case", list(CASES))
def test_without_colour_there_is_no_escape_and_colour_changes_no_word(case: str) -> None:
    result = assess(CASES[case], company="Norrland Valves", on=DAY)
    plain, coloured = page(result), page(result, colour=True)
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_a_company_name_cannot_steer_the_terminal() -> None:
    for width in (40, 88):
        text = page(assess(CASES["sales"], company=HOSTILE, on=DAY), width)
        assert not steers(text)
        assert text.count("\n") == page(assess(CASES["sales"], company="x", on=DAY), width).count(
            "\n"
        )


@hypothesis_settings(max_examples=30)
@given(st.text(max_size=100))
def test_no_company_name_can_steer_or_overflow(company: str) -> None:
    result = assess({}, company=company, on=DAY)
    text = page(result, 60)
    assert not steers(text)
    assert max(map(cells, text.splitlines())) <= 60


def everywhere(value: Any, text: str) -> Any:
    """Return a document with ``text`` in every free text of it."""
    fixed = {"item", "option", "kind", "dimension", "label", "leader", "runner_up", "reason"}
    fixed |= {"gap", "gaps", "opens", "state", "schema"}
    if isinstance(value, dict):
        return {
            key: inner if key in fixed else everywhere(inner, text) for key, inner in value.items()
        }
    if isinstance(value, list):
        return [everywhere(inner, text) for inner in value]
    return text if isinstance(value, str) else value


@pytest.mark.parametrize("day", ["2026-11-21", HOSTILE], ids=["date kept", "date too"])
def test_a_result_edited_by_hand_cannot_steer_the_terminal(day: str, tmp_path: Path) -> None:
    def edit(document: dict[str, Any]) -> None:
        document.update(everywhere(document, HOSTILE), assessed_on=day)

    for answers in CASES.values():
        result = assess(answers, company="Norrland Valves", on=DAY)
        hostile = reopened(result, tmp_path / "result.json", edit)
        for width in (40, 88):
            assert not steers(page(hostile, width))


def test_a_date_that_is_none_cannot_overflow_the_page(example: Result, tmp_path: Path) -> None:
    edited = reopened(
        example, tmp_path / "result.json", lambda document: document.update(assessed_on="x" * 200)
    )
    assert max(map(cells, page(edited, 60).splitlines())) <= 60


def test_texts_in_wide_characters_stay_on_the_page(example: Result, tmp_path: Path) -> None:
    edited = reopened(
        example,
        tmp_path / "result.json",
        lambda document: document.update(
            everywhere(document, "日本語の文章" * 20), assessed_on="2026-11-21"
        ),
    )
    assert max(map(cells, page(edited, 60).splitlines())) <= 60


def test_a_decided_page_says_what_why_and_what_to_do(example: Result) -> None:
    text = words(page(example))
    assert "Norrland Valves" in text
    assert "21 November 2026" in text
    assert "Sales-driven Growth comes from winning the deals within reach now" in text
    sure = percent(example.confidence)
    assert f"Probability {sure}; 28 of 28 questions on method answered." in text
    assert "Three things to do" in text
    assert "Because you answered “More than three in ten” to “What share" in text
    assert re.search(r"With th(is|ese \w+) answers? different, ", text)
    assert "In one figure: 33% of what is possible" in text
    assert "Check these before you rely on it" in text
    assert words(NONE_IS_BETTER) in text
    assert text.endswith(f"Model {example.model.name}.")


def test_the_evidence_shown_carries_its_exact_weight(example: Result) -> None:
    text = page(example)
    best, worst = example.verdict.for_leader(1)[0], example.verdict.against_leader(1)[0]
    assert f"+{example.verdict.margin(best):.2f}  " in text
    assert f"−{-example.verdict.margin(worst):.2f}  " in text


def test_the_evidence_and_where_the_model_starts_add_up_to_the_lead(example: Result) -> None:
    verdict, text = example.verdict, words(page(example))
    evidence = math.fsum(verdict.margin(each) for each in example.evidence)
    ahead, behind = (example.probabilities[each] for each in (verdict.leader, verdict.runner_up))
    start = math.log(ahead / behind) - evidence
    assert f"Together, 28 answers give {evidence:+.2f}." in text
    assert f"the model stands at {start:+.2f}".replace("-", "−") in text
    assert f"{math.log(ahead / behind):+.2f}, which is {percent(ahead)} against" in text


def test_a_model_that_starts_level_does_not_speak_of_where_it_starts(
    example_answers: dict[str, str],
) -> None:
    result = assess(example_answers, on=DAY, model=JUDGED_MODEL)
    text = words(page(result))
    assert "the model stands" not in text
    ahead, behind = (result.probabilities[each] for each in (result.leader, result.runner_up))
    assert f"give {math.log(ahead / behind):+.2f}, which is {percent(ahead)} against" in text


def test_a_mixed_page_names_the_reason_and_the_two_nearest() -> None:
    result = assess(CASES["mixed"], on=DAY, model=JUDGED_MODEL)
    assert result.reason == "mixed"
    text = words(page(result, 60))
    nearest = [PERSONA_NAMES[each].lower() for each in (result.leader, result.runner_up)]
    assert f"Undecided: could be either {nearest[0]} or {nearest[1]}" in text
    assert "point both ways" in text
    assert "The method is open" in text
    assert "To be the best at it" not in text


def test_a_thin_page_names_the_reason_and_what_is_missing() -> None:
    text = words(page(assess(CASES["thin"], on=DAY), 60))
    assert "Undecided: too little to go on" in text
    assert "Too few questions on method are answered" in text
    assert "2 of 28 questions on method answered" in text
    assert "at least 12 on method" in text


def test_a_thin_page_names_the_two_nearest_where_the_answers_speak_for_the_first() -> None:
    result = assess(dict(list(TYPICAL["dynamic_marketer"].items())[:5]), on=DAY, model=JUDGED_MODEL)
    assert (result.reason, result.leader) == ("thin", "dynamic_marketer")
    rival = PERSONA_NAMES[result.runner_up].lower()
    assert f"Nearest: dynamic marketer, then {rival}." in words(page(result))


@pytest.mark.parametrize("answers", [{}, {"P01": "a"}, {"E01": "b"}], ids=str)
def test_a_thin_page_does_not_show_where_the_model_starts_as_a_lean(
    answers: dict[str, str],
) -> None:
    prior = JUDGED_MODEL.model
    leaning = msgspec.structs.replace(prior, intercept=(-3.0, 6.0, -3.0))
    result = assess(answers, on=DAY, model=LoadedModel(leaning, "0" * 64))
    assert (result.reason, result.leader) == ("thin", "passive_marketer")
    text = page(result)
    assert "Passive marketer" not in text
    assert "Nearest" not in text
    assert "What speaks for" not in text
    assert not set("█░") & set(text)


def test_few_answers_and_an_unreachable_website_favour_nobody() -> None:
    unread = extract(Capture("x.example", "x.example", (), (Unread("https://x.example/", "tls"),)))
    result = assess({"P01": "a"}, on=DAY, website=unread)
    assert result.reason == "unreachable"
    text = words(page(result))
    assert "Undecided: too little to go on Too few questions on method are answered" in text
    assert "could be either" not in text
    assert "at least 12 on method" in text


def test_a_page_without_any_answer_makes_no_claim() -> None:
    text = page(assess({}, on=DAY))
    assert "too little to go on" in text
    assert "0 of 28" in text
    for heading in ("What speaks for", "Your profile", "How well it is carried out", "Check these"):
        assert heading not in text
    assert "answer more questions to get a plan" in words(text)


def test_neutral_and_unknown_are_told_apart_in_the_profile() -> None:
    answers = {item: option for item, option in TYPICAL["sales_driven"].items() if item > "P04"}
    text = page(assess(answers | {"P05": "b", "P06": "b"}, on=DAY))
    assert re.search(r"Planning horizon +not known", text)
    assert re.search(r"What wins and sets the price +neutral", text)


def test_gaps_are_shown_as_they_are_known_and_unknown_ones_as_not_known() -> None:
    answers = {"E01": "d", "E02": "a", "E03": "b", "E09": "d"}
    text = page(assess(dict(TYPICAL["dynamic_marketer"]) | answers, on=DAY))
    for gap, state in {
        "doubt": "○ gap",
        "inertia": "● fine",
        "suspicion": "◐ partly",
        "content_use": "· n/a",
        "waste": "· not known",
    }.items():
        assert re.search(re.escape(GAP_NAMES[gap]) + " +" + state, text)  # type: ignore[index]


def test_a_thin_page_says_how_many_answers_the_model_at_hand_needs() -> None:
    own = LoadedModel(model=deciding_from(JUDGED_MODEL.model, answers=12), sha256="0" * 64)
    result = assess(dict(list(TYPICAL["sales_driven"].items())[:8]), on=DAY, model=own)
    assert result.reason == "thin"
    assert "six on method" not in words(page(result))


def test_the_plan_can_be_shown_alone(example: Result) -> None:
    paper = Paper(60)
    write_plan(paper, example.plan)
    text = paper.text()
    assert text.startswith("  Three things to do ─")
    for number, step in enumerate(example.plan.steps, 1):
        assert f"{number}  {step.name}" in text
        assert step.first_action.split()[0] in text
    assert "Probability" not in text


def test_every_option_of_every_item_can_be_shown_in_ascii() -> None:
    for letter in "abcde":
        answers = {item: letter for item, options in OPTIONS.items() if letter in options}
        assert page(assess(answers, on=DAY), unicode=False).isascii()


def test_the_page_says_whether_the_model_was_fitted(example: Result) -> None:
    text = words(page(example))
    assert f"Weights were fitted to {example.model.rows} " in text
    assert "a probability says how often such labels are met, no more" in text
    assert "have not been fitted" not in text
    judged = assess(CASES["sales"], on=DAY, model=JUDGED_MODEL)
    assert words(f"{JUDGED} {NONE_IS_BETTER} Model persona-0.") in words(page(judged))
