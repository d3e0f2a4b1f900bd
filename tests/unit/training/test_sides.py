"""Both sides of the model: weights of companies, words that count, shares, caps of families."""

import math
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from persona.model.words import weigh_words
from persona.observations import ObservationRow
from persona.training.companies import Company
from persona.training.encode import Encoded, everyone
from persona.training.settings import Settings
from persona.training.sides import (
    SiteFit,
    answer_fits,
    choose_words,
    fit_answers,
    fit_site,
    row_weights,
    site_fits,
    word_shares,
)
from persona.training.signal_prior import FAMILY_CAP
from persona.vocabulary import PERSONAS
from tests.unit.training import laboratory
from tests.websites import with_site

QUICK = laboratory.QUICK


def site_of(data: Encoded, shrinkage: float = 0.3, settings: Settings = QUICK) -> SiteFit:
    fitted = fit_site(data, everyone(data), settings, shrinkage)
    assert fitted is not None
    return fitted


def test_the_rows_of_a_company_weigh_as_much_as_the_company() -> None:
    made = [msgspec.structs.replace(one, weight=0.5 + number / 10)
            for number, one in enumerate(laboratory.companies(4))]  # fmt: skip
    data = laboratory.encoded(made)
    weights = row_weights(data, everyone(data))
    sums = np.bincount(data.row_company, weights, minlength=len(made))
    for one, total in zip(made, sums, strict=True):
        assert total == pytest.approx(one.weight if one.informants else 0)


def test_companies_outside_undecided_or_unlabelled_weigh_nothing() -> None:
    answers = {"": laboratory.answers_like(PERSONAS[0])}
    labels = ("undecided", None, PERSONAS[0], PERSONAS[0])
    made = [Company(company=f"{place}.example", informants=answers, label=label,
                    points=(0.4, 0.3, 0.3)) for place, label in enumerate(labels)]  # fmt: skip
    within = np.array([True, True, True, False])
    assert row_weights(laboratory.encoded(made), within).tolist() == [0, 0, 1, 0]


def test_an_informant_who_says_the_same_again_changes_nothing() -> None:
    made = [msgspec.structs.replace(one, informants={"one": one.informants["one"]})
            for one in laboratory.companies(6) if one.informants]  # fmt: skip
    twice = [msgspec.structs.replace(one, informants={**one.informants, "two": answers})
             if number % 2 else one
             for number, one in enumerate(made) for answers in one.informants.values()]  # fmt: skip
    fits = []
    for companies in (made, twice):
        data = laboratory.encoded(companies)
        fitted = fit_answers(data, everyone(data), QUICK, 4.0)
        assert fitted is not None
        fits.append(fitted.coef)
    np.testing.assert_allclose(fits[0], fits[1], atol=1e-6)


def test_an_item_that_nobody_answered_stays_at_the_table() -> None:
    made = [
        msgspec.structs.replace(
            one,
            informants={name: {item: option for item, option in answers.items() if item != "P07"}
                        for name, answers in one.informants.items()},
        )
        for one in laboratory.companies()
    ]  # fmt: skip
    data = laboratory.encoded(made)
    fitted = fit_answers(data, everyone(data), QUICK, 4.0)
    assert fitted is not None
    columns = [place for place, one in enumerate(data.answer_columns) if one.of == "P07"]
    assert not fitted.moved[columns].any()
    assert fitted.moved.any()
    np.testing.assert_array_equal(fitted.coef[columns], fitted.scale * data.answer_prior[columns])


def test_nothing_is_fitted_without_labels_of_all_three_personas() -> None:
    made = [one for one in laboratory.companies() if one.label != PERSONAS[1]]
    data = laboratory.encoded(made)
    assert fit_answers(data, everyone(data), QUICK, 4.0) is None
    assert fit_site(data, everyone(data), QUICK, 0.3) is None


def test_several_shrinkages_at_once_give_what_each_gives_alone() -> None:
    data = laboratory.encoded()
    within = everyone(data)
    answers = answer_fits(data, within, QUICK, (2.0, 9.0))
    sites = site_fits(data, within, QUICK, (0.1, 0.5))
    assert [one.shrinkage for one in answers] == [2.0, 9.0]
    assert [one.shrinkage for one in sites] == [0.1, 0.5]
    for one in answers:
        inside = fit_answers(data, within, QUICK, one.shrinkage)
        assert inside is not None
        np.testing.assert_array_equal(one.evidence(data), inside.evidence(data))
    for two in sites:
        outside = fit_site(data, within, QUICK, two.shrinkage)
        assert outside is not None
        np.testing.assert_array_equal(two.evidence(data), outside.evidence(data))


def test_companies_of_little_weight_help_a_little() -> None:
    made = laboratory.companies(10)
    light = [msgspec.structs.replace(one, weight=0.1) if number % 2 else one
             for number, one in enumerate(made)]  # fmt: skip
    data = laboratory.encoded(light)
    half = np.arange(len(made)) % 2 == 0
    full = site_of(laboratory.encoded(made)).evidence(data)
    some = site_of(data).evidence(data)
    without = fit_site(data, half, QUICK, 0.3)
    assert without is not None
    assert 0 < np.abs(some - without.evidence(data)).max() < np.abs(full - some).max()


