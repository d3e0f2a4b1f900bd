"""The sections of a model card that hold figures; what was not measured is said to be so."""

from collections.abc import Callable, Sequence
from typing import Final

from persona.training.markdown import NOT_MEASURED, difference, figure, plain, share, table
from persona.training.measures import Interval, Measures
from persona.training.report import Contender, GroupTable, LeftOut, TrainingReport
from persona.training.views import VIEW_NAMES, VIEWS
from persona.vocabulary import PERSONAS

_HEADLINE: tuple[tuple[str, str, bool], ...] = (
    ("Kappa", "kappa", False),
    ("Kappa, quadratic", "quadratic_kappa", False),
    ("Labels met", "accuracy", True),
    ("Labels met, most certain half", "certain_half", True),
    ("Label among the two likeliest", "top2_accuracy", True),
    ("F1, mean of the three", "macro_f1", False),
    ("Log loss", "log_loss", False),
    ("Log loss against soft points", "soft_log_loss", False),
    ("Brier score", "brier", False),
    ("Calibration error", "calibration_error", False),
    ("Companies that get a verdict", "coverage", True),
    ("Labels met where there is a verdict", "accuracy_decided", True),
    ("Kappa where there is a verdict", "kappa_decided", False),
)


def view_name(view: str) -> str:
    """Return how a view is called in tables and charts."""
    return VIEW_NAMES.get(view, view)


def headline(report: TrainingReport) -> list[str]:
    """Return the table of all figures by view, with the charts."""
    found = [report.views.get(view) for view in VIEWS]
    counts = ("Companies", *(str(one.companies) if one else NOT_MEASURED for one in found))
    rows = [
        (words, *(_of(one, name, percent) for one in found)) for words, name, percent in _HEADLINE
    ]
    lines = [
        "## How far it agrees with the labels", "",
        f"Each company was predicted by a model that had not seen it ({report.folds} folds, dealt "
        f"out {report.repeats} times; words, shrinkage, temperatures and thresholds were chosen "
        "within the other folds, the constants of the method on these data, so that the figures "
        "are slightly kind). In brackets: 95 % intervals, from drawing the companies again with "
        "replacement.",
        "", *table(("", *map(view_name, VIEWS)), [counts, *rows]),
        "Kappa is 0 for guessing with the right shares and 1 for full agreement. Log loss and "
        "Brier score are lower for better probabilities; a calibration error of 0.05 means that "
        "stated probabilities are off by five points in the mean. Probabilities are tempered to "
        "meet labels, not points, so that log loss against points is high. The three columns rest "
        "on "
        "different companies and are not to be compared with each other; the bake-off compares "
        "like with like.", "",
    ]  # fmt: skip
    if report.curves:
        lines += [
            f"![How often the likeliest method is the label]({report.name}-calibration.svg)", "",
            f"![Labels met against companies decided]({report.name}-coverage.svg)", "",
        ]  # fmt: skip
    return lines


def _of(measures: Measures | None, name: str, percent: bool) -> str:
    return figure(getattr(measures, name), percent=percent) if measures else NOT_MEASURED


def bakeoff(report: TrainingReport) -> list[str]:
    """Return the comparison with the baselines, and whether any of them is better."""
    better = [one for one in report.bakeoff if one.difference and one.difference.high < 0]
    verdict = [
        f"**{view_name(one.view)}: {one.name} agrees more with the labels than the shipped model, "
        "beyond its interval.** Adding up evidence is open to discussion there."
        for one in better
    ] or ["No contender agrees more with the labels than the shipped model beyond its interval."]
    return _section(
        "Against other models",
        "All predict the same rows and were fitted to the same judged companies; the shipped form "
        "learns from points and from the weakly labelled companies as well, the others from "
        "labels. Differences are the shipped model's figure minus the other's, on the same draws "
        "of companies. Prior only is "
        "what was judged before any data; majority always names the commonest method; controls "
        "are industry, size and kind of customer, which the shipped model never uses.",
        [*_contenders(report.bakeoff), *verdict, ""] if report.bakeoff else [],
    )


def _contenders(contenders: Sequence[Contender]) -> list[str]:
    lines: list[str] = []
    for view in dict.fromkeys(one.view for one in contenders):
        rows = [
            (one.name, figure(one.measures.kappa), difference(one.difference),
             figure(one.measures.log_loss), difference(one.loss_difference),
             _reading(one.difference))
            for one in contenders if one.view == view
        ]  # fmt: skip
        headings = (view_name(view), "Kappa", "Shipped minus it", "Log loss", "Shipped minus it",
                    "By kappa")  # fmt: skip
        lines += table(headings, rows, words=(0, 5))
    return lines


