"""A model's probabilities for many companies at once, as for each of them alone."""

import numpy as np

from persona.model.artefact import Model
from persona.training.additive import softmax
from persona.training.arrays import Flags, Floats, Whole
from persona.training.encode import Encoded
from persona.training.fit import Fitted
from persona.training.package import as_fitted
from persona.training.views import View


def predict(model: Model, data: Encoded, view: View) -> tuple[Whole, Floats]:
    """Return the companies (their places in ``data``) and their probabilities, a row each.

    ``answers`` and ``both`` have a row for every informant, ``website`` one for every company
    with a website; ``both`` takes companies that have answers and a website. Gates are left
    aside: these are the probabilities, whether or not a verdict is given.
    """
    fitted = as_fitted(model, data)
    rows = rows_of(data, view)
    return places_of(data, view)[rows], softmax(logits_of(fitted, data, view)[rows])


def logits_of(fitted: Fitted, data: Encoded, view: View) -> Floats:
    """Return the logits of every row of a view, whether it has anything to go by or not."""
    if view == "website":
        return fitted.site_logits(data)
    return fitted.answer_logits(data) if view == "answers" else fitted.both_logits(data)


def places_of(data: Encoded, view: View) -> Whole:
    """Return the company of every row of a view."""
    return np.arange(len(data.companies)) if view == "website" else data.row_company


def rows_of(data: Encoded, view: View) -> Flags:
    """Return which rows of a view have what the view looks at."""
    if view == "answers":
        return np.ones(len(data.row_company), dtype=bool)
    return np.asarray(data.has_website[places_of(data, view)])
