"""A filled report of a training run that never was, for tests of the model card."""

from persona.training.about import About
from persona.training.curves import LearningCurve, LearningPoint, calibration_bins, coverage_curve
from persona.training.measures import Interval, Measures, by_group, measure
from persona.training.report import (
    Contender,
    DataInShort,
    GroupTable,
    Importance,
    KnownAnswers,
    LeftOut,
    Moved,
    Previous,
    ReasonSaid,
    TrainingReport,
    UndecidedStudy,
    ViewCurves,
)
from tests.unit.training.test_measures import random_predictions

PREDICTIONS = {"answers": random_predictions(21), "website": random_predictions(22)}
MEASURES = {view: measure(each, resamples=50) for view, each in PREDICTIONS.items()}
BEHIND = Interval(0.123, 0.041, 0.198)
EVEN = Interval(0.01, -0.08, 0.09)


def measures(view: str = "website") -> Measures:
    """Return the figures of one view."""
    return MEASURES[view]


def bare_report() -> TrainingReport:
    """Return a report in which only what must be there is."""
    return TrainingReport(
        name="persona-9",
        created="2026-11-22",
        method="Additive, fitted to made-up companies.",
        data_sha256="ab" * 32,
        data=DataInShort(companies=130, labels={"sales_driven": 40, "passive_marketer": 80}),
        folds=5,
        repeats=3,
        commands=("persona train companies.csv -o persona-9.json",),
        views={"website": measures()},
    )


def full_report() -> TrainingReport:
    """Return a report in which everything but the view "both" was measured."""
    answers, website = measures("answers"), measures("website")
    points = (LearningPoint(40, 0.3111, 0.2, 0.4), LearningPoint(80, 0.4222, 0.3, 0.5))
    return TrainingReport(
        name="persona-9",
        created="2026-11-22",
        method="Additive, fitted to made-up companies.",
        data_sha256="ab" * 32,
        data=DataInShort(
            companies=713,
            labels={"sales_driven": 97, "passive_marketer": 231, "undecided": 83},
            reasons={"thin": 40, "mixed": 17},
            weak=329,
            answered=366,
            answer_rows=515,
            websites=391,
            sources={"shops | firms": 12, "articles": 379},
        ),
        folds=5,
        repeats=3,
        commands=("persona train companies.csv -o persona-9.json",),
        about=About("Labelled by made-up people.", "nobody", ("**Made up.** Nothing is real.",)),
        views={"answers": answers, "website": website},
        curves={
            view: ViewCurves(calibration_bins(each), coverage_curve(each))
            for view, each in PREDICTIONS.items()
        },
        chosen={"shrinkage of answers": 5.0, "temperature of websites": 0.71},
        bakeoff=(
            Contender("additive", "website", website),
            Contender("majority", "website", website, BEHIND, BEHIND),
            Contender("gradient boosting", "website", website, EVEN, EVEN),
        ),
        known=(KnownAnswers(4, "answers", answers),),
        left_out=(
            LeftOut("source", "all", "website", 391, Interval(0.27, 0.2, 0.34), EVEN),
            LeftOut("industry", "software", "website", 41, None),
        ),
        groups=(
            GroupTable("industry", "website", by_group(PREDICTIONS["website"], ["tools"] * 120)),
        ),
        undecided=UndecidedStudy(
            stated_error=0.2,
            site_error=0.15,
            min_answers=6,
            min_probability=0.55,
            min_words=25,
            min_site_probability=0.66,
            reasons=(ReasonSaid("out_of_scope", 26, {"out_of_scope": 13, "sales_driven": 2}),),
        ),
        moved=(Moved("P07", "c", "When they call", 1.234, (0.5, 0.0, -0.5), (-0.4, 0.1, 0.3)),),
        importance=(Importance("word", "pricing", "in link texts", 0.345, "dynamic_marketer"),),
        blocks=(Contender("signals only", "website", website, BEHIND, BEHIND),),
        geometry=(Contender("one ladder", "website", website, EVEN, EVEN),),
        tried=("Interactions of items: no gain.",),
        learning=(LearningCurve("suggested", points), LearningCurve("at random", points[:1])),
        previous=Previous("persona-0", {"website": {"kappa": BEHIND, "log_loss": EVEN}}),
    )
