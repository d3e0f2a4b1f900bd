"""Cross-validation: predictions for companies that played no part in the fit, in any view.

Nested: shrinkage, temperatures, thresholds and the table of words are chosen inside each fold's
training companies. Grouped: all rows of a company are in one fold.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from persona.training.additive import softmax
from persona.training.arrays import Flags, Floats
from persona.training.calibrate import judged_weights
from persona.training.companies import JUDGED
from persona.training.contenders import BASELINES, Contender
from persona.training.encode import Encoded, everyone
from persona.training.fit import Fitted, NothingToFit, fit_encoded
from persona.training.folds import company_folds
from persona.training.predict import logits_of, places_of, rows_of
from persona.training.predictions import Predictions
from persona.training.report import ReasonSaid
from persona.training.settings import Settings
from persona.training.views import VIEWS, View
from persona.training.workers import side_by_side
from persona.vocabulary import PERSONAS, UNDECIDED

KNOWN: Final = (0, 4, 8, 14, 28)
"""How many answers are left known, to see what fewer are worth."""
ADDITIVE: Final = "additive"
CONTROLS: Final = "controls only"
ANSWERS_ALONE: Final = "answers alone, same rows"
WEBSITE_ALONE: Final = "website alone, same rows"
FOLDS: Final = 5
_FOLD_SEED: Final = 1_000

Key = tuple[str, View]
"""Contender, or what was changed, and view."""

Shares = dict[Key, Floats]


@dataclass(frozen=True)
class OnFold:
    """What was predicted for the companies of one fold, for every row of each view.

    ``website_said`` is the verdict on every website, or the reason why there is none.
    """

    fold: Flags
    shares: Shares
    decided: dict[Key, Flags]
    website_said: list[str]


def available_views(data: Encoded) -> tuple[View, ...]:
    """Return the views in which labelled companies of all three personas can be judged."""
    return tuple(
        view for view in VIEWS
        if len(set(data.labels[places_of(data, view)[judged_rows(data, view)]])) == len(PERSONAS)
    )  # fmt: skip


def judged_rows(data: Encoded, view: View) -> Flags:
    """Return which rows of a view are judged: labelled with a persona, and seen in the view."""
    return np.asarray(rows_of(data, view) & data.judged[places_of(data, view)])


@dataclass(frozen=True)
class Validation:
    """Predictions by contender and view, and what became of companies labelled undecided.

    ``undecided`` says what the website's model makes of them, by the annotators' reason.
    """

    predictions: dict[Key, Predictions]
    undecided: tuple[ReasonSaid, ...]


def cross_validate(
    data: Encoded,
    settings: Settings,
    *,
    repeats: int,
    jobs: int = 1,
    contenders: Mapping[str, Contender] | None = None,
) -> Validation:
    """Return predictions of every contender in every view, each company in a fold left out.

    With ``repeats`` the companies are dealt out anew each time, and each repeat's row weighs its
    share. ``contenders`` are compared with the additive model. ``jobs`` processes work side by
    side; the outcome does not depend on them. A view in which some fold leaves too few companies
    of a persona to fit to is left out.
    """
    deals = [
        company_folds(data, everyone(data), FOLDS, _FOLD_SEED + repeat) for repeat in range(repeats)
    ]
    folds = [fold for deal in deals for fold in deal]
    work = [(data, ~fold, fold, settings, contenders or {}) for fold in folds]
    found = side_by_side(on_fold, work, jobs)
    whole = {view for view in VIEWS if all((ADDITIVE, view) in one.shares for one in found)}
    predictions = {key: one for key, one in gather(data, found).items() if key[1] in whole}
    return Validation(predictions, left_undecided(data, found[:FOLDS]))


def leave_out(
    data: Encoded, settings: Settings, groups: Sequence[str], *, least: int, jobs: int = 1
) -> tuple[dict[Key, Predictions], tuple[str, ...]]:
    """Return predictions for each group of companies by fits to all the others, and the groups.

    ``groups`` names the group of every company; groups with fewer than ``least`` judged companies
    are left out together. Controls alone are judged beside the additive model. Nothing is
    predicted for a group without which too few companies of a persona are left.
    """
    counts = Counter(group for group, one in zip(groups, data.companies, strict=True)
                     if one.is_judged)  # fmt: skip
    pooled = tuple(group if counts[group] >= least else "others" for group in groups)
    names = np.array(pooled)
    folds = [names == name for name in sorted(set(pooled))]
    contenders = {CONTROLS: BASELINES[CONTROLS]}
    work = [(data, ~fold, fold, settings, contenders) for fold in folds]
    return gather(data, side_by_side(on_fold, work if len(folds) > 1 else [], jobs)), pooled


def on_fold(
    data: Encoded,
    within: Flags,
    fold: Flags,
    settings: Settings,
    contenders: Mapping[str, Contender],
) -> OnFold:
    """Fit every contender to the companies ``within`` and predict for those of ``fold``.

    Nothing is predicted in views that the additive model cannot be fitted in.
    """
    shares: Shares = {}
    said: list[str] = []
    try:
        fitted = fit_encoded(data, within, settings)
    except NothingToFit:
        return OnFold(fold, {}, {}, [])
    views = _fitted_views(fitted, available_views(data))
    for view in views:
        shares[ADDITIVE, view] = softmax(logits_of(fitted, data, view))
    if (ADDITIVE, "website") in shares:
        said = _said(fitted, data, shares[ADDITIVE, "website"], settings)
    decided = decisions(fitted, data, shares, said)
    if (ADDITIVE, "both") in shares:
        shares[ANSWERS_ALONE, "both"] = shares[ADDITIVE, "answers"]
        shares[WEBSITE_ALONE, "both"] = shares[ADDITIVE, "website"][data.row_company]
    fewer, decided_on_fewer = with_fewer_answers(fitted, data, views)
    shares, decided = shares | fewer, decided | decided_on_fewer
    for name, contender in contenders.items():
        for view in views:
            found = contender(data, within, view) if _has_all(data, within, view) else None
            if found is not None:
                shares[name, view] = found
    return OnFold(fold, shares, decided, said)


def _has_all(data: Encoded, within: Flags, view: View) -> bool:
    """Return whether there are judged companies of all personas to fit to."""
    rows = judged_rows(data, view) & within[places_of(data, view)]
    return len(set(data.labels[places_of(data, view)[rows]])) == len(PERSONAS)


def left_undecided(data: Encoded, found: Sequence[OnFold]) -> tuple[ReasonSaid, ...]:
    """Return what is said of websites whose company was labelled undecided, by reason."""
    said: dict[str, Counter[str]] = {}
    for one in found:
        for place in np.flatnonzero(one.fold & data.has_website):
            company = data.companies[place]
            if company.label == UNDECIDED and company.weight >= JUDGED and one.website_said:
                said.setdefault(company.reason or "", Counter())[one.website_said[place]] += 1
    return tuple(
        ReasonSaid(reason, counts.total(), dict(sorted(counts.items())))
        for reason, counts in sorted(said.items())
    )


def _said(fitted: Fitted, data: Encoded, shares: Floats, settings: Settings) -> list[str]:
    """Return the verdict on every website, or the reason why there is none."""
    assert fitted.site is not None
    known = fitted.site.known_words(data)
    said = []
    for company, row, words in zip(data.companies, shares, known, strict=True):
        if company.gate not in (None, "thin"):
            said.append(str(company.gate))
        elif words < settings.min_words:
            said.append("thin")
        elif row.max() < fitted.together.site_threshold:
            said.append("mixed")
        else:
            said.append(PERSONAS[int(row.argmax())])
    return said


def _fitted_views(fitted: Fitted, views: Sequence[View]) -> list[View]:
    missing = set()
    if fitted.answers is None:
        missing |= {"answers", "both"}
    if fitted.site is None:
        missing |= {"website", "both"}
    return [view for view in views if view not in missing]


def decisions(
    fitted: Fitted, data: Encoded, shares: Shares, website_said: Sequence[str]
) -> dict[Key, Flags]:
    """Return for every row of the additive model's views whether a verdict is given.

    Too few answers give none by themselves; beside a website they leave the verdict to it.
    """
    enough = data.known_items >= fitted.min_answers
    by_site = np.isin(np.array(website_said, dtype=str), PERSONAS)
    limits = fitted.together
    decided: dict[Key, Flags] = {}
    for key, rows in shares.items():
        top = rows.max(axis=1)
        if key[1] == "website":
            decided[key] = by_site
        elif key[1] == "answers":
            decided[key] = enough & (top >= limits.answer_threshold)
        else:
            least = np.where(enough, limits.answer_threshold, limits.site_threshold)
            decided[key] = top >= least
    return decided


def with_fewer_answers(
    fitted: Fitted, data: Encoded, views: Sequence[View]
) -> tuple[Shares, dict[Key, Flags]]:
    """Return predictions with some answers hidden, by chance but the same every time."""
    shares: Shares = {}
    decided: dict[Key, Flags] = {}
    for known in KNOWN:
        few = keep_answers(data, known)
        found: Shares = {
            (known_name(known), view): softmax(logits_of(fitted, few, view))
            for view in views
            if view != "website"
        }
        shares |= found
        decided |= decisions(fitted, few, found, ())
    return shares, decided


def known_name(known: int) -> str:
    """Return the name under which predictions from so many answers stand."""
    return f"{ADDITIVE}, {known} answers"


def keep_answers(data: Encoded, known: int) -> Encoded:
    """Return the data with at most ``known`` answers left in every row, chosen by chance."""
    generator = np.random.default_rng(known)
    given = ~np.isnan(data.answers[:, data.item_starts])
    order = generator.random(given.shape)
    order[~given] = np.inf
    kept = (order.argsort(axis=1).argsort(axis=1) < known) & given
    widths = np.diff([*data.item_starts, data.answers.shape[1]])
    return replace(data, answers=np.where(np.repeat(kept, widths, axis=1), data.answers, np.nan))


def gather(data: Encoded, found: Sequence[OnFold]) -> dict[Key, Predictions]:
    """Return predictions of all folds together, judged rows only, by contender and view.

    Every contender is judged on the rows that the additive model is judged on: folds in which
    that could not be fitted are left out, and contenders that have nothing to say in one of the
    others.
    """
    gathered: dict[Key, Predictions] = {}
    for view in VIEWS:
        folds = [one for one in found if (ADDITIVE, view) in one.shares]
        rows = judged_rows(data, view)
        folds = [one for one in folds if (rows & one.fold[places_of(data, view)]).any()]
        for key in folds[0].shares if folds else ():
            if key[1] == view and all(key in one.shares for one in folds):
                gathered[key] = _gather_one(data, folds, key)
    return gathered


def _gather_one(data: Encoded, found: Sequence[OnFold], key: Key) -> Predictions:
    view = key[1]
    places = places_of(data, view)
    judged = judged_rows(data, view)
    weights = judged_weights(data, data.has_website | (view != "website"), places)
    taken = [(one, np.flatnonzero(judged & one.fold[places])) for one in found]
    order = np.concatenate([rows for _, rows in taken])
    names = tuple(data.companies[place].company for place in places[order])
    times = np.bincount(order)
    decided = [one.decided[key][rows] for one, rows in taken if key in one.decided]
    return Predictions(
        companies=names,
        truth=data.labels[places[order]],
        points=data.points[places[order]],
        probabilities=np.concatenate([one.shares[key][rows] for one, rows in taken]),
        decided=np.concatenate(decided) if decided else None,
        weights=weights[order] / times[order],
    )
