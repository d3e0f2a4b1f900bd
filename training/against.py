"""Two models on the same rows: by how much one exceeds the other, and if that says anything."""

from collections.abc import Mapping

import msgspec

from persona.reports.result import ModelName
from persona.training.measures import Interval, Measures, compare, measure
from persona.training.predictions import Predictions
from persona.training.views import View

NAMES: Mapping[View, str] = {
    "answers": "From answers",
    "website": "From the website",
    "both": "From both",
}
_TOLD = {"kappa": "agreement with labels (kappa)", "log_loss": "log loss"}
_LESS_IS_BETTER = frozenset({"log_loss"})


class ViewComparison(msgspec.Struct, frozen=True):
    """The other model's figures in one view, and by how much the first model exceeds them.

    ``sentences`` say of the main figures whether the difference goes beyond chance.
    """

    measures: Measures
    differences: dict[str, Interval]
    sentences: tuple[str, ...]


class Comparison(msgspec.Struct, frozen=True):
    """Another model, judged on the same rows."""

    model: ModelName
    views: dict[View, ViewComparison]


def compare_views(
    other: ModelName, pairs: Mapping[View, tuple[Predictions, Predictions]]
) -> Comparison:
    """Return how a model compares with another; each pair is the model's own and the other's."""
    views: dict[View, ViewComparison] = {}
    for view, (own, others) in pairs.items():
        differences = compare(own, others)
        sentences = tuple(
            f"{NAMES[view]}, {_sentence(name, differences[name])}"
            for name in _TOLD
            if name in differences
        )
        views[view] = ViewComparison(measure(others), differences, sentences)
    return Comparison(other, views)


def _sentence(name: str, difference: Interval) -> str:
    """Return whether a difference, with its 95 % interval, goes beyond chance."""
    told = _TOLD[name]
    span = f"({difference.value:+.2f}, 95 % {difference.low:+.2f} to {difference.high:+.2f})"
    if difference.low == difference.value == difference.high == 0:
        return f"{told} is the same."
    if difference.low <= 0 <= difference.high:
        return f"{told} differs by no more than chance would {span}."
    better = (difference.value > 0) != (name in _LESS_IS_BETTER)
    return f"{told} is {'better' if better else 'worse'} beyond chance {span}."
