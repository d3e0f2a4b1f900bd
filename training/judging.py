"""What a model says of labelled companies, view by view, through the functions that users call."""

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from persona.model.artefact import LoadedModel, Model
from persona.model.verdict import classify
from persona.pipe import assess
from persona.reports.result import Opinion, Result
from persona.training.companies import Company
from persona.training.predictions import Predictions, even_weights
from persona.training.rows import answer_rows, as_row
from persona.training.views import View
from persona.vocabulary import PERSONAS, UNDECIDED


class Said(msgspec.Struct, frozen=True):
    """What a model says of one row: a company as one informant answered for it.

    ``informant`` is None where the website alone is looked at.
    """

    company: Company
    informant: str | None
    opinion: Opinion


def say(
    model: LoadedModel, companies: Sequence[Company]
) -> tuple[dict[View, list[Said]], list[Result]]:
    """Return what a model says of companies in every view, and the results on answers alone."""
    answers, results = say_on_answers(model, companies)
    said: dict[View, list[Said]] = {
        "answers": answers,
        "website": say_on_websites(model.model, companies, beside=False),
        "both": say_on_websites(model.model, companies, beside=True),
    }
    return said, results


def say_on_answers(model: LoadedModel, companies: Iterable[Company]) -> tuple[
    list[Said], list[Result]
]:  # fmt: skip
    """Assess every informant's answers, as ``persona assess`` does; return the results too."""
    rows, results = [], []
    for company, informant in answer_rows(companies):
        result = assess(company.informants[informant], company=company.company, model=model)
        opinion = Opinion(result.label, result.reason, result.leader, result.probabilities)
        rows.append(Said(company, informant, opinion))
        results.append(result)
    return rows, results


def say_on_websites(model: Model, companies: Iterable[Company], *, beside: bool) -> list[Said]:
    """Classify websites: alone, or ``beside`` the answers of each informant."""
    rows = []
    for company in companies:
        informants = sorted(company.informants) if beside else [None]
        for informant in informants if company.has_website else []:
            row = as_row(company, informant, website=True)
            verdict = classify(row, model, company.gate)
            opinion = Opinion(verdict.label, verdict.reason, verdict.leader, verdict.probabilities)
            rows.append(Said(company, informant, opinion))
    return rows


def judged(rows: Iterable[Said]) -> list[Said]:
    """Return the rows whose company is judged."""
    return [row for row in rows if row.company.is_judged]


def predictions(rows: Sequence[Said]) -> Predictions:
    """Return judged rows as the input of every measure, so weighted that a company counts once."""
    companies = tuple(row.company.company for row in rows)
    none = (float("nan"),) * len(PERSONAS)
    return Predictions(
        companies=companies,
        truth=np.array([row.company.place for row in rows], dtype=np.int64),
        points=np.array([row.company.points or none for row in rows]),
        probabilities=np.array(
            [[row.opinion.probabilities[each] for each in PERSONAS] for row in rows]
        ),
        decided=np.array([row.opinion.label != UNDECIDED for row in rows]),
        weights=even_weights(companies),
    )
