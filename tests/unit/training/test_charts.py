"""Charts are well-formed, say in words what they show, and draw nothing outside of themselves."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from persona.training.charts import (
    CalibrationSeries,
    CoverageSeries,
    calibration_svg,
    coverage_svg,
    learning_svg,
)
from persona.training.curves import (
    CalibrationBin,
    CoveragePoint,
    LearningCurve,
    LearningPoint,
    calibration_bins,
    coverage_curve,
)
from tests.unit.training.test_measures import random_predictions, sure

SVG = "{http://www.w3.org/2000/svg}"
P = random_predictions(1)
SINGLE = sure([1], [1], [1.0])


def calibration() -> bytes:
    names = ("answers", "website", "both")
    return calibration_svg(
        [CalibrationSeries(name, calibration_bins(P), "error") for name in names]
    )


def coverage() -> bytes:
    shipped = CoveragePoint(0.61, 0.84)
    return coverage_svg([CoverageSeries("answers <all>", coverage_curve(P), shipped),
                         CoverageSeries("website", coverage_curve(P))])  # fmt: skip


def learning() -> bytes:
    points = [LearningPoint(40, 0.2, 0.1, 0.3), LearningPoint(80, 0.4, 0.35, 0.45)]
    return learning_svg([LearningCurve("suggested", tuple(points)),
                         LearningCurve("at random", tuple(points[:1]))])  # fmt: skip


CHARTS: list[Callable[[], bytes]] = [
    calibration,
    coverage,
    learning,
    lambda: calibration_svg([]),
    lambda: calibration_svg([CalibrationSeries("website", calibration_bins(SINGLE))]),
    lambda: calibration_svg([CalibrationSeries("website", ())]),
    lambda: coverage_svg([]),
    lambda: coverage_svg([CoverageSeries("website", coverage_curve(SINGLE))]),
    lambda: coverage_svg([CoverageSeries("website", (CoveragePoint(1.0, 0.0),))]),
    lambda: learning_svg([]),
    lambda: learning_svg([LearningCurve("one", (LearningPoint(10, 0.0, 0.0, 0.0),))]),
    lambda: learning_svg([LearningCurve("below", (LearningPoint(10, -0.2, -0.31, 0.1),))]),
]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_well_formed_titled_and_within_its_bounds(chart: Callable[[], bytes]) -> None:
    root = ET.fromstring(chart())
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert title.text
    assert description.text
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    for element in root.iter():
        for name in ("x", "cx"):
            assert 0 <= float(element.attrib.get(name, 0)) <= width
        for name in ("y", "cy"):
            assert 0 <= float(element.attrib.get(name, 0)) <= height
        for x, y in re.findall(r"[ML](\S+) (\S+)", element.attrib.get("d", "")):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height


@pytest.mark.parametrize("chart", CHARTS)
def test_the_same_figures_give_the_same_bytes(chart: Callable[[], bytes]) -> None:
    assert chart() == chart()


def test_the_description_says_the_figures() -> None:
    bins = (CalibrationBin(10, 0.62, 0.71, 0.5, 0.85),)
    spoken = ET.fromstring(calibration_svg([CalibrationSeries("website", bins)]))[1].text
    assert spoken == "website: stated 0.62, found 0.71"
    assert "as shipped 61% decided, 84% as labelled" in (ET.fromstring(coverage())[1].text or "")
    assert "0.40 with 80 labels" in (ET.fromstring(learning())[1].text or "")


def test_curves_are_named_where_they_end_and_names_are_only_words() -> None:
    words = [element.text for element in ET.fromstring(coverage()).iter(f"{SVG}text")]
    assert "answers <all>" in words
    assert "website" in words
    assert "61% decided, 84% as labelled" in words


def test_names_of_curves_that_end_together_do_not_touch() -> None:
    root = ET.fromstring(coverage())
    heights = [float(each.attrib["y"]) for each in root.iter(f"{SVG}text")
               if each.text in ("answers <all>", "website")]  # fmt: skip
    assert abs(heights[0] - heights[1]) >= 30


def test_views_are_told_apart_without_colour() -> None:
    root = ET.fromstring(calibration())
    shapes = {each.tag for each in root.iter() if each.attrib.get("class", "").startswith("mark")}
    assert shapes == {f"{SVG}circle", f"{SVG}path"}
    drawn = coverage().decode()
    assert 'class="line l1"' in drawn
    assert ".l1{stroke-dasharray:7 4}" in drawn


def test_dark_pages_have_their_own_colours() -> None:
    assert b"prefers-color-scheme:dark" in coverage()


def test_a_better_row_stands_higher() -> None:
    curve = LearningCurve("s", (LearningPoint(10, 0.1, 0.0, 0.2), LearningPoint(20, 0.6, 0.5, 0.7)))
    marks = [
        (float(each.attrib["cx"]), float(each.attrib["cy"]))
        for each in ET.fromstring(learning_svg([curve])).iter(f"{SVG}circle")
    ]
    assert marks[0][0] < marks[1][0]
    assert marks[0][1] > marks[1][1]
