"""Drawings for HTML reports."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from persona.reports.html.charts import (
    Column,
    Part,
    columns_chart,
    interval_bar,
    stacked_bar,
    swatch,
)


def _widths(drawing: str) -> list[float]:
    rects = ElementTree.fromstring(drawing).findall("rect")
    return [float(rect.attrib["width"].rstrip("%")) for rect in rects]


@given(st.lists(st.integers(0, 10_000_000), min_size=1, max_size=6))
def test_the_parts_of_a_bar_are_as_long_as_their_shares_and_leave_no_gap(counts: list[int]) -> None:
    drawing = stacked_bar("k", "Name", [Part("sales", "S", count) for count in counts])
    rects = ElementTree.fromstring(drawing).findall("rect")
    there = [count for count in counts if count]
    assert len(rects) == len(there)
    at = 0.0
    for rect, count in zip(rects, there, strict=True):
        assert abs(float(rect.attrib["x"].rstrip("%")) - 100 * at / sum(counts)) <= 0.006
        assert abs(float(rect.attrib["width"].rstrip("%")) - 100 * count / sum(counts)) <= 0.006
        at += count


def test_a_bar_says_its_shares_in_words_and_escapes_names() -> None:
    parts = [Part("sales", "Sales-driven", 3), Part("failed", "Failed", 1)]
    drawing = stacked_bar("k", "<b>\u202eA & B", parts)
    assert "&lt;b&gt;A &amp; B" in drawing
    assert "Sales-driven 75%, Failed 25%" in drawing
    assert re.findall(r">(\d+%)</text>", drawing) == ["75%", "25%"]


def test_an_interval_is_drawn_from_its_low_to_its_high_end() -> None:
    drawing = interval_bar("k", "Sales-driven", "sales", 0.5, 0.392, 0.608)
    assert _widths(drawing) == [100, 50]
    across = [
        (line.attrib["x1"], line.attrib["x2"])
        for line in ElementTree.fromstring(drawing).findall("line")
        if line.attrib["y1"] == line.attrib["y2"]
    ]
    assert set(across) == {("39.20%", "60.80%")}
    assert "50%, interval from 39% to 61%" in drawing


def test_columns_are_as_high_as_their_shares() -> None:
    drawing = columns_chart("k", "Sure", "ink", [Column("60–70%", 0.2), Column("70–80%", 0.8)])
    low, high = (
        float(rect.attrib["height"]) for rect in ElementTree.fromstring(drawing).findall("rect")
    )
    assert abs(high / low - 4) < 0.01
    assert "60–70%: 20%; 70–80%: 80%" in drawing


def test_drawings_of_nothing_are_empty_and_whole() -> None:
    assert _widths(stacked_bar("k", "Name", [Part("sales", "S", 0)])) == []
    assert _widths(columns_chart("k", "Name", "ink", [])) == []
    assert _widths(columns_chart("k", "Name", "ink", [Column("a", 0.0)])) == [88]
    assert ElementTree.fromstring(swatch("sales")).attrib["aria-hidden"] == "true"
