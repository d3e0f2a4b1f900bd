"""The report of a training run, put together from a fit and from what was predicted out of fold."""

from collections import Counter
from collections.abc import Mapping, Sequence

from persona.training.companies import JUDGED
from persona.training.contenders import BASELINES
from persona.training.curves import calibration_bins, coverage_curve
from persona.training.encode import Encoded
from persona.training.fit import Fitted
from persona.training.measures import Interval, Measures, by_group, compare, measure
from persona.training.predictions import Predictions
from persona.training.report import (
    Contender,
    DataInShort,
    GroupTable,
    KnownAnswers,
    LeftOut,
    UndecidedStudy,
    ViewCurves,
)
from persona.training.settings import Settings
from persona.training.trials import BLOCKS, LADDER, SAME_ANSWERS, SAME_WEBSITE, TRIALS
from persona.training.validate import (
    ADDITIVE,
    ANSWERS_ALONE,
    CONTROLS,
    KNOWN,
    WEBSITE_ALONE,
    Key,
    Validation,
    known_name,
)
from persona.training.views import VIEWS, View

Found = Mapping[Key, Predictions]
LEAST_GROUP = 20
"""Companies that a group needs to be shown by itself."""


def data_in_short(data: Encoded) -> DataInShort:
    """Return how much there was to learn from."""
    judged = [one for one in data.companies if one.weight >= JUDGED]
    labelled = [one for one in judged if one.label]
    return DataInShort(
        companies=len(data.companies),
        labels=dict(sorted(Counter(one.label or "" for one in labelled).items())),
        reasons=dict(sorted(Counter(one.reason for one in labelled if one.reason).items())),
        weak=len(data.companies) - len(judged),
        answered=sum(bool(one.informants) for one in labelled),
        answer_rows=sum(len(one.informants) for one in labelled),
        websites=sum(one.has_website for one in labelled),
        sources=dict(sorted(Counter(one.source for one in labelled
                                    if one.has_website and one.source).items())),
    )  # fmt: skip


def agreement(found: Found) -> dict[View, Measures]:
    """Return every figure of the additive model in each view."""
    return {view: measure(found[ADDITIVE, view]) for view in VIEWS if (ADDITIVE, view) in found}


def curves_of(found: Found) -> dict[str, ViewCurves]:
    """Return what the charts draw of each view."""
    return {
        view: ViewCurves(calibration_bins(one), coverage_curve(one))
        for view in VIEWS
        if (one := found.get((ADDITIVE, view))) is not None
    }


def contenders_of(found: Found, views: Mapping[View, Measures], names: Sequence[str],
                  among: Sequence[View] = VIEWS) -> tuple[Contender, ...]:  # fmt: skip
    """Return the additive model and the contenders named, view by view, with paired differences."""
    rows: list[Contender] = []
    for view in among:
        present = [name for name in names if (name, view) in found]
        if view in views and present:
            rows.append(Contender(ADDITIVE, view, views[view]))
            rows += [_beside(found, name, view) for name in present]
    return tuple(rows)


def _beside(found: Found, name: str, view: View) -> Contender:
    gain = compare(found[ADDITIVE, view], found[name, view])
    measures = measure(found[name, view])
    return Contender(name, view, measures, gain.get("kappa"), gain.get("log_loss"))


def bakeoff(found: Found, views: Mapping[View, Measures]) -> tuple[Contender, ...]:
    """Return the additive model beside every baseline, and beside its own two sides."""
    return contenders_of(found, views, (*BASELINES, ANSWERS_ALONE, WEBSITE_ALONE))


def blocks(found: Found, views: Mapping[View, Measures]) -> tuple[Contender, ...]:
    """Return the website's model on some of its blocks."""
    return contenders_of(found, views, tuple(BLOCKS), ("website",))


def geometry(found: Found, views: Mapping[View, Measures]) -> tuple[Contender, ...]:
    """Return one ladder beside three classes."""
    return contenders_of(found, views, (LADDER,), ("answers",))


def known_answers(found: Found) -> tuple[KnownAnswers, ...]:
    """Return the figures where only some answers were left."""
    return tuple(
        KnownAnswers(known, view, measure(found[known_name(known), view]))
        for view in VIEWS
        for known in KNOWN
        if (known_name(known), view) in found
    )


def left_out(kind: str, found: Found, groups: Mapping[str, str]) -> tuple[LeftOut, ...]:
    """Return the agreement on groups that were not fitted to: all together, then one by one."""
    rows: list[LeftOut] = []
    for view in VIEWS:
        ours, controls = found.get((ADDITIVE, view)), found.get((CONTROLS, view))
        if ours is None or controls is None:
            continue
        beside = measure(controls).kappa
        rows.append(LeftOut(kind, "all", view, len(ours.companies), measure(ours).kappa, beside))
        theirs = by_group(controls, [groups[name] for name in controls.companies])
        for group, one in by_group(ours, [groups[name] for name in ours.companies]).items():
            other = theirs[group].kappa if group in theirs else None
            rows.append(LeftOut(kind, group, view, one.rows, one.kappa, other))
    return tuple(rows)


def group_tables(data: Encoded, found: Found) -> tuple[GroupTable, ...]:
    """Return the agreement by industry, size and source in each view."""
    by_name = {one.company: one for one in data.companies}
    tables = []
    for kind in ("industry", "size", "source"):
        for view in VIEWS:
            one = found.get((ADDITIVE, view))
            if one is None:
                continue
            companies = [by_name[name] for name in one.companies]
            names = [each.source if kind == "source" else each.controls.get(f"k_{kind}", "")
                     for each in companies]  # fmt: skip
            groups = by_group(one, names, least=LEAST_GROUP)
            if groups:
                tables.append(GroupTable(kind, view, groups))
    return tuple(tables)


def undecided_study(fitted: Fitted, validation: Validation, settings: Settings) -> UndecidedStudy:
    """Return when no verdict is given, beside what annotators left undecided."""
    limits = fitted.together
    return UndecidedStudy(
        stated_error=settings.error,
        site_error=settings.site_error,
        min_answers=settings.min_answers,
        min_probability=limits.answer_threshold if fitted.answers else None,
        min_words=settings.min_words if fitted.site else None,
        min_site_probability=limits.site_threshold if fitted.site else None,
        reasons=validation.undecided,
    )


def tried(found: Found) -> tuple[str, ...]:
    """Return one sentence for each thing that was tried, with what it brought."""
    sentences = []
    for name in TRIALS:
        for view, same in (("answers", SAME_ANSWERS), ("website", SAME_WEBSITE)):
            key: Key = (name, "answers" if view == "answers" else "website")
            if name not in (SAME_ANSWERS, SAME_WEBSITE, LADDER) and key in found:
                gain = compare(found[key], found[same, key[1]]).get("kappa")
                if gain is not None:
                    sentences.append(f"{name[:1].upper()}{name[1:]} ({view}): {_in_words(gain)}.")
    return tuple(sentences)


def _in_words(gain: Interval) -> str:
    verdict = "no clear difference"
    if gain.low > 0:
        verdict = "it agrees more"
    elif gain.high < 0:
        verdict = "it agrees less"
    return f"kappa changes by {gain.value:+.2f} ({gain.low:+.2f} to {gain.high:+.2f}), {verdict}"
