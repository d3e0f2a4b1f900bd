"""The one pipe, as a user of the library meets it."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import persona
from persona.cli.main import COMMANDS
from persona.errors import AnswersError
from persona.model.artefact import SHIPPED_MODEL, load_model, save_model
from persona.observations import Revision
from persona.pipe import assess, evolve_paths
from persona.reports.result import Result, encode_result, load_result, save_result
from tests.strategies import EXECUTION_IDS, TYPICAL, deciding_from
from tests.websites import PRIOR


def test_the_example_runs_on_sales(example: Result) -> None:
    assert (example.label, example.reason) == ("sales_driven", None)
    assert example.confidence > 0.65
    assert example.company == "Norrland Valves"
    assert example.assessed_on == "2026-11-21"
    assert example.asked == len(example.evidence) == 28
    assert len(example.plan.steps) == 3
    assert example.plan.steps[0].name == "Choose fights"
    assert len(example.verify) == 3


def test_the_result_says_which_model_gave_it(example: Result) -> None:
    shipped = load_model()
    assert (example.model.name, example.model.sha256) == (shipped.model.name, shipped.sha256)


def test_what_would_change_it_comes_in_the_words_of_the_questionnaire(
    example: Result, example_answers: dict[str, str]
) -> None:
    assert example.label_changes is not None
    for swap in example.label_changes.swaps:
        answer = example.row.answer(swap.item)
        assert answer is not None
        assert (swap.given, swap.given_text) == (answer.option, answer.text)
        assert swap.question == answer.question
    changed = {swap.item: swap.instead for swap in example.label_changes.swaps}
    after = assess(example_answers | changed)
    assert after.label == example.label_changes.label != example.label
    assert after.leader == example.label_changes.leader


def test_another_model_can_be_given(tmp_path: Path) -> None:
    save_model(deciding_from(PRIOR, answers=1, probability=0.5), tmp_path / "own.json")
    own = load_model(tmp_path / "own.json")
    answers = dict(list(TYPICAL["dynamic_marketer"].items())[:3])
    assert assess(answers).reason == "thin"
    result = assess(answers, model=own)
    assert result.label == "dynamic_marketer"
    assert result.model.sha256 == own.sha256


def test_no_answers_give_an_honest_empty_result() -> None:
    result = assess({})
    assert (result.label, result.reason) == ("undecided", "thin")
    assert (result.evidence, result.verify, result.plan.steps) == ((), (), ())
    assert result.execution.score is None


def test_execution_answers_alone_still_get_plays_against_gaps() -> None:
    result = assess(dict.fromkeys(EXECUTION_IDS, "c"))
    assert result.label == "undecided"
    assert result.plan.steps
    assert all(step.id.startswith("G") for step in result.plan.steps)


def test_today_is_the_day_of_the_assessment_unless_said_otherwise() -> None:
    before = date.today()
    day = date.fromisoformat(assess({}).assessed_on)
    assert before <= day <= date.today()
    assert assess({}, on=date(2020, 2, 29)).assessed_on == "2020-02-29"


def test_complaints_name_where_the_answers_came_from() -> None:
    with pytest.raises(AnswersError, match=r"^my list: P01: "):
        assess({"P01": "z"}, where="my list")


def test_how_it_was_asked_and_revised_is_kept() -> None:
    revision = Revision("P01", "a", None)
    result = assess({}, option_order={"P01": ("b", "a")}, revisions=(revision,))
    assert result.option_order == {"P01": ("b", "a")}
    assert result.revisions == (revision,)


def test_the_same_answers_give_the_same_bytes(example_answers: dict[str, str]) -> None:
    day = date(2026, 1, 1)
    backwards = dict(reversed(list(example_answers.items())))
    first, second = assess(example_answers, on=day), assess(backwards, on=day)
    assert encode_result(first) == encode_result(second)


def test_ways_to_another_method_start_from_the_verdict(example: Result) -> None:
    assert {path.from_ for path in evolve_paths(example).paths} == {"sales_driven"}
    assert evolve_paths(assess({})).paths == ()


def test_the_library_offers_what_it_names(tmp_path: Path) -> None:
    result = persona.assess({"P15": "b", "P16": "b", "P13": "b"})
    assert (result.label, result.reason) == ("undecided", "thin")
    persona.save_result(result, tmp_path / "r.json")
    assert persona.load_result(tmp_path / "r.json") == result
    assert persona.load_result(str(tmp_path / "r.json")) == result, "a name will do"
    assert len(persona.load_questionnaire().items) == 42
    for name in persona.__all__:
        assert name in dir(persona)
        assert getattr(persona, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        _ = persona.nothing
    assert issubclass(AnswersError, persona.PersonaError)


def test_one_company_is_assessed_without_the_heavy_libraries() -> None:
    program = (
        "import sys, persona\n"
        "result = persona.assess({'P01': 'a'})\n"
        "from persona.layout import Paper\n"
        "from persona.reports.terminal import write_report\n"
        "write_report(Paper(), result)\n"
        "print(*sorted(name for name in sys.modules if '.' not in name))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert "msgspec" in loaded
    assert not loaded & {"numpy", "pandas", "sklearn", "scipy", "joblib", "rich"}


def test_saving_and_loading_loses_nothing(example: Result, tmp_path: Path) -> None:
    save_result(example, tmp_path / "r.json")
    assert load_result(tmp_path / "r.json") == example
    assert json.loads((tmp_path / "r.json").read_text())["label"] == "sales_driven"


def test_every_command_has_a_public_function_of_its_name(example: Result, tmp_path: Path) -> None:
    assert set(COMMANDS) <= set(persona.__all__)
    assert persona.plan(example) == example.plan
    assert "Three things to do" in persona.report(example, 60)
    assert len(json.loads(persona.questions("json"))) == 42
    assert "● a" in persona.questions("text", example)
    table = tmp_path / "table.csv"
    table.write_text("company,label,p15,p16\na,sales_driven,a,a\nb,passive_marketer,b,b\n")
    assert persona.evaluate(SHIPPED_MODEL, [table]).companies == 2


def test_answers_that_are_no_mapping_are_refused() -> None:
    with pytest.raises(AnswersError, match="expected a mapping"):
        assess([])  # type: ignore[arg-type]
