"""``persona assess`` with a finished questionnaire: shown again, and gone on with."""

import json
from pathlib import Path

import pytest

from tests.integration.commands import Desk, current, lines
from tests.strategies import TYPICAL


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_questionnaire_finished_early_can_be_gone_on_with(desk: Desk) -> None:
    screen = desk.terminal("assess", "--company", "Acme", "--plain", "--save", "r.json")
    screen.page()
    offer = screen.type("1", "2", "f")
    assert "To answer the 40 questions left, type c." in " ".join(offer.split())

    assert current(screen.type("c")) == "P03"
    assert current(screen.type("1", "1", "1", "1")) == "P07"
    screen.type("f")
    told = screen.end(line="")

    assert screen.code == 0
    assert len(json.loads((desk.folder / "r.json").read_text())["row"]["answers"]) == 6
    told = " ".join(told.split())
    assert "To see this again: persona report r.json." in told
    assert "To change answers: persona assess --resume --company Acme" in told


def test_a_finished_questionnaire_is_offered_again(desk: Desk) -> None:
    desk.run("assess", "--company", "Acme", feed=lines(["1", "2", "f"]))
    screen = desk.terminal("assess", "--company", "Acme", "--plain")

    assert "A finished questionnaire of this company is kept." in screen.page()
    assert "2 of 28 questions on method answered" in " ".join(screen.type("").split())
    screen.end(line="")

    assert list(desk.answers()) == ["P01", "P02"]


def test_a_quick_questionnaire_can_be_completed_afterwards(desk: Desk) -> None:
    quick = ["--quick", "--risk", "0.5", "--company", "Acme", "--plain"]
    screen = desk.terminal("assess", *quick)
    screen.page()
    screen.type("s")
    page = screen.type("b")
    while "Part two" not in page:
        item = current(page)
        page = screen.type(desk.key(item, TYPICAL["sales_driven"][item]))
    screen.type("f")
    before = set(desk.answers())
    page = screen.type("c")

    assert current(page) not in before
    assert "of 42" in page
    screen.end(line="q")
    assert screen.code == 130
