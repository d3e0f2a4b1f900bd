"""What stopping early costs and saves: quick questionnaires replayed on recorded answers."""

import statistics
from collections.abc import Mapping, Sequence

import msgspec

from persona.model.artefact import Model
from persona.model.verdict import classify
from persona.questionnaire import session as sessions
from persona.questionnaire.answers import observe
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.ordering import next_item


class Stopping(msgspec.Struct, frozen=True):
    """Quick questionnaires at one accepted risk, against the full form.

    ``asked`` counts the items on method put to the respondent, those without an answer
    included; ``same_label`` and ``same_leader`` are shares of rows.
    """

    risk: float
    rows: int
    median_asked: float
    lower_quartile: float
    upper_quartile: float
    same_label: float
    same_leader: float


def replay(
    rows: Sequence[Mapping[str, str]], questionnaire: Questionnaire, model: Model, risk: float
) -> Stopping:
    """Ask every recorded row by the quick rule; an item without an answer counts as not known."""
    asked, labels, leaders = [], 0, 0
    for answers in rows:
        full = classify(observe(answers, questionnaire), model)
        given = _ask_quickly(answers, questionnaire, model, risk)
        quick = classify(observe(given.given, questionnaire), model)
        asked.append(len(given.path))
        labels += quick.label == full.label
        leaders += quick.leader == full.leader
    quartiles = statistics.quantiles(asked, n=4) if len(asked) > 1 else [asked[0]] * 3
    return Stopping(
        risk=risk,
        rows=len(asked),
        median_asked=statistics.median(asked),
        lower_quartile=quartiles[0],
        upper_quartile=quartiles[2],
        same_label=labels / len(asked),
        same_leader=leaders / len(asked),
    )


def _ask_quickly(
    answers: Mapping[str, str], questionnaire: Questionnaire, model: Model, risk: float
) -> sessions.Session:
    """Replay the questions on method, up to where the quick rule stops."""
    session = sessions.start(questionnaire, company=None, seed=0, mode="quick", risk=risk)
    while True:
        item = next_item(session, questionnaire, model)
        if item is None or questionnaire.by_id[item].kind != "persona":
            return session
        session = sessions.answer(sessions.show(session, item), answers.get(item))
