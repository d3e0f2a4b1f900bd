"""Industry, size and kind of customer: what labels may be foretold by, and no model may use."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from persona.training.arrays import Floats
from persona.training.companies import Company

CONTROLS: Final[Mapping[str, str]] = {
    "k_industry": "industry", "k_size": "size", "k_b2b": "business or consumer",
}  # fmt: skip
"""Columns of tables, with what they say."""


def controls_of(company: Company) -> dict[str, str]:
    """Return what is known of a company's controls, by column."""
    return {name: company.controls[name] for name in CONTROLS if name in company.controls}


def one_hot(rows: Sequence[Mapping[str, str]]) -> Floats:
    """Return one column for each value of each name; what a row does not say is 0 in all."""
    pairs = sorted({pair for levels in rows for pair in levels.items()})
    places = {pair: place for place, pair in enumerate(pairs)}
    columns = np.zeros((len(rows), len(places)))
    for row, levels in enumerate(rows):
        for pair in levels.items():
            columns[row, places[pair]] = 1
    return columns