def _reading(gain: Interval | None) -> str:
    if gain is None:
        return "shipped"
    if gain.low > 0:
        return "shipped agrees more"
    return "it agrees more" if gain.high < 0 else "no clear difference"


def known_answers(report: TrainingReport) -> list[str]:
    """Return what fewer answers are worth."""
    rows = [
        (f"{view_name(one.view)}, {one.known} known", figure(one.measures.kappa),
         figure(one.measures.log_loss), figure(one.measures.coverage, percent=True),
         figure(one.measures.accuracy_decided, percent=True))
        for one in report.known
    ]  # fmt: skip
    headings = ("At most", "Kappa", "Log loss", "Get a verdict", "Labels met where there is one")
    return _section(
        "With fewer answers",
        "Answers left in each row, drawn at random; few rows have all 28. With few answers, where "
        "the model starts weighs much: the first answers mean little by themselves. The error "
        "that the thresholds aim at is met on full forms, not on the shortest that get a verdict.",
        table(headings, rows) if rows else [],
    )


def left_out(report: TrainingReport) -> list[str]:
    """Return the agreement on sources and industries that were not fitted to."""
    lines: list[str] = []
    for kind in dict.fromkeys(one.kind for one in report.left_out):
        rows = [_left_out_row(one) for one in report.left_out if one.kind == kind]
        headings = (f"Left out, {kind}", "Rows", "Kappa", "Controls alone")
        lines += table(headings, rows)
    return _section(
        "On kinds of companies it has not seen",
        "A whole source of pages, or a whole industry, was left out of the fit and then "
        "predicted. This is harder than what stands above and nearer to a new list. There are few "
        "sources, and intervals draw companies and not sources: they are narrower than what a "
        "new list may bring.",
        lines,
    )


def _left_out_row(one: LeftOut) -> tuple[str, ...]:
    name = f"{view_name(one.view)}: {one.group}"
    controls = figure(one.controls_kappa)
    return name, str(one.rows), figure(one.kappa, missing="one label only"), controls


def by_class(report: TrainingReport) -> list[str]:
    """Return how well each persona is recognised."""
    rows = [
        (f"{view_name(view)}: {one.persona}", str(one.companies), figure(one.precision),
         figure(one.recall), figure(one.f1))
        for view in VIEWS if view in report.views for one in report.views[view].classes
    ]  # fmt: skip
    headings = ("Method", "Companies", "Precision", "Recall", "F1")
    return _section(
        "By method",
        "Precision: of the rows where it is likeliest, the share labelled so. Recall: of the rows "
        "labelled so, the share where it is likeliest.",
        table(headings, rows) if rows else [],
    )


def by_group(report: TrainingReport) -> list[str]:
    """Return the agreement by industry, size and source."""
    lines: list[str] = []
    for one in report.groups:
        lines += _group_table(one)
    return _section(
        "By industry, size and source",
        "Groups with enough companies only. Where most labels of a group are the same, kappa is "
        "low although many labels are met.",
        lines,
    )


def _group_table(groups: GroupTable) -> list[str]:
    rows = [
        (name, str(one.companies), figure(one.kappa, missing="one label only"),
         figure(one.accuracy, percent=True))
        for name, one in groups.groups.items()
    ]  # fmt: skip
    headings = (f"{view_name(groups.view)}, by {groups.kind}", "Companies", "Kappa", "Labels met")
    return table(headings, rows)


def undecided(report: TrainingReport) -> list[str]:
    """Return when no verdict is given, and whether annotators refused the same companies."""
    study = report.undecided
    if study is None:
        return _section("Undecided", "", [])
    lines = [
        f"Thresholds were chosen so that at most {study.stated_error:.0%} of the verdicts on "
        f"answers, and {study.site_error:.0%} of those on a website alone, miss the label, on "
        "companies that were not fitted to.", "",
    ]  # fmt: skip
    if study.min_probability is not None:
        lines.append(
            f"- Answers decide from {study.min_answers} known ones on, where one method has a "
            f"probability of {plain(study.min_probability)} or more."
        )
    if study.min_site_probability is not None:
        lines.append(
            f"- A website decides from {study.min_words} known words on, where one method has a "
            f"probability of {plain(study.min_site_probability)} or more."
        )
    for view in VIEWS:
        found = report.views.get(view)
        if found and found.coverage:
            met = figure(found.accuracy_decided, percent=True)
            lines.append(f"- {view_name(view)}: {figure(found.coverage, percent=True)} of the "
                         f"companies get a verdict; of these, labels met: {met}.")  # fmt: skip
    return ["## Undecided", "", *lines, "", *_reasons(report)]


