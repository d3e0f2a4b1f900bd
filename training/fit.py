"""Fitting the additive model to companies: both sides by themselves, then how they add up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from persona.training.arrays import Flags, Floats, Whole
from persona.training.calibrate import OutOfFold, Together, least_loss, out_of_fold, put_together
from persona.training.encode import Encoded
from persona.training.folds import company_folds
from persona.training.settings import Settings
from persona.training.sides import (
    AnswerFit,
    SiteFit,
    answer_fits,
    answers_to_fit,
    site_fits,
    sites_to_fit,
)

S = TypeVar("S", AnswerFit, SiteFit)


@dataclass(frozen=True)
class Fitted:
    """Everything that was fitted; a side without enough labelled data is None.

    From ``min_answers`` answers on, they decide and the website stands beside them.
    """

    answers: AnswerFit | None
    site: SiteFit | None
    together: Together
    min_answers: int

    def answer_logits(self, data: Encoded) -> Floats:
        """Return tempered logits of every row of answers by themselves, (rows, personas)."""
        if self.answers is None:
            raise ValueError("the weights of answers were not fitted")
        logits = self.answers.intercept + self.answers.evidence(data)
        return np.asarray(logits / self.together.answer_temperature)

    def site_logits(self, data: Encoded) -> Floats:
        """Return tempered logits of every company's website by itself, (companies, personas).

        Where there is no website they are the intercept's.
        """
        if self.site is None:
            raise ValueError("the weights of websites were not fitted")
        logits = self.site.intercept + self.site.evidence(data)
        return np.asarray(logits / self.together.site_temperature)

    def both_logits(self, data: Encoded) -> Floats:
        """Return tempered logits of every row of answers beside its company's website.

        Where too few answers are known, the website decides and they stand beside it.
        """
        if self.site is None or self.answers is None:
            raise ValueError("the weights of answers or websites were not fitted")
        website = self.site.evidence(data)[data.row_company] / self.together.site_temperature
        inside = self.answer_logits(data)
        shift = self.site.intercept / self.together.site_temperature
        shift = shift - self.answers.intercept / self.together.answer_temperature
        few = (data.known_items < self.min_answers)[:, None]
        return np.asarray(
            np.where(few, inside + shift + website, inside + self.together.beside_answers * website)
        )


class NothingToFit(ValueError):
    """Neither answers nor websites have labels of all three personas."""


def fit_encoded(data: Encoded, within: Flags, settings: Settings) -> Fitted:
    """Fit to the companies ``within`` (a flag for each); others play no part at all.

    Raises NothingToFit where neither side has labels of all three personas.
    """
    require_labels(data, within)
    folds = company_folds(data, within, settings.folds, settings.seed)
    everyone = np.arange(len(data.companies))
    answered, shrinkages = np.isin(everyone, data.row_company), settings.answer_shrinkages
    answers, answers_out = _best(
        data, within, folds, data.row_company, answered, shrinkages, answer_fits, settings
    )
    websites, shrinkages = data.has_website, settings.site_shrinkages
    site, site_out = _best(data, within, folds, everyone, websites, shrinkages, site_fits, settings)
    return Fitted(
        answers,
        site,
        put_together(answers_out, site_out, settings.error, settings.site_error),
        settings.min_answers,
    )


def require_labels(data: Encoded, within: Flags) -> None:
    """Raise NothingToFit where neither side has labels of all three personas."""
    if not answers_to_fit(data, within).any() and not sites_to_fit(data, within).any():
        raise NothingToFit(
            "companies of all three personas are needed whose answers, or whose website, are known"
        )


def _best(
    data: Encoded,
    within: Flags,
    folds: Sequence[Flags],
    places: Whole,
    present: Flags,
    shrinkages: Sequence[float],
    fits: Callable[[Encoded, Flags, Settings, Sequence[float]], list[S]],
    settings: Settings,
) -> tuple[S | None, OutOfFold | None]:
    """Return the fit with the shrinkage that predicts best, and its out-of-fold predictions."""
    outs = out_of_fold(
        data, within, folds, places, present,
        lambda flags: fits(data, flags, settings, shrinkages),
    )  # fmt: skip
    if not outs:  # too few companies of some persona to leave any of them out
        return next(iter(fits(data, within, settings, [max(shrinkages)])), None), None
    tried = zip(map(least_loss, outs), shrinkages, outs, strict=True)
    _, shrinkage, out = min(tried, key=lambda each: each[:2])
    return fits(data, within, settings, [shrinkage])[0], out
