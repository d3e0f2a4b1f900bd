"""``persona evaluate`` by command, on a small table of its own."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from persona.model.artefact import SHIPPED_MODEL, load_model, save_model
from tests.integration.commands import Desk

TABLE = """company,informant,label,p13,p15,p16,p18,p20,p22
a.example,one,sales_driven,a,a,a,a,d,a
a.example,two,sales_driven,a,a,a,a,a,a
b.example,one,passive_marketer,b,b,b,b,b,b
c.example,one,dynamic_marketer,c,c,c,c,c,c
d.example,one,undecided,a,b,c,a,b,c
e.example,one,,a,b,c,a,b,c
"""
PAGE = "<title>Valves</title><a href='/events'>Our events</a>" + "<p>We make valves.</p>" * 40


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "table.csv").write_text(TABLE)
    return Desk(tmp_path)


def test_figures_as_json(desk: Desk) -> None:
    done = desk.run("evaluate", SHIPPED_MODEL, "table.csv", "--stopping", "--json")
    assert done.code == 0, done.err
    figures = json.loads(done.out)
    answers = figures["views"]["answers"]
    assert (figures["companies"], answers["rows"], answers["measures"]["rows"]) == (5, 6, 4)
    assert answers["measures"]["companies"] == 3
    assert answers["measures"]["kappa"]["value"] == 1
    assert set(answers["informants"]) == {"one", "two"}
    assert [one["rows"] for one in answers["undecided"]] == [1]
    assert sum(answers["verdicts"].values()) == 6
    assert figures["plans"]["rows"] == 6
    assert [one["risk"] for one in figures["stopping"]] == [0, 0.05]
    assert figures["stopping"][0]["same_label"] == 1


def test_websites_are_judged_beside_the_answers(desk: Desk) -> None:
    pages = [{"url": f"https://{name}.example/", "html": PAGE} for name in "abcd"]
    desk.write("pages.jsonl", "".join(json.dumps(page) + "\n" for page in pages))
    done = desk.run("evaluate", SHIPPED_MODEL, "table.csv", "--captures", "pages.jsonl", "--json")
    assert done.code == 0, done.err
    views = json.loads(done.out)["views"]
    assert {name: view["rows"] for name, view in views.items()} == {
        "answers": 6,
        "website": 4,
        "both": 5,
    }
    assert views["website"]["measures"]["rows"] == 3
    assert views["website"]["undecided"][0]["verdicts"] == {"thin": 1}


def test_another_model_is_judged_on_the_same_rows(desk: Desk) -> None:
    model = load_model().model
    save_model(replace(model, name="flat", answers={}), desk.folder / "flat.json")
    told = desk.run("evaluate", SHIPPED_MODEL, "table.csv", "--against", "flat.json")
    done = desk.run("evaluate", SHIPPED_MODEL, "table.csv", "--against", "flat.json", "--json")
    assert (told.code, done.code) == (0, 0), done.err
    against = json.loads(done.out)["against"]
    assert against["model"]["name"] == "flat"
    assert against["views"]["answers"]["differences"]["kappa"]["value"] == 1
    for sentence in against["views"]["answers"]["sentences"]:
        assert sentence in " ".join(told.out.split())


def test_figures_as_tables_fit_eighty_columns(desk: Desk) -> None:
    wording = "words_links,w01\n"
    desk.write("more.csv", "company," + wording + "".join(f"{n}.example,a:1,0.5\n" for n in "abc"))
    done = desk.run(
        "evaluate", SHIPPED_MODEL, "table.csv", "more.csv", "--stopping", "--against", SHIPPED_MODEL
    )
    assert done.code == 0, done.err
    for told in ("Agreement with the labels", "Website", "Both", "By informant", "Plans:",
                 "Quick questionnaires", "is the same", "labelled undecided"):  # fmt: skip
        assert told in done.out
    assert "…" not in done.out
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("company,p15\nx,a\n", "no company has both a label"),
        ("company,label\nx,sales_driven\n", "no company has both a label"),
        ("company,p15,label\nx,z,sales_driven\n", "row 2, column p15"),
        ("", "bad.csv"),
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
    assert done.code == 0, done.err
    assert done.out.isascii()
