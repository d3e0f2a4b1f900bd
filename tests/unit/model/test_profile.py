"""The profile: neutral answers are left out, unknown stays unknown, halves go down."""

import pytest
from hypothesis import given

from persona.model.profile import Standing, build_profile, nearest_level
from persona.vocabulary import DIMENSIONS
from tests.strategies import QUESTIONNAIRE, any_set, row_of


def standing(dimension: str, **answers: str) -> Standing:
    return build_profile(row_of(answers))[dimension]


def test_two_answers_are_averaged() -> None:
    one = standing("HORIZON", P01="a", P02="b")
    assert (one.levels, one.mean, one.known) == ((1, 2), 1.5, True)
    assert one.level == 1


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [("a", "a", 1), ("a", "b", 1), ("b", "b", 2), ("a", "c", 2), ("b", "c", 2), ("c", "c", 3)],
)
def test_halfway_goes_down_so_that_no_weakness_is_hidden(
    first: str, second: str, level: int
) -> None:
    assert standing("HORIZON", P01=first, P02=second).level == level


@pytest.mark.parametrize(
    ("mean", "level"), [(1.0, 1), (1.5, 1), (1.51, 2), (2.0, 2), (2.5, 2), (2.6, 3), (3.0, 3)]
)
def test_the_nearest_level(mean: float, level: int) -> None:
    assert nearest_level(mean) == level


def test_a_neutral_answer_is_left_out_of_the_mean() -> None:
    one = standing("HORIZON", P01="d", P02="c")
    assert (one.levels, one.mean, one.level, one.known) == ((3,), 3.0, 3, True)


def test_neutral_is_not_the_same_as_unknown() -> None:
    neutral, unknown = standing("HORIZON", P01="d", P02="d"), standing("HORIZON", P03="a")
    assert (neutral.level, neutral.mean, neutral.levels, neutral.known) == (None, None, (), True)
    assert (unknown.level, unknown.mean, unknown.levels, unknown.known) == (None, None, (), False)


def test_split_means_answers_at_opposite_ends() -> None:
    assert standing("HORIZON", P01="a", P02="c").split
    assert not standing("HORIZON", P01="a", P02="b").split
    assert not standing("HORIZON", P01="a", P02="a").split
    assert not standing("HORIZON", P01="c").split


def test_an_unknown_dimension_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        build_profile(row_of({}))["NOWHERE"]


def test_execution_answers_leave_the_profile_alone() -> None:
    answers = {"P01": "a", "P19": "d"}
    with_execution = answers | {f"E{n:02}": "a" for n in range(1, 13)}
    assert build_profile(row_of(answers)) == build_profile(row_of(with_execution))


@given(any_set())
def test_every_dimension_stands_where_its_own_answers_put_it(answers: dict[str, str]) -> None:
    profile = build_profile(row_of(answers))
    assert [one.dimension for one in profile.standings] == list(DIMENSIONS)
    for one in profile.standings:
        items = [item for item in QUESTIONNAIRE.items if item.dimension == one.dimension]
        options = [item.option(answers[item.id]) for item in items if item.id in answers]
        levels = [option.level for option in options if option and option.level]
        assert list(one.levels) == levels
        assert one.known == bool(options)
        if levels:
            assert one.mean == sum(levels) / len(levels)
            assert one.level is not None
            assert abs(one.level - one.mean) <= 0.5
