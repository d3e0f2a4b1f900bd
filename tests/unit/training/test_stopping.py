"""Replaying quick questionnaires on recorded answers."""

from persona.model.artefact import Model
from persona.questionnaire.items import Questionnaire
from persona.training.stopping import replay


def test_without_risk_every_label_is_that_of_the_full_form(
    questionnaire: Questionnaire, model: Model, example_answers: dict[str, str]
) -> None:
    one_sided = {item.id: "a" for item in questionnaire.of_kind("persona")}
    rows = [one_sided, example_answers, {"P01": "a"}, {}]
    exact = replay(rows, questionnaire, model, risk=0)
    assert exact.same_label == 1
    assert exact.rows == 4


def test_accepting_a_risk_never_asks_more(
    questionnaire: Questionnaire, model: Model, example_answers: dict[str, str]
) -> None:
    one_sided = {item.id: "a" for item in questionnaire.of_kind("persona")}
    rows = [one_sided, example_answers]
    exact, risky = (replay(rows, questionnaire, model, risk) for risk in (0.0, 0.2))
    assert risky.median_asked < exact.median_asked <= 28
