"""Suggestions: who comes first, why, what is asked, and that order and bulk change nothing."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from persona.model.artefact import LoadedModel
from persona.model.evidence import probabilities as softmax
from persona.model.verdict import classify
from persona.observations import Wording
from persona.pipe import shipped_questionnaire
from persona.signals.catalogue import shipped_catalogue
from persona.training.companies import Company
from persona.training.encode import encode
from persona.training.pools import Pool
from persona.training.prior import prior_model
from persona.training.rows import as_row
from persona.training.suggest import MOST_QUESTIONS, Suggestions, probabilities, settled, suggest
from persona.vocabulary import PERSONAS

TOPICS = ("price deal stock cart quote", "event webinar brochure booth launch",
          "study method buyer research letter")  # fmt: skip


@pytest.fixture(scope="module")
def model() -> LoadedModel:
    return LoadedModel(prior_model(shipped_questionnaire(), shipped_catalogue()), "0" * 64)


def site(name: str, topic: int, turn: int = 0) -> Company:
    """Return a company that writes of a topic in words of its own."""
    words = TOPICS[topic].split()
    text = {word: 1 + (place + turn) % 4 for place, word in enumerate(words)}
    text |= {f"{word}{'abcdefghij'[turn % 10]}": 2 for word in words[: 1 + turn % 3]}
    return Company(company=name, wording=Wording(links=text, labels={}, text=text))


def crowd(count: int) -> tuple[Company, ...]:
    return tuple(site(f"c{number:05}.example", number % 3, number) for number in range(count))


def pool_of(companies: Sequence[Company], labelled: Sequence[Company] = ()) -> Pool:
    return Pool(tuple(companies), tuple(labelled), ())


def names(found: Suggestions) -> list[str]:
    return [one.company for one in found.suggested]


def test_suggestions_are_ranked_explained_and_come_with_questions(model: LoadedModel) -> None:
    found = suggest(pool_of(crowd(30)), model, top=4)
    assert [one.rank for one in found.suggested] == [1, 2, 3, 4]
    worths = [one.worth for one in found.suggested]
    assert worths == sorted(worths, reverse=True)
    assert worths[0] > 1
    asked = {question.id for question in found.questions}
    for one in found.suggested:
        assert sum(one.probabilities.values()) == pytest.approx(1, abs=1e-3)
        assert one.why[0].startswith("three methods are near each other")
        assert "reads like" in one.why[-1]
        assert 0 < len(one.ask) <= MOST_QUESTIONS
        assert set(one.ask) <= asked
    assert {persona for pair in found.tests for persona in pair.between} <= set(PERSONAS)
    assert (found.pool, found.labelled, found.model.name) == (30, 0, "persona-0")


def test_the_first_of_each_topic_come_before_the_second_of_any(model: LoadedModel) -> None:
    pool = crowd(30)
    topics = {one.company: place % 3 for place, one in enumerate(pool)}
    found = suggest(pool_of(pool), model, top=3)
    assert {topics[name] for name in names(found)} == {0, 1, 2}


def test_near_duplicates_are_not_both_at_the_top(model: LoadedModel) -> None:
    pool = crowd(9)
    (best,) = names(suggest(pool_of(pool), model, top=1))
    original = next(one for one in pool if one.company == best)
    copy = replace(original, company="zz-copy.example")
    found = suggest(pool_of([*pool, copy]), model, top=10)
    ranks = {one.company: one for one in found.suggested}
    first, second = sorted((ranks[best], ranks[copy.company]), key=lambda one: one.rank)
    assert second.rank == 10
    assert (second.worth, second.same) == (0, first.company)
    assert f"nearly the same as {first.company}" in second.why[-1]


def test_what_is_like_a_labelled_company_comes_later(model: LoadedModel) -> None:
    pool = crowd(12)
    labelled = [replace(site(f"l{turn}.example", 0, turn), label="sales_driven",
                        points=(1.0, 0.0, 0.0)) for turn in range(6)]  # fmt: skip
    found = suggest(pool_of(pool, labelled), model, top=12)
    place = {one.company: number for number, one in enumerate(pool)}
    assert all(place[name] % 3 for name in names(found)[:2])
    seen = {one.company: one for one in found.suggested}
    known = next(one for name, one in seen.items() if place[name] % 3 == 0)
    other = next(one for name, one in seen.items() if place[name] % 3 == 1)
    assert known.nearest is not None
    assert known.likeness > other.likeness
    assert "unlike any labelled company" in other.why


def test_the_order_of_the_pool_changes_nothing(model: LoadedModel) -> None:
    pool, labelled = crowd(25)[:20], crowd(25)[20:]
    once = suggest(pool_of(pool, labelled), model)
    assert suggest(pool_of(pool[::-1], labelled[::-1]), model) == once
    assert suggest(pool_of(pool[7:] + pool[:7], labelled), model) == once


def test_without_a_company_that_is_unsure_the_model_leans_to_one(model: LoadedModel) -> None:
    answers = {item.id: max(item.options, key=lambda one: one.p[2] if one.p else 0).id
               for item in shipped_questionnaire().of_kind("persona")}  # fmt: skip
    company = Company(company="sure.example", informants={"chief": answers})
    (one,) = suggest(pool_of([company]), model).suggested
    assert one.why == (
        "the model leans to dynamic marketer: "
        + "/".join(f"{share:.2f}".lstrip("0") for share in sorted(
            one.probabilities.values(), reverse=True)),
        "no other company in the pool reads like it",
    )  # fmt: skip


def test_probabilities_are_those_that_users_see(model: LoadedModel) -> None:
    answers = {"P01": "a", "P02": "b", "P05": "c", "P13": "a", "P15": "c", "P16": "c", "P20": "b"}
    seen = Company(company="seen.example", signals={"W01": 0.4, "W02": 1.0})
    told = Company(company="told.example", informants={"chief": answers})
    both = replace(seen, company="both.example", informants={"chief": answers})
    two = Company(company="two.example", informants={"chief": answers, "rep": {"P01": "d"}})
    data = encode([seen, told, both, two], shipped_questionnaire(), shipped_catalogue())
    shares = probabilities(model.model, data)

    def verdict(company: Company, informant: str | None) -> list[float]:
        row = as_row(company, informant, website=True)
        return list(softmax(tuple(classify(row, model.model).logits.values())))  # type: ignore[arg-type]

    assert shares[0] == pytest.approx(verdict(seen, None))
    assert shares[1] == pytest.approx(verdict(told, "chief"))
    assert shares[2] == pytest.approx(verdict(both, "chief"))
    pairs = zip(verdict(two, "chief"), verdict(two, "rep"), strict=True)
    assert shares[3] == pytest.approx([(one + other) / 2 for one, other in pairs])


def test_dimensions_are_settled_when_all_that_is_known_agrees(model: LoadedModel) -> None:
    one = {"P15": "a", "P16": "a"}
    other = {"P15": "c", "P16": "c"}
    agreed = Company(company="a.example", informants={"x": one})
    split = Company(company="a.example", informants={"x": one, "y": other})
    assert "FUNCTION" in settled(agreed, model.model)
    assert "FUNCTION" not in settled(split, model.model)
    assert settled(Company(company="a.example"), model.model) == frozenset()
    (suggestion,) = suggest(pool_of([agreed]), model).suggested
    assert "FUNCTION" not in suggestion.ask
    (suggestion,) = suggest(pool_of([split]), model).suggested
    assert "FUNCTION" in suggestion.ask


def test_more_companies_than_landmarks_and_batches_are_ranked_too(model: LoadedModel) -> None:
    pool = crowd(1500)
    found = suggest(pool_of(pool), model, top=20)
    assert len(set(names(found))) == 20
    topics = {one.company: place % 3 for place, one in enumerate(pool)}
    assert {topics[name] for name in names(found)[:6]} == {0, 1, 2}
    whole = encode(pool, shipped_questionnaire(), shipped_catalogue())
    alone = encode(pool[1234:1235], shipped_questionnaire(), shipped_catalogue())
    assert probabilities(model.model, whole)[1234] == pytest.approx(
        probabilities(model.model, alone)[0]
    )
