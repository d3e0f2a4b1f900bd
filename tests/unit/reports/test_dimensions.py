"""What dimensions and gaps mean: all are told, each in its own few words."""

from persona.reports.dimensions import DIMENSION_ABOUT, GAP_ABOUT, POLES, about, pole
from persona.vocabulary import DIMENSIONS, GAPS

WIDEST = 72
"""Characters of name and explanation that fit on one line of the picture beside a remark."""


def test_every_dimension_and_gap_is_explained_once() -> None:
    assert list(DIMENSION_ABOUT) == list(POLES) == list(DIMENSIONS)
    assert list(GAP_ABOUT) == list(GAPS)
    said = [
        *DIMENSION_ABOUT.values(),
        *GAP_ABOUT.values(),
        *(f"{code} {each}" for code, poles in POLES.items() for each in poles),
    ]
    assert len(said) == len(set(said)) == 14 + 13 + 3 * 14


def test_an_explanation_fits_beside_its_name() -> None:
    for code, name in DIMENSIONS.items():
        assert len(f"{name} {about(code)}") <= WIDEST, code


def test_what_is_not_known_here_is_left_unsaid() -> None:
    assert about("LATER") == pole("LATER", 1) == ""
    assert pole("HORIZON", 3) == POLES["HORIZON"][2]