def test_words_are_chosen_by_how_many_companies_use_them() -> None:
    said = [{"quote": 9}, {"quote": 1, "home": 1}, {"home": 2, "team": 1}, {"home": 1}]
    made = [Company(company=f"{place}.example", wording=laboratory.wording(each))
            for place, each in enumerate(said)]  # fmt: skip
    data = laboratory.encoded(made)
    settings = replace(QUICK, fewest=2, least_use={"text": 0.1, "links": 0.1, "labels": 0.1})
    words, rarity = choose_words(data, "text", everyone(data), settings)
    assert words == ("home", "quote")
    np.testing.assert_allclose(rarity, [math.log(5 / 4) + 1, math.log(5 / 3) + 1])
    settings = replace(settings, least_use={"text": 0.75, "links": 0.1, "labels": 0.1})
    assert choose_words(data, "text", everyone(data), settings)[0] == ("home",)
    assert choose_words(data, "text", np.array([1, 1, 0, 0], dtype=bool), settings)[0] == ("quote",)


def test_shares_of_words_are_those_by_which_a_single_website_is_weighed() -> None:
    data = laboratory.encoded()
    words, rarity = ("quote", "nowhere", "team", "trial"), np.array([2.0, 3.0, 1.0, 0.0])
    shares = word_shares(data, "text", words, rarity)
    table = {word: (rare, 1.0, 0.0, 0.0) for word, rare in zip(words, rarity, strict=True)}
    model = with_site({"text": table}, temperature=1.0)
    for one, row in zip(data.companies, shares, strict=True):
        found = weigh_words(ObservationRow(wording=one.wording), model)
        each = {word.word: word.weights[0] for evidence in found for word in evidence.words}
        np.testing.assert_allclose(row, [each.get(word, 0.0) for word in words], atol=1e-12)
        assert np.linalg.norm(row) == pytest.approx(1 if row.any() else 0)


def test_no_family_of_signals_holds_more_than_its_share_of_all_weight() -> None:
    chance = np.random.default_rng(3)
    entries = laboratory.catalogue().signals
    made = []
    for number in range(60):
        values = {entry.id: entry.full * chance.random() for entry in entries}
        for entry in entries:  # one family tells everything
            if entry.family == "jobs":
                values[entry.id] = entry.full * (number % 3) / 2
        made.append(Company(company=f"{number}.example", label=PERSONAS[number % 3],
                            signals=values))  # fmt: skip
    data = laboratory.encoded(made)
    fitted = site_of(data, 0.05, Settings(blocks=("signals",)))
    reach: dict[str, float] = {}
    for column, row in zip(data.signal_columns, fitted.signals, strict=True):
        reach[column.of] = max(reach.get(column.of, 0.0), float(np.ptp(row)))
    total: dict[str, float] = {}
    for signal, most in reach.items():
        total[data.families[signal]] = total.get(data.families[signal], 0.0) + most
    assert max(total, key=lambda family: total[family]) == "jobs"
    assert total["jobs"] <= FAMILY_CAP * sum(total.values()) * 1.001


def test_evidence_is_the_sum_over_signals_and_words() -> None:
    data = laboratory.encoded()
    fitted = site_of(data)
    expected = np.nan_to_num(data.signals) @ fitted.signals
    for part, words in fitted.words.items():
        expected = expected + word_shares(data, part, words.words, words.rarity) @ words.coef
    np.testing.assert_allclose(fitted.evidence(data), expected, atol=1e-12)
    assert not fitted.evidence(data)[~data.has_website].any()


def test_known_words_are_counted_part_by_part() -> None:
    data = laboratory.encoded()
    fitted = site_of(data)
    for one, known in zip(data.companies, fitted.known_words(data), strict=True):
        wording = one.wording
        assert known == sum(
            len(set(words.words) & set(wording.part(part)))
            for part, words in fitted.words.items() if wording
        )  # fmt: skip


@pytest.mark.parametrize("blocks", [("signals",), ("text",), ("links", "labels")])
def test_blocks_that_are_left_out_carry_no_weight(blocks: tuple[str, ...]) -> None:
    fitted = site_of(laboratory.encoded(), settings=replace(QUICK, blocks=blocks))
    assert set(fitted.words) == set(blocks) - {"signals"}
    assert fitted.signals.any() == ("signals" in blocks)


def test_signals_are_shrunk_more_strongly_the_less_they_are_eased() -> None:
    data = laboratory.encoded(laboratory.companies(20))
    reach = [
        float(np.abs(site_of(data, 0.3, replace(QUICK, signal_ease=ease)).signals).sum())
        for ease in (1.0, 0.3, 0.01)
    ]
    assert reach == sorted(reach, reverse=True)
    prior = site_of(data, 0.3, replace(QUICK, signal_ease=0.001))
    columns = data.signal_prior.any(axis=1)
    np.testing.assert_allclose(
        prior.signals[columns], prior.scale * data.signal_prior[columns], atol=0.01
    )
