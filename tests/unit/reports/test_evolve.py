"""Paths to another method on paper: complete, and within the page."""

import pytest

from persona.layout import Paper, cells
from persona.pipe import assess, evolve_paths
from persona.reports.evolve import write_evolve
from tests.strategies import TYPICAL


def page(persona: str, width: int = 88) -> str:
    paper = Paper(width)
    write_evolve(paper, evolve_paths(assess(TYPICAL[persona])))  # type: ignore[index]
    return paper.text()


@pytest.mark.parametrize("width", [40, 60, 88])
@pytest.mark.parametrize("persona", list(TYPICAL))
def test_no_line_is_wider_than_the_page(persona: str, width: int) -> None:
    for line in page(persona, width).splitlines():
        assert cells(line) <= width, line


def test_every_path_comes_with_conditions_steps_costs_and_when_to_stop() -> None:
    text = page("sales_driven")
    for part in ("Before you start", "Steps", "What it costs", "Stop or pause if", "arrived when"):
        assert text.count(part) == 2, part
    assert "From sales-driven to passive marketer" in text
    assert "From passive to dynamic" not in text


def test_reasons_come_before_any_path_and_staying_is_a_result() -> None:
    text = " ".join(page("passive_marketer").split())
    assert text.index("Poor reasons") < text.index("From passive to dynamic marketer")
    assert "This tool gave you a label" in text
    assert "Your execution is not known yet" in text
    assert "Choosing to stay is a result" in text


def test_where_no_path_is_known_there_is_none_but_staying_is_spoken_of() -> None:
    text = page("dynamic_marketer")
    assert "Before you start" not in text
    assert "Staying, or going back" in text
