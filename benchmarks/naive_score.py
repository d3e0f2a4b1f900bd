"""The naive way to score a list of answers: one table in memory, pandas and scikit-learn.

    python -m benchmarks.naive_score LIST OUTPUT

Run by ``score.py``. It works with whole columns at a time throughout, as one who knows pandas
would write it, and its output has the same cells as that of ``persona score``.
"""

import sys
from itertools import permutations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder

from benchmarks.naive_plays import first_plays
from persona.model.artefact import Model, load_model
from persona.prospects.openings import opening
from persona.prospects.phrases import answer_phrase
from persona.questionnaire.items import load_questionnaire
from persona.vocabulary import DIMENSIONS, PERSONAS

PAIRS = list(permutations(range(3), 2))
SLIGHT = 0.005
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
QUESTIONNAIRE = load_questionnaire()
ITEMS = QUESTIONNAIRE.of_kind("persona")


def pipeline(model: Model) -> Pipeline:
    """Return the model as a scikit-learn pipeline with its weights set as coefficients."""
    encoder = OneHotEncoder(
        categories=[[option.id for option in item.options] for item in ITEMS],
        handle_unknown="ignore",
    )
    encoder.fit(pd.DataFrame([{item.id.lower(): item.options[0].id for item in ITEMS}]))
    classifier = LogisticRegression()
    classifier.classes_ = np.array(PERSONAS)
    columns = [model.answers[item.id][option.id] for item in ITEMS for option in item.options]
    classifier.coef_ = np.array(columns).T / model.temperature
    classifier.intercept_ = np.array(model.intercept) / model.temperature
    return make_pipeline(encoder, classifier)


def verdicts(shares: Floats, known: Places, model: Model) -> tuple[pd.DataFrame, Places]:
    """Return the columns of the verdict, and each row's leader with its runner-up."""
    order = np.argsort(-shares, axis=1, kind="stable")
    confidence = shares.max(axis=1)
    limits = model.thresholds
    names = np.array([*PERSONAS, "undecided"], object)
    reason = np.select(
        [known == 0, known < limits.min_answers, confidence < limits.min_probability],
        ["invalid_address", "thin", "mixed"],
        "",
    )
    label = np.where(reason == "", names[order[:, 0]], "undecided")
    status = np.select([known == 0, label == "undecided"], ["failed", "undecided"], "scored")
    table = pd.DataFrame({"persona_label": label, "persona_confidence": confidence.round(4)})
    for place, persona in enumerate(PERSONAS):
        table[f"persona_p_{persona}"] = shares[:, place].round(4)
    table["persona_runner_up"] = np.where(known > 0, names[order[:, 1]], "")
    table["persona_reason"] = reason
    table["persona_status"] = status
    table["persona_error"] = np.where(known == 0, "the row names no website", "")
    table.loc[known == 0, table.columns[1:5]] = np.nan
    pair = np.zeros((3, 3), np.intp)
    for place, (leader, rival) in enumerate(PAIRS):
        pair[leader, rival] = place
    return table, pair[order[:, 0], order[:, 1]]


def margins_of(codes: Places, pairs: Places, model: Model) -> Floats:
    """Return what each answer adds to the lead of the leader over the runner-up."""
    weights = np.zeros((len(ITEMS), 6, 3))
    for place, item in enumerate(ITEMS):
        for at, option in enumerate(item.options, 1):
            weights[place, at] = np.array(model.answers[item.id][option.id]) / model.temperature
    by_pair = np.array([weights[:, :, one] - weights[:, :, other] for one, other in PAIRS])
    found: Floats = by_pair[pairs[:, None], np.arange(len(ITEMS)), codes]
    return found


def evidence(codes: Places, margins: Floats, most: int) -> npt.NDArray[np.object_]:
    """Return the strongest answers in words, strongest first."""
    phrases = np.full((len(ITEMS), 6), "", object)
    for place, item in enumerate(ITEMS):
        for at, option in enumerate(item.options, 1):
            phrases[place, at] = answer_phrase(item.id, option.id)
    order = np.argsort(-margins, axis=1, kind="stable")[:, :most]
    rows = np.arange(len(codes))
    words = np.full(len(codes), "", object)
    for column in order.T:
        told = margins[rows, column] > SLIGHT
        phrase = np.where(told, phrases[column, codes[rows, column]], "")
        words = words + np.where((words != "") & told, "; ", "") + phrase
    return words


def openings(table: pd.DataFrame, margins: Floats, pairs: Places) -> npt.NDArray[np.object_]:
    """Return how to open the conversation, by what speaks most for the leader."""
    by_dimension = margins.reshape(len(margins), len(DIMENSIONS), 2).sum(axis=2)
    best = by_dimension.argmax(axis=1)
    best[by_dimension.max(axis=1) <= 0] = len(DIMENSIONS)
    reasons = ["", "thin", "mixed", "invalid_address"]
    texts = np.full((len(reasons), len(PAIRS), len(DIMENSIONS) + 1), "", object)
    for place, reason in enumerate(reasons):
        for pair, (one, other) in enumerate(PAIRS):
            leader, rival = PERSONAS[one], PERSONAS[other]
            for at, code in enumerate([*DIMENSIONS, None]):
                label = "undecided" if reason else leader
                why = reason or None
                texts[place, pair, at] = opening(label, why, leader, rival, code)
    which = table["persona_reason"].map({name: place for place, name in enumerate(reasons)})
    found: npt.NDArray[np.object_] = texts[which.to_numpy(), pairs, best]
    return found


def score(frame: pd.DataFrame, model: Model) -> pd.DataFrame:
    """Return a list with the columns that ``persona score`` adds."""
    answers = frame[[item.id.lower() for item in ITEMS]].replace("", None)
    codes = np.column_stack(
        [
            pd.Categorical(answers[item.id.lower()], [option.id for option in item.options]).codes
            + np.intp(1)
            for item in ITEMS
        ]
    )
    shares = pipeline(model).predict_proba(answers)
    table, pairs = verdicts(shares, (codes > 0).sum(axis=1), model)
    margins = margins_of(codes, pairs, model)
    table["persona_evidence"] = evidence(codes, margins, 3)
    table["persona_counter_evidence"] = evidence(codes, -margins, 2)
    table["persona_first_play"] = first_plays(codes, table["persona_label"].to_numpy())
    table["persona_opening"] = openings(table, margins, pairs)
    table["persona_pages_read"] = 0
    table["persona_site"] = ""
    table["persona_model"] = model.name
    return pd.concat([frame, table], axis=1)


def main() -> None:
    """Read a list, score it and write it."""
    source, output = Path(sys.argv[1]), Path(sys.argv[2])
    if source.suffix == ".parquet":
        score(pd.read_parquet(source), load_model().model).to_parquet(output, index=False)
    else:
        frame = pd.read_csv(source, dtype=str, keep_default_na=False)
        score(frame, load_model().model).to_csv(output, index=False)


if __name__ == "__main__":
    main()
