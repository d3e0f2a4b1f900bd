"""Where companies lie: alike ones near each other, whatever their order and how little is known."""

import numpy as np
import pytest

from persona.observations import Wording
from persona.pipe import shipped_questionnaire
from persona.signals.catalogue import shipped_catalogue
from persona.training import landscape
from persona.training.companies import Company
from persona.training.encode import encode
from persona.training.landscape import Landscape, lay_out
from persona.training.settings import Settings

SHOP = {"price": 3, "cart": 2, "deal": 1}
STUDY = {"study": 4, "research": 2, "method": 1}


def site(name: str, text: dict[str, int], **more: object) -> Company:
    wording = Wording(links=dict.fromkeys(text, 1), labels={}, text=text)
    return Company(company=name, wording=wording, **more)  # type: ignore[arg-type]


def laid_out(companies: list[Company]) -> Landscape:
    return lay_out(encode(companies, shipped_questionnaire(), shipped_catalogue()), Settings())


@pytest.fixture
def six() -> list[Company]:
    shops = [site(f"shop{number}.example", SHOP) for number in range(3)]
    return [*shops, *(site(f"study{number}.example", STUDY) for number in range(3))]


def test_companies_with_the_same_words_are_the_same_and_others_have_nothing_in_common(
    six: list[Company],
) -> None:
    everyone = np.arange(6)
    likeness = laid_out(six).likeness(everyone, everyone)
    assert likeness[:3, :3] == pytest.approx(1)
    assert likeness[:3, 3:] == pytest.approx(0)


def test_a_company_of_which_nothing_is_known_is_like_none(six: list[Company]) -> None:
    space = laid_out([*six, Company(company="unknown.example")])
    assert space.likeness(np.array([6]), np.arange(6)).max() == 0
    assert space.places[6] == pytest.approx(0)


def test_answers_and_signals_place_companies_too() -> None:
    answered = [
        Company(company="a.example", informants={"one": {"P01": "a", "P02": "b"}}),
        Company(company="b.example", informants={"x": {"P01": "a"}, "y": {"P02": "b"}}),
        Company(company="c.example", informants={"one": {"P01": "c", "P02": "d"}}),
        Company(company="d.example", signals={"W02": 0.4}),
    ]
    likeness = laid_out(answered).likeness(np.array([0]), np.arange(4))[0]
    assert likeness == pytest.approx([1, 1, 0, 0])


def test_coordinates_keep_lengths_and_angles_where_landmarks_are_all_companies(
    six: list[Company],
) -> None:
    space = laid_out([*six, site("both.example", {**SHOP, **STUDY})])
    exact = (space.features @ space.features.T).toarray()
    assert space.places @ space.places.T == pytest.approx(exact)
    assert space.alone == pytest.approx(0, abs=1e-9)


def test_with_few_landmarks_what_they_do_not_span_is_a_companys_own(
    six: list[Company], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landscape, "LANDMARKS", 1)
    space = laid_out(six)
    lengths = np.asarray(space.features.multiply(space.features).sum(axis=1)).ravel()
    assert (space.places**2).sum(axis=1) + space.alone == pytest.approx(lengths)
    assert sorted(space.alone > 1) == [False] * 3 + [True] * 3


def test_the_order_of_companies_moves_none(six: list[Company]) -> None:
    mixed = [*six, site("both.example", {**SHOP, **STUDY})]
    order = np.array([4, 0, 6, 2, 5, 1, 3])
    one, other = laid_out(mixed), laid_out([mixed[place] for place in order])
    everyone = np.arange(7)
    assert other.likeness(everyone, everyone) == pytest.approx(
        one.likeness(order, order)
    )  # fmt: skip
    assert other.places @ other.places.T == pytest.approx(
        (one.places @ one.places.T)[order][:, order]
    )


def test_the_nearest_of_some_is_another_company_with_its_exact_likeness(
    six: list[Company],
) -> None:
    space = laid_out([*six, site("both.example", {**SHOP, "study": 1})])
    places, likeness = space.nearest(np.array([6, 0]), np.arange(7))
    assert places[0] in (0, 1, 2)
    assert places[1] in (1, 2)
    exact = space.likeness(np.array([6, 0]), np.arange(7))
    assert likeness == pytest.approx([exact[0, places[0]], exact[1, places[1]]])


def test_among_none_there_is_no_nearest(six: list[Company]) -> None:
    places, likeness = laid_out(six).nearest(np.arange(6), np.zeros(0, dtype=np.int64))
    assert set(places) == {-1}
    assert set(likeness) == {0}


def test_no_company_at_all_and_companies_without_anything_are_laid_out_too() -> None:
    assert laid_out([]).places.shape[0] == 0
    assert laid_out([Company(company="a.example")]).places.shape[0] == 1
