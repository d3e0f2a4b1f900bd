"""The prior: the committed model file is what training writes from the questionnaire."""

import math
from pathlib import Path

import pytest

from persona.model.artefact import PRIOR_MODEL, encode_model
from persona.model.verdict import classify
from persona.questionnaire.items import (
    QUESTIONNAIRE_FILE,
    Option,
    Questionnaire,
    load_questionnaire,
)
from persona.signals.catalogue import load_catalogue
from persona.training.prior import (
    EXPONENT,
    log_likelihood_ratios,
    main,
    prior_model,
    table_sha256,
)
from persona.vocabulary import PERSONAS
from tests.strategies import TYPICAL, row_of


def test_the_committed_model_is_what_training_writes(tmp_path: Path) -> None:
    main(tmp_path / "model.json")
    assert (tmp_path / "model.json").read_bytes() == PRIOR_MODEL.read_bytes()


def test_the_prior_is_tempered_naive_bayes_on_the_table(questionnaire: Questionnaire) -> None:
    """Compare with P(persona | answers), each likelihood raised to the exponent."""
    answers = dict(TYPICAL["passive_marketer"]) | {"P01": "a", "P05": "d", "P28": "c"}
    likelihoods = []
    for index in range(3):
        product = 1.0
        for item, chosen in answers.items():
            option = questionnaire.by_id[item].option(chosen)
            assert option is not None
            assert option.p is not None
            product *= option.p[index] ** EXPONENT
        likelihoods.append(product)
    expected = [one / math.fsum(likelihoods) for one in likelihoods]
    verdict = classify(row_of(answers), prior_model(questionnaire, load_catalogue()))
    assert list(verdict.probabilities.values()) == pytest.approx(expected, abs=1e-4)


def test_every_persona_option_has_weights_that_add_to_nought(
    questionnaire: Questionnaire,
) -> None:
    model = prior_model(questionnaire, load_catalogue())
    for item in questionnaire.of_kind("persona"):
        assert list(model.answers[item.id]) == [option.id for option in item.options]
        for weights in model.answers[item.id].values():
            assert math.fsum(weights) == pytest.approx(0, abs=3e-6)
    assert len(model.answers) == 28


def test_ratios_by_hand() -> None:
    weights = log_likelihood_ratios(Option(id="a", text="A", p=(0.4, 0.2, 0.1)))
    assert weights == pytest.approx((math.log(2), 0.0, -math.log(2)), abs=1e-6)


def test_an_option_without_probabilities_has_no_ratios() -> None:
    with pytest.raises(ValueError, match="option a"):
        log_likelihood_ratios(Option(id="a", text="A"))


def test_the_hash_of_the_table_follows_the_numbers_and_not_the_wording(tmp_path: Path) -> None:
    text = QUESTIONNAIRE_FILE.read_text()
    reworded, renumbered = tmp_path / "reworded.toml", tmp_path / "renumbered.toml"
    reworded.write_text(text.replace("The end of this month or quarter", "This quarter"))
    renumbered.write_text(
        text.replace("p = [0.55, 0.30, 0.14]", "p = [0.54, 0.30, 0.14]").replace(
            "p = [0.25, 0.48, 0.33]", "p = [0.26, 0.48, 0.33]", 1
        )
    )
    shipped = load_questionnaire()
    assert table_sha256(load_questionnaire(reworded)) == table_sha256(shipped)
    assert table_sha256(load_questionnaire(renumbered)) != table_sha256(shipped)
    assert (
        encode_model(prior_model(load_questionnaire(reworded), load_catalogue()))
        == PRIOR_MODEL.read_bytes()
    )


def test_the_prior_says_that_it_was_fitted_to_no_company(questionnaire: Questionnaire) -> None:
    model = prior_model(questionnaire, load_catalogue())
    assert model.training.rows == 0
    assert model.metrics == {}
    assert model.intercept == (0.0, 0.0, 0.0)
    assert model.personas == PERSONAS
