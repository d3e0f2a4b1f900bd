"""The few figures that a model is known by: recorded in its file, listed, and guarded by floors."""

from collections.abc import Mapping
from typing import Final

from persona.training.measures import Measures
from persona.training.views import View

MORE_IS_BETTER: Final = ("kappa", "certain_half", "coverage", "accuracy_decided")
LESS_IS_BETTER: Final = ("log_loss", "calibration_error")
_DECIMALS: Final = 4


def headlines(views: Mapping[View, Measures]) -> dict[str, float]:
    """Return the headline figures by name, such as "answers.kappa"; undefined ones are left out."""
    return {
        f"{view}.{figure}": round(found.value, _DECIMALS)
        for view, measures in views.items()
        for figure in (*MORE_IS_BETTER, *LESS_IS_BETTER)
        if (found := getattr(measures, figure)) is not None
    }


def less_is_better(name: str) -> bool:
    """Return whether a headline figure is the better the smaller it is."""
    return name.rpartition(".")[2] in LESS_IS_BETTER


def is_headline(name: str) -> bool:
    """Return whether a figure is one of the headlines."""
    return name.rpartition(".")[2] in (*MORE_IS_BETTER, *LESS_IS_BETTER)
