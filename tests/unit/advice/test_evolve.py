"""Changing method: paths from the present one only, and readiness by the execution score."""

import pytest

from persona.advice.evolve import advise_evolving
from persona.advice.execution import read_execution
from persona.advice.playbook import Playbook
from persona.vocabulary import Label
from tests.strategies import row_of


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
    advice = advise_evolving(label, read_execution(row_of({}), label), playbook)
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
    execution = read_execution(row_of(answers), "sales_driven")
    assert said in advise_evolving("sales_driven", execution, playbook).readiness
