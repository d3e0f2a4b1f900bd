"""Judge a model on labelled companies: from answers, from websites, and from both."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from persona.errors import TableError
from persona.model.artefact import LoadedModel
from persona.pipe import open_model, shipped_playbook, shipped_questionnaire
from persona.reports.result import ModelName, Result
from persona.training.against import Comparison, compare_views
from persona.training.captured import Captured, add_captures
from persona.training.companies import JUDGED
from persona.training.judging import Said, judged, predictions, say
from persona.training.measures import Measures, measure
from persona.training.plans import PlanReview, review_plans
from persona.training.stopping import Stopping, replay
from persona.training.tables import digest, read_companies
from persona.training.views import VIEWS, View
from persona.vocabulary import PERSONAS, UNDECIDED

RISKS = (0.0, 0.05)
DECIDED = "decided"
"""What a verdict counts as beside the reasons for being undecided."""


class UndecidedLabels(msgspec.Struct, frozen=True):
    """Rows whose label is undecided for one reason ("" if the table gives none).

    ``verdicts`` counts what the model said of them: "decided", or its reason.
    """

    reason: str
    rows: int
    verdicts: dict[str, int]


class ViewFigures(msgspec.Struct, frozen=True):
    """What was measured in one view.

    ``rows`` counts all rows, labelled or not, and ``verdicts`` what was said of them.
    ``measures`` rests on those whose company is judged, ``informants`` on the same informant by
    informant; None and nothing where there is none.
    """

    rows: int
    verdicts: dict[str, int]
    measures: Measures | None
    informants: dict[str, Measures]
    undecided: tuple[UndecidedLabels, ...]


class Evaluation(msgspec.Struct, frozen=True):
    """Everything measured about one model on the given tables.

    ``trained_on_these`` is True where the model was fitted to the same tables, so that the figures
    are too kind. ``remarks`` say what is odd about the tables; ``plans`` and ``stopping`` rest on
    the rows of answers, ``against`` compares with another model on the same rows.
    """

    model: ModelName
    companies: int
    data_sha256: str
    trained_on_these: bool
    remarks: tuple[str, ...]
    views: dict[View, ViewFigures]
    plans: PlanReview
    stopping: tuple[Stopping, ...]
    against: Comparison | None


def evaluate(
    model: str | Path,
    tables: Sequence[str | Path],
    *,
    captures: Sequence[str | Path] = (),
    against: str | Path | None = None,
    stopping: bool = False,
) -> Evaluation:
    """Classify every company of the tables and compare with the labels they carry.

    ``captures`` are files of pages, from which signals and words are computed first. ``against``
    is another model, judged on the same rows. With ``stopping``, quick questionnaires are
    replayed on the answers. Raises TableError, CaptureError and ModelError.
    """
    loaded = open_model(model)
    other = open_model(against) if against is not None else None
    dataset = read_companies([Path(table) for table in tables], shipped_questionnaire())
    captured = add_captures(dataset.companies, [Path(path) for path in captures])
    data_sha256 = digest(captured.companies)
    said, results = say(loaded, captured.companies)
    if not any(judged(rows) for rows in said.values()):
        raise TableError(
            "no company has both a label that names a persona and answers or a website to judge"
        )
    return Evaluation(
        model=_name(loaded),
        companies=len(captured.companies),
        data_sha256=data_sha256,
        trained_on_these=data_sha256 == loaded.model.training.data_sha256,
        remarks=(*dataset.remarks, *captured.remarks),
        views={view: _figures(said[view]) for view in VIEWS},
        plans=review_plans(results, shipped_playbook()),
        stopping=_replays(loaded, results) if stopping else (),
        against=_compare(said, other, captured) if other is not None else None,
    )


def _figures(rows: Sequence[Said]) -> ViewFigures:
    known = judged(rows)
    names = sorted({row.informant for row in known if row.informant})
    return ViewFigures(
        rows=len(rows),
        verdicts={
            label: sum(row.opinion.label == label for row in rows)
            for label in (*PERSONAS, UNDECIDED)
        },
        measures=measure(predictions(known)) if known else None,
        informants={
            name: measure(predictions([row for row in known if row.informant == name]))
            for name in names
        },
        undecided=_undecided(rows),
    )


def _undecided(rows: Sequence[Said]) -> tuple[UndecidedLabels, ...]:
    verdicts: dict[str, Counter[str]] = {}
    for row in rows:
        if row.company.label == UNDECIDED and row.company.weight >= JUDGED:
            reason = row.company.reason or ""
            verdicts.setdefault(reason, Counter())[row.opinion.reason or DECIDED] += 1
    return tuple(
        UndecidedLabels(reason, counts.total(), dict(sorted(counts.items())))
        for reason, counts in sorted(verdicts.items())
    )


def _replays(model: LoadedModel, results: Sequence[Result]) -> tuple[Stopping, ...]:
    given = [result.row.given for result in results]
    questionnaire = shipped_questionnaire()
    return tuple(replay(given, questionnaire, model.model, risk) for risk in RISKS if given)


def _compare(said: dict[View, list[Said]], other: LoadedModel, on: Captured) -> Comparison:
    theirs, _ = say(other, on.companies)
    pairs = {
        view: (predictions(judged(said[view])), predictions(judged(theirs[view])))
        for view in VIEWS
        if judged(said[view])
    }
    return compare_views(_name(other), pairs)


def _name(loaded: LoadedModel) -> ModelName:
    return ModelName.of(loaded)
