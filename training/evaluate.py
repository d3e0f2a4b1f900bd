"""Judge a model on labelled companies, through the same public function that users call."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from persona.errors import TableError
from persona.pipe import assess, open_model, shipped_playbook, shipped_questionnaire
from persona.reports.result import ModelName, Result
from persona.training.agreement import Agreement, Judged, measure
from persona.training.datasets import LabelledRow, read_rows
from persona.training.plans import PlanReview, review_plans
from persona.training.stopping import Stopping, replay
from persona.vocabulary import PERSONAS, UNDECIDED

RISKS = (0.0, 0.05)


class Evaluation(msgspec.Struct, frozen=True):
    """Everything measured about one model on the given tables.

    ``agreement`` holds one entry for all informants together ("all") and one for each.
    ``undecided_labels`` counts rows whose label is itself undecided, and how many of them the
    model leaves undecided too.
    """

    model: ModelName
    rows: int
    verdicts: dict[str, int]
    agreement: dict[str, Agreement]
    undecided_labels: tuple[int, int]
    plans: PlanReview
    stopping: tuple[Stopping, ...]


def evaluate(model: Path, tables: Sequence[Path], *, stopping: bool = False) -> Evaluation:
    """Classify every row of the tables and compare with the labels they carry.

    With ``stopping``, also replay quick questionnaires on the answers. Raises TableError and
    ModelError.
    """
    loaded = open_model(model)
    questionnaire = shipped_questionnaire()
    rows = read_rows(tables, questionnaire)
    results = [assess(row.answers, company=row.company, model=loaded) for row in rows]
    judged = _judge(rows, results)
    if not judged:
        raise TableError("no row has both answers and a label that names a persona")
    doubtful = [
        result.label for row, result in zip(rows, results, strict=True) if row.label == UNDECIDED
    ]
    replays = [replay([row.answers for row in rows], questionnaire, loaded.model, risk)
               for risk in (RISKS if stopping else ())]  # fmt: skip
    return Evaluation(
        model=ModelName(loaded.model.name, loaded.sha256, loaded.model.training.rows),
        rows=len(rows),
        verdicts={
            label: sum(result.label == label for result in results)
            for label in (*PERSONAS, UNDECIDED)
        },
        agreement={name: measure(part) for name, part in judged.items()},
        undecided_labels=(len(doubtful), doubtful.count(UNDECIDED)),
        plans=review_plans(results, shipped_playbook()),
        stopping=tuple(replays),
    )


def _judge(rows: Sequence[LabelledRow], results: Sequence[Result]) -> dict[str, list[Judged]]:
    """Return the rows that can be judged: all together, then by informant."""
    judged: dict[str, list[Judged]] = {}
    for row, result in zip(rows, results, strict=True):
        persona = next((each for each in PERSONAS if each == row.label), None)
        if persona is None:
            continue
        one = Judged(
            company=row.company,
            truth=persona,
            leader=result.leader,
            label=result.label,
            probability_of_truth=result.probabilities[persona],
        )
        judged.setdefault("all", []).append(one)
        if row.informant:
            judged.setdefault(row.informant, []).append(one)
    return judged
