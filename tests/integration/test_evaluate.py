"""``persona evaluate`` by command, on a small table of its own."""

import json
from pathlib import Path

import pytest

from persona.model.artefact import SHIPPED_MODEL
from tests.integration.commands import Desk

TABLE = """company,informant,label,p13,p15,p16,p18,p20,p22
a.example,one,sales_driven,a,a,a,a,d,a
a.example,two,sales_driven,a,a,a,a,a,a
b.example,one,passive_marketer,b,b,b,b,b,b
c.example,one,dynamic_marketer,c,c,c,c,c,c
d.example,one,undecided,a,b,c,a,b,c
e.example,one,,a,b,c,a,b,c
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "table.csv").write_text(TABLE)
    return Desk(tmp_path)


def test_figures_as_json(desk: Desk) -> None:
    done = desk.run("evaluate", SHIPPED_MODEL, "table.csv", "--stopping", "--json")
    assert done.code == 0, done.err
    figures = json.loads(done.out)
    assert figures["rows"] == 6
    assert figures["agreement"]["all"]["rows"] == 4
    assert figures["agreement"]["all"]["kappa"]["value"] == 1
    assert set(figures["agreement"]) == {"all", "one", "two"}
    assert figures["undecided_labels"][0] == 1
    assert [one["risk"] for one in figures["stopping"]] == [0, 0.05]
    assert figures["stopping"][0]["same_label"] == 1


def test_figures_as_tables_fit_eighty_columns(desk: Desk) -> None:
    done = desk.run("evaluate", SHIPPED_MODEL, "table.csv", "--stopping")
    assert done.code == 0, done.err
    assert "Agreement with the labels" in done.out
    assert "…" not in done.out
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("company,p15\nx,a\n", "no row has both answers and a label"),
        ("company,label\nx,sales_driven\n", "no answer column"),
        ("company,p15,label\nx,z,sales_driven\n", "row 2: P15"),
    ],
)
def test_unusable_tables_are_one_line(desk: Desk, table: str, message: str) -> None:
    (desk.folder / "bad.csv").write_text(table)
    done = desk.run("evaluate", SHIPPED_MODEL, "bad.csv")
    assert done.code == 2
    assert done.out == ""
    assert message in done.err
    assert done.err.count("\n") == 1


def test_figures_can_be_printed_in_any_encoding(desk: Desk) -> None:
    done = desk.run("evaluate", SHIPPED_MODEL, "table.csv", env={"PYTHONIOENCODING": "ascii"})
    assert (done.code, done.err) == (0, "")
    assert done.out.isascii()
