"""The words of the field: fixed by the interface page, complete, and in step with the data."""

from typing import get_args

from persona import vocabulary
from persona.questionnaire.items import Questionnaire


def test_machine_values_are_those_of_the_interface() -> None:
    assert vocabulary.PERSONAS == ("sales_driven", "passive_marketer", "dynamic_marketer")
    assert vocabulary.UNDECIDED == "undecided"
    assert set(get_args(vocabulary.Label)) == {*vocabulary.PERSONAS, "undecided"}
    assert set(get_args(vocabulary.Reason)) == {
        "thin",
        "mixed",
        "unreachable",
        "out_of_scope",
        "invalid_address",
    }


def test_everything_shown_has_a_name_of_its_own() -> None:
    names = vocabulary.PERSONA_NAMES
    assert set(names) == {*vocabulary.PERSONAS, "undecided"}
    assert set(vocabulary.GAP_NAMES) == set(vocabulary.GAPS)
    for table in (names, vocabulary.GAP_NAMES, vocabulary.DIMENSIONS):
        shown = list(table.values())
        assert all(shown)
        assert len(set(shown)) == len(shown)


def test_there_are_fourteen_dimensions_and_thirteen_gaps() -> None:
    assert len(vocabulary.DIMENSIONS) == 14
    assert len(vocabulary.GAPS) == 13


def test_core_items_are_those_of_the_constructs_page() -> None:
    assert vocabulary.CORE_ITEMS == {
        "sales_driven": ("E01", "E02", "E10", "E12"),
        "passive_marketer": ("E04", "E09", "E10", "E11"),
        "dynamic_marketer": ("E05", "E06", "E07", "E08"),
    }


def test_dimensions_and_gaps_are_those_the_questionnaire_asks_about(
    questionnaire: Questionnaire,
) -> None:
    persona, execution = questionnaire.of_kind("persona"), questionnaire.of_kind("execution")
    assert {item.dimension for item in persona} == set(vocabulary.DIMENSIONS)
    assert {gap for item in execution for gap in item.gaps} == set(vocabulary.GAPS)


def test_readers_are_told_what_the_weights_rest_on_and_that_no_method_is_best() -> None:
    assert "judgement" in vocabulary.JUDGED
    assert "None of the three methods is better" in vocabulary.NONE_IS_BETTER
    assert "judgement" in vocabulary.TARGETS