def _reasons(report: TrainingReport) -> list[str]:
    study = report.undecided
    if study is None or not study.reasons:
        return []
    said = list(dict.fromkeys([*PERSONAS, *(each for one in study.reasons for each in one.said)]))
    rows = [
        (one.reason, str(one.rows), *(share(one.said.get(each, 0), one.rows) for each in said))
        for one in study.reasons
    ]
    return [
        "What the model says of companies that the annotators left undecided "
        f"({view_name(study.view).lower()}), by their reason:",
        "", *table(("Annotators", "Companies", *said), rows),
    ]  # fmt: skip


def what_matters(report: TrainingReport) -> list[str]:
    """Return which items, signals and words matter most, and what the data moved."""
    rows = [
        (f"{one.kind} {one.name}", one.words, plain(one.spread), one.toward)
        for one in report.importance
    ]
    matter = table(
        ("", "What it is", "Spread, nats", "More of it speaks for"), rows, words=(0, 1, 3)
    )
    moved = [
        (f"{one.item} {one.option}", one.words, plain(one.change), *_weights(one.prior, one.fitted))
        for one in report.moved
    ]
    headings = ("Item", "Option moved most", "Change", *PERSONAS)
    return [
        *_section(
            "What matters most",
            "Spread is how much the contribution varies between companies: what never varies "
            "decides nothing, however large its weight.",
            matter if rows else [],
        ),
        *_section(
            "How far the data moved the answers",
            "The weights began with the questionnaire's table of judgements. The change is the "
            "largest of any difference between two methods, in nats; then the weights, before → "
            "after.",
            table(headings, moved, words=(0, 1)) if moved else [],
        ),
    ]


def _weights(prior: Sequence[float], fitted: Sequence[float]) -> list[str]:
    return [f"{plain(old)} → {plain(new)}" for old, new in zip(prior, fitted, strict=True)]


def blocks(report: TrainingReport) -> list[str]:
    """Return what signals and each kind of words add."""
    return _section(
        "Signals and words of a website",
        "The same model with some of its features only.",
        _contenders(report.blocks),
    )


def geometry(report: TrainingReport) -> list[str]:
    """Return whether the methods are steps of a ladder or three classes."""
    return _section(
        "One ladder or three classes",
        "If the methods were three steps of one ladder, a single scale with two thresholds would "
        "predict as well as three separate sums of evidence.",
        _contenders(report.geometry),
    )


def not_helping(report: TrainingReport) -> list[str]:
    """Return what was tried and left out."""
    tried = [*(f"- {one}" for one in report.tried), ""] if report.tried else []
    return _section("Tried, and left out", "", tried)


def learning(report: TrainingReport) -> list[str]:
    """Return how agreement rises with labels."""
    labels = sorted({point.labels for curve in report.learning for point in curve.points})
    rows = []
    for number in labels:
        cells = [
            next((figure(Interval(point.value, point.low, point.high))
                  for point in curve.points if point.labels == number), NOT_MEASURED)
            for curve in report.learning
        ]  # fmt: skip
        rows.append((str(number), *cells))
    headings = ("Companies labelled, kappa", *(curve.name for curve in report.learning))
    chart = [f"![Agreement by number of labels]({report.name}-learning.svg)", ""]
    return _section(
        "What more labels are worth",
        "Labels of most companies were hidden and uncovered in batches; agreement is measured on "
        "companies kept apart. The way in which `persona suggest` chooses was itself picked on "
        "these companies, so its lead is on the hopeful side.",
        [*chart, *table(headings, rows)] if rows else [],
    )


def previous(report: TrainingReport) -> list[str]:
    """Return the comparison with an earlier model on the same rows."""
    if report.previous is None:
        return _section("Compared with the model before", "", [])
    names = [(words, name) for words, name, _ in _HEADLINE]
    found = report.previous.views
    rows = [
        (words, *(difference(found[view].get(name)) or NOT_MEASURED for view in found))
        for words, name in names
        if any(name in figures for figures in found.values())
    ]
    return _section(
        f"Compared with {report.previous.name}",
        f"{report.name} minus {report.previous.name} on the same rows. Above nought is better for "
        "kappa, F1 and labels met; below nought for log loss, Brier score and calibration error.",
        table(("", *map(view_name, found)), rows) if rows else [],
    )


def _section(title: str, words: str, lines: list[str]) -> list[str]:
    body = [words, "", *lines] if words else lines
    return [f"## {title}", "", *(body if lines else ["Not measured for this model.", ""])]


RESULTS: Final[tuple[Callable[[TrainingReport], list[str]], ...]] = (
    headline, bakeoff, known_answers, left_out, by_class, by_group, undecided, what_matters,
    blocks, geometry, not_helping, learning, previous,
)  # fmt: skip
"""The sections in the order of the card."""
