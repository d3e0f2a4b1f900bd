"""The first play of each row the naive way: every trigger over whole columns, in memory."""

import numpy as np
import numpy.typing as npt

from persona.advice.playbook import Play, Playbook, load_playbook
from persona.advice.triggers import Condition, Expression
from persona.questionnaire.items import load_questionnaire
from persona.vocabulary import DIMENSIONS, PERSONAS

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
ITEMS = load_questionnaire().of_kind("persona")


class Answers:
    """The answers of many rows, with the level of each dimension."""

    def __init__(self, codes: Places) -> None:
        self._places = {item.id: place for place, item in enumerate(ITEMS)}
        self._codes = codes
        self._mean: dict[str, Floats] = {}
        levels = np.full((len(ITEMS), 6), np.nan)
        for place, item in enumerate(ITEMS):
            for at, option in enumerate(item.options, 1):
                levels[place, at] = option.level or np.nan
        self._levels = levels[np.arange(len(ITEMS)), codes]
        for code in DIMENSIONS:
            own = self._levels[:, [item.dimension == code for item in ITEMS]]
            known = (~np.isnan(own)).sum(axis=1)
            total = np.nansum(own, axis=1)
            self._mean[code] = np.where(known > 0, total / np.maximum(known, 1), np.nan)

    def hold(self, condition: Condition) -> tuple[Flags, Floats]:
        """Return where a condition holds, and how far from good each row then is."""
        if condition.subject in DIMENSIONS:
            mean = self._mean[condition.subject]
            level = np.ceil(mean - 0.5)
            value = float(condition.value)
            holds = {"=": level == value, "<=": level <= value, ">=": level >= value}
            return holds[condition.operator], (3 - mean) / 2
        place = self._places.get(condition.subject)
        if place is None:
            none = np.zeros(len(self._codes), np.bool_)
            return none, np.zeros(len(none))
        option = [each.id for each in ITEMS[place].options].index(str(condition.value)) + 1
        distance = (3 - self._levels[:, place]) / 2
        return self._codes[:, place] == option, np.nan_to_num(distance)


def evaluate(expression: Expression, answers: Answers) -> tuple[Flags, Floats]:
    """Return where a trigger holds, and how far from good what makes it hold is at most."""
    if isinstance(expression, Condition):
        holds, distance = answers.hold(expression)
        return holds, np.where(holds, distance, -1.0)
    parts = [evaluate(part, answers) for part in expression.parts]
    both = type(expression).__name__ == "Both"
    holds = (np.all if both else np.any)([part for part, _ in parts], axis=0)
    distance = np.max([far for _, far in parts], axis=0)
    return holds, np.where(holds, distance, -1.0)


def first_plays(codes: Places, labels: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Return the first play of each row in words, "" where there is none.

    Plays that rest on execution alone cannot hold here, and are not tried.
    """
    playbook, answers = load_playbook(), Answers(codes)
    found = np.full(len(codes), "", object)
    for persona in PERSONAS:
        plays = [play for play in playbook.play if play.persona == persona]
        texts, keys = _keys(plays, answers, playbook)
        best = keys.argmin(axis=0)
        none = np.isinf(keys.min(axis=0))
        words = np.where(none, "", np.array(texts, object)[best])
        found = np.where(labels == persona, words, found)
    return found


def _keys(plays: list[Play], answers: Answers, playbook: Playbook) -> tuple[list[str], Floats]:
    """Return the plays in words, and for each row what they are put in order by."""
    keys, triggers = [], playbook.triggers
    for play in plays:
        holds, distance = evaluate(triggers[play.id], answers)
        keys.append(np.where(holds, (not play.fortnight) * 10 - distance, np.inf))
    return [f"{play.name}: {play.first_action}" for play in plays], np.array(keys)
