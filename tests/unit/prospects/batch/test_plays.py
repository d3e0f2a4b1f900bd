"""The first play of many rows is that of each row's own plan."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from persona.advice.plan import make_plan
from persona.model.profile import build_profile
from persona.pipe import shipped_playbook, shipped_questionnaire
from persona.prospects.batch.plays import shipped_plays
from persona.prospects.batch.verdicts import LABELS
from persona.questionnaire.answers import observe
from tests.strategies import OPTIONS, any_set

ITEMS = [item for item in shipped_questionnaire().items if item.kind != "context"]
PLAYS = shipped_plays(tuple(item.id for item in ITEMS))


ROWS = st.lists(st.tuples(any_set(), st.integers(min_value=0, max_value=3)), min_size=1, max_size=4)


@given(rows=ROWS)
@settings(max_examples=30)
def test_the_first_play_is_that_of_the_plan(rows: Sequence[tuple[dict[str, str], int]]) -> None:
    codes = [
        [OPTIONS[item.id].index(row[item.id]) + 1 if item.id in row else 0 for row, _ in rows]
        for item in ITEMS
    ]
    labels = np.array([label for _, label in rows], np.uint8)
    found = PLAYS.find(labels, np.array(codes, np.uint8))
    for (answers, label), text in zip(rows, PLAYS.texts.take(found).to_pylist(), strict=True):
        row = observe(answers, shipped_questionnaire())
        plan = make_plan(row, LABELS[label], build_profile(row), shipped_playbook())
        steps = [f"{step.name}: {step.first_action}" for step in plan.steps]
        assert text == (steps[0] if steps else "")
