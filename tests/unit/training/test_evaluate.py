"""Evaluation: every view counts what it should, through the functions that users call."""

import json
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from persona.errors import ModelError, TableError
from persona.model.artefact import PRIOR_MODEL, Model, save_model
from persona.pipe import assess, open_model
from persona.questionnaire.items import Questionnaire
from persona.training.companies import Company
from persona.training.evaluate import Evaluation, evaluate
from persona.training.judging import judged, predictions, say
from persona.vocabulary import PERSONAS, UNDECIDED
from tests.conftest import complaint
from tests.unit.training.companies import made_up, write_table

ANSWERS = {f"P{number:02}": "a" for number in range(1, 29)}
SIGNALS = {"W01": 0.5, "W06": 0.4, "W10": 0.3}


@pytest.fixture
def model() -> Model:
    """Return the model that is fitted to nothing."""
    return open_model(PRIOR_MODEL).model


@pytest.fixture
def table(tmp_path: Path, questionnaire: Questionnaire) -> Path:
    return write_table(tmp_path / "table.csv", made_up(questionnaire))


def company(name: str, label: str | None, **more: object) -> Company:
    return Company(company=name, label=label, **more)  # type: ignore[arg-type]


def test_views_hold_the_rows_that_they_can_be_judged_on() -> None:
    model = open_model(PRIOR_MODEL)
    both = company("both", "sales_driven", informants={"x": ANSWERS, "y": {}}, signals=SIGNALS)
    site = company("site", "sales_driven", signals=SIGNALS)
    weak = company("weak", "sales_driven", signals=SIGNALS, weight=0.1)
    bare = company("bare", None, informants={"": ANSWERS})

    said, results = say(model, [both, site, weak, bare])

    named = {view: [(row.company.company, row.informant) for row in rows]
             for view, rows in said.items()}  # fmt: skip
    assert named["answers"] == [("both", "x"), ("both", "y"), ("bare", "")]
    assert named["website"] == [("both", None), ("site", None), ("weak", None)]
    assert named["both"] == [("both", "x"), ("both", "y")]
    assert [row.company.company for row in judged(said["website"])] == ["both", "site"]
    assert len(results) == 3


def test_verdicts_are_those_that_users_get() -> None:
    model = open_model(PRIOR_MODEL)
    asked = company("asked", "sales_driven", informants={"": ANSWERS})
    (row,) = say(model, [asked])[0]["answers"]
    result = assess(ANSWERS, model=model)
    assert row.opinion.probabilities == result.probabilities
    assert (row.opinion.label, row.opinion.leader) == (result.label, result.leader)


def test_a_gate_holds_for_the_website_of_its_company_alone() -> None:
    model = open_model(PRIOR_MODEL)
    firms = [
        company("one", "sales_driven", signals=SIGNALS, gate="out_of_scope"),
        company("other", "sales_driven", signals=SIGNALS),
    ]
    reasons = [row.opinion.reason for row in say(model, firms)[0]["website"]]
    assert reasons == ["out_of_scope", "thin"]


def test_several_informants_count_as_one_company() -> None:
    model = open_model(PRIOR_MODEL)
    two = company("two", "sales_driven", informants={"x": ANSWERS, "y": {**ANSWERS, "P01": "b"}})
    one = company("one", "passive_marketer", informants={"": ANSWERS})
    found = predictions(judged(say(model, [two, one])[0]["answers"]))
    assert found.weights.tolist() == [0.5, 0.5, 1.0]
    assert found.truth.tolist() == [0, 0, 1]
    assert np.allclose(found.probabilities.sum(axis=1), 1)


def test_points_of_a_company_without_any_are_missing() -> None:
    model = open_model(PRIOR_MODEL)
    soft = company("soft", "sales_driven", informants={"": ANSWERS}, points=(0.7, 0.2, 0.1))
    hard = company("hard", "sales_driven", informants={"": ANSWERS})
    points = predictions(judged(say(model, [soft, hard])[0]["answers"])).points
    assert points is not None
    assert points[0].tolist() == [0.7, 0.2, 0.1]
    assert np.isnan(points[1]).all()


def test_a_fitting_table_is_agreed_with_and_the_figures_are_complete(table: Path) -> None:
    found = evaluate(PRIOR_MODEL, [table], stopping=True)

    answers = found.views["answers"]
    assert (found.companies, answers.rows) == (36, 36)
    assert sum(answers.verdicts.values()) == 36
    assert answers.measures is not None
    assert answers.measures.kappa is not None
    assert answers.measures.kappa.low > 0.7
    assert found.views["website"].measures is None
    assert found.plans.rows == 36
    assert not found.plans.unearned
    assert [one.risk for one in found.stopping] == [0, 0.05]
    assert not found.trained_on_these
    assert found.against is None


def test_a_model_trained_on_the_very_tables_is_told_apart(
    table: Path, tmp_path: Path, model: Model
) -> None:
    sha256 = evaluate(PRIOR_MODEL, [table]).data_sha256
    own = replace(model, training=replace(model.training, data_sha256=sha256))
    save_model(own, tmp_path / "own.json")
    assert evaluate(tmp_path / "own.json", [table]).trained_on_these


