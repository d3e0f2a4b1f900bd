r"""Several passes of annotation over the same companies, put together into one table of labels.

    python -m persona.training.passes pass-1.csv pass-2.csv pass-3.csv -o labels.csv

Each file is one pass, made without sight of the others. Points are the mean of the passes. The
label is the one that more than half of the passes gave; where none did it is the persona with
most points, or undecided as mixed where that has less than half of them. A company whose first
passes disagree is named, so that a third pass can settle it.
"""

import csv
import io
import math
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click
import msgspec
import numpy as np

from persona.errors import PersonaError, TableError, UsageError
from persona.files import write_atomically
from persona.layout import clean
from persona.pipe import shipped_questionnaire
from persona.training.companies import Company
from persona.training.controls import CONTROLS
from persona.training.drafts import DECIDED_FROM, key_of
from persona.training.resampling import kappa
from persona.training.tables import read_companies
from persona.vocabulary import PERSONAS, UNDECIDED

CLASSES: Final = (*PERSONAS, UNDECIDED)
_DECIMALS: Final = 6

Points = tuple[float, float, float]


class Merged(msgspec.Struct, frozen=True):
    """One company with the label that its passes come to.

    ``agree`` is True when all ``passes`` gave the same label, and ``is_open`` when no label was
    given by more than half of them.
    """

    company: Company
    passes: int
    agree: bool
    is_open: bool


class Agreement(msgspec.Struct, frozen=True):
    """How far the first two passes agree: on how many companies, and Cohen's kappa beyond chance.

    ``same`` of ``companies`` have the same label. ``methods`` is the kappa where both passes named
    a method, ``classes`` the one with undecided as a fourth label; None where not defined.
    """

    companies: int
    same: int
    methods: float | None
    classes: float | None


def merge(passes: Sequence[Sequence[Company]]) -> list[Merged]:
    """Return every labelled company once, in alphabetical order; of the rest the first pass counts.

    Raises TableError where a company has points in some of its passes only.
    """
    found: dict[str, list[Company]] = {}
    for one in passes:
        for company in one:
            if company.label is not None:
                found.setdefault(key_of(company.company), []).append(company)
    return [_merged(found[key]) for key in sorted(found)]


def _merged(given: Sequence[Company]) -> Merged:
    labels = Counter(one.label for one in given)
    label, count = labels.most_common(1)[0]
    points = _mean([one.points for one in given], given[0].company)
    is_open = count * 2 <= len(given)
    if is_open:
        label = _by_points(points)
    reasons = [one.reason for one in given if one.label == label == UNDECIDED and one.reason]
    reason = (reasons or ["mixed"])[0] if label == UNDECIDED else None
    company = msgspec.structs.replace(given[0], label=label, reason=reason, points=points)
    return Merged(company, len(given), len(labels) == 1, is_open)


def _mean(given: Sequence[Points | None], company: str) -> Points | None:
    known = [points for points in given if points is not None]
    if not known:
        return None
    if len(known) < len(given):
        raise TableError(f"{company} has points in {len(known)} of its {len(given)} passes; "
                         "give them in all or in none")  # fmt: skip
    sales, passive, dynamic = (math.fsum(row) / len(known) for row in zip(*known, strict=True))
    return sales, passive, dynamic


def _by_points(points: Points | None) -> str:
    most = max(points) if points else 0.0
    return PERSONAS[points.index(most)] if points and most >= DECIDED_FROM else UNDECIDED


def agreement(first: Sequence[Company], second: Sequence[Company]) -> Agreement:
    """Return how far two passes agree on the companies that both labelled."""
    others = {key_of(one.company): one.label for one in second if one.label}
    pairs = [(one.label, others[key_of(one.company)]) for one in first
             if one.label and key_of(one.company) in others]  # fmt: skip
    matrix = np.zeros((len(CLASSES), len(CLASSES)))
    for label, other in pairs:
        matrix[CLASSES.index(label), CLASSES.index(other)] += 1
    methods = matrix[: len(PERSONAS), : len(PERSONAS)]
    same = sum(label == other for label, other in pairs)
    return Agreement(len(pairs), same, _kappa(methods), _kappa(matrix))


def _kappa(matrix: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float | None:
    value = float(kappa(matrix))
    return None if math.isnan(value) else value


def as_table(merged: Sequence[Merged]) -> bytes:
    """Return the labels as CSV, points with at most six decimals."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    points = [f"points_{persona}" for persona in PERSONAS]
    writer.writerow(["company", "label", "reason", *points, "passes", "agree", *CONTROLS,
                     "source", "weight"])  # fmt: skip
    for one in merged:
        company = one.company
        given = company.points or ("",) * len(PERSONAS)
        writer.writerow([
            company.company, company.label, company.reason or "",
            *(round(each, _DECIMALS) if isinstance(each, float) else each for each in given),
            one.passes, int(one.agree), *(company.controls.get(name, "") for name in CONTROLS),
            company.source, f"{company.weight:g}",
        ])  # fmt: skip
    return text.getvalue().encode()


def in_words(found: Agreement) -> str:
    """Return the agreement of two passes as one line."""

    def shown(value: float | None) -> str:
        return "not defined" if value is None else f"{value:.2f}"

    return (
        f"the first two passes agree on {found.same} of {found.companies} companies; kappa "
        f"{shown(found.methods)} on the three methods, {shown(found.classes)} with undecided"
    )


@click.command()
@click.argument("passes", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
def main(passes: tuple[Path, ...], output: Path) -> None:
    """Put passes of annotation together; say how far they agree, and which companies are open."""
    try:
        if len(passes) < 2:
            raise UsageError("give the tables of at least two passes")
        datasets = [read_companies([path], shipped_questionnaire()) for path in passes]
        merged = merge([one.companies for one in datasets])
        if not merged:
            raise TableError(f"{passes[0]}: no company in these tables has a label")
        write_atomically(output, as_table(merged))
    except PersonaError as error:
        click.echo(f"passes: {clean(str(error))}", err=True)
        sys.exit(error.exit_code)
    for remark in (remark for one in datasets for remark in one.remarks):
        click.echo(f"passes: {clean(remark)}", err=True)
    click.echo(in_words(agreement(datasets[0].companies, datasets[1].companies)))
    for one in merged:
        if one.is_open:
            click.echo(f"{clean(one.company.company)}: no label has most passes; label it again")


if __name__ == "__main__":
    main()
