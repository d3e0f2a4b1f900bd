"""Changing method: paths from the present one only, and readiness by the execution score."""

import pytest

from persona.advice.evolve import EvolveAdvice, advise_evolving
from persona.advice.execution import read_execution
from persona.advice.playbook import Playbook
from persona.advice.triggers import Facts
from persona.model.profile import build_profile
from persona.vocabulary import Label
from tests.strategies import row_of


def advised(answers: dict[str, str], label: Label, playbook: Playbook) -> EvolveAdvice:
    row = row_of(answers)
    facts = Facts(row, build_profile(row))
    return advise_evolving(facts, label, read_execution(row, label), playbook)


@pytest.mark.parametrize(
    ("label", "targets"),
    [
        ("sales_driven", ["passive_marketer", "dynamic_marketer"]),
        ("passive_marketer", ["dynamic_marketer"]),
        ("dynamic_marketer", []),
        ("undecided", []),
    ],
)
def test_paths_start_from_the_method_the_company_runs_on(
    playbook: Playbook, label: Label, targets: list[str]
) -> None:
    advice = advised({}, label, playbook)
    assert [path.to for path in advice.paths] == targets
    assert all(path.from_ == label for path in advice.paths)
    assert advice.staying
    assert advice.good_reasons
    assert advice.poor_reasons


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "not known"),
        ({"E03": "c"}, "33%, below half"),
        ({"E03": "c", "E05": "d"}, "50%: that condition is met"),
        ({"E03": "a"}, "100%: that condition is met"),
    ],
)
def test_readiness_asks_for_a_decent_execution_of_the_present_method(
    playbook: Playbook, answers: dict[str, str], said: str
) -> None:
    assert said in advised(answers, "sales_driven", playbook).readiness


@pytest.mark.parametrize("label", ["dynamic_marketer", "undecided"])
def test_where_there_is_no_path_the_reason_is_said(playbook: Playbook, label: Label) -> None:
    assert advised({}, label, playbook).no_path


def test_a_path_whose_needs_the_answers_do_not_show_is_named(playbook: Playbook) -> None:
    ready = {"E05": "d", "E07": "d", "E08": "b"}
    assert advised(ready, "passive_marketer", playbook).unmet == ()
    for item, option in {"E05": "a", "E07": "a", "E08": "d"}.items():
        lacking = advised(ready | {item: option}, "passive_marketer", playbook)
        assert lacking.unmet == ("passive_to_dynamic",)
    assert advised({}, "passive_marketer", playbook).unmet == ("passive_to_dynamic",)