def test_undecided_labels_are_counted_by_both_reasons(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    rows = made_up(questionnaire, each=2)
    few = {"p01": "a", "p02": "b"}
    rows += [
        {"company": "a", "label": UNDECIDED, "reason": "thin", **few},
        {"company": "b", "label": UNDECIDED, "reason": "mixed", **few},
        {**rows[0], "company": "c", "label": UNDECIDED, "reason": "mixed"},
        {"company": "d", "label": UNDECIDED, **few},
        {"company": "e", "label": UNDECIDED, "reason": "mixed", "weight": "0.1", **few},
    ]
    found = evaluate(PRIOR_MODEL, [write_table(tmp_path / "t.csv", rows)])
    counted = {one.reason: (one.rows, one.verdicts) for one in found.views["answers"].undecided}
    assert counted == {
        "": (1, {"thin": 1}),
        "mixed": (2, {"decided": 1, "thin": 1}),
        "thin": (1, {"thin": 1}),
    }


def test_informants_are_judged_apart_too(tmp_path: Path, questionnaire: Questionnaire) -> None:
    good = [{**row, "informant": "good"} for row in made_up(questionnaire)]
    bad = [{**row, "informant": "bad", "label": ""}
           for row in made_up(questionnaire, noise=1.0)]  # fmt: skip
    found = evaluate(PRIOR_MODEL, [write_table(tmp_path / "t.csv", good + bad)])
    figures = found.views["answers"]
    assert figures.measures is not None
    assert (figures.measures.rows, figures.measures.companies) == (72, 36)
    kappas = {name: one.kappa.value for name, one in figures.informants.items() if one.kappa}
    assert kappas["good"] > 0.7 > 0.4 > kappas["bad"]


def negated(model: Model) -> Model:
    flipped = {item: {option: tuple(-each for each in weights) for option, weights in row.items()}
               for item, row in model.answers.items()}  # fmt: skip
    return replace(model, name="negated", answers=flipped)


def against(table: Path, folder: Path, other: Model) -> Evaluation:
    save_model(other, folder / "other.json")
    return evaluate(PRIOR_MODEL, [table], against=folder / "other.json")


def test_a_worse_model_is_worse_beyond_chance_and_it_is_said(
    table: Path, tmp_path: Path, model: Model
) -> None:
    found = against(table, tmp_path, negated(model)).against
    assert found is not None
    assert found.model.name == "negated"
    view = found.views["answers"]
    assert view.differences["kappa"].low > 0.5
    assert view.differences["log_loss"].high < 0
    assert all("better beyond chance" in sentence for sentence in view.sentences)
    assert list(found.views) == ["answers"]


def test_the_same_model_differs_by_nothing(table: Path, tmp_path: Path, model: Model) -> None:
    found = against(table, tmp_path, model).against
    assert found is not None
    for one in found.views["answers"].differences.values():
        assert (one.value, one.low, one.high) == (0, 0, 0)
    assert all("is the same" in sentence for sentence in found.views["answers"].sentences)


def test_a_slight_difference_is_said_to_be_chance(
    table: Path, tmp_path: Path, model: Model
) -> None:
    weights = {**model.answers, "P01": {"a": (0.1, 0.0, 0.0)}}
    found = against(table, tmp_path, replace(model, answers=weights)).against
    assert found is not None
    sentence = found.views["answers"].sentences[0]
    assert "no more than chance" in sentence or "is the same" in sentence


def test_signals_and_words_are_computed_from_captures(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    pages = tmp_path / "pages.jsonl"
    html = (
        "<title>Valves</title><a href='/webinars'>Join our webinar</a>"
        + "<p>We make valves.</p>" * 40
    )
    sites = ("sales_driven-0.example", "www.passive_marketer-0.example", "stranger.example")
    pages.write_text(
        "".join(json.dumps({"url": f"https://{site}/", "html": html}) + "\n" for site in sites)
    )
    table = write_table(tmp_path / "t.csv", made_up(questionnaire, each=2))

    found = evaluate(PRIOR_MODEL, [table], captures=[pages])

    assert found.views["website"].rows == 2
    assert found.views["both"].rows == 2
    assert any("1 of 3 websites" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("company,label\na,sales_driven\n", "no company has both a label"),
        ("company,p01\na,a\n", "no company has both a label"),
        ("company,label,p01\na,undecided,a\n", "no company has both a label"),
    ],
)
def test_nothing_to_judge_is_one_clear_line(content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(content)
    with pytest.raises(TableError) as error:
        evaluate(PRIOR_MODEL, [tmp_path / "t.csv"])
    complaint(error.value, words)


def test_the_other_model_is_checked_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such file"):
        evaluate(PRIOR_MODEL, [tmp_path / "none.csv"], against=tmp_path / "none.json")


def test_every_persona_can_be_the_truth(table: Path) -> None:
    measures = evaluate(PRIOR_MODEL, [table]).views["answers"].measures
    assert measures is not None
    assert [(one.persona, one.companies) for one in measures.classes] == [(p, 12) for p in PERSONAS]
