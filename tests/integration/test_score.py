"""``persona score`` as a consultant uses it, by the real command."""

import csv
import io
import json
import os
import signal
from pathlib import Path

import pytest

from persona.prospects.outcome import WRITTEN
from tests.integration.commands import EXAMPLE, Desk, Done
from tests.integration.loopback import SITES, Loopback
from tests.processes import ended, wait_until

ANSWERS = json.loads(EXAMPLE.read_text(encoding="utf-8"))
"""Answers that are enough for a verdict."""
PRIOR = Path(__file__).parents[2] / "models" / "persona-0.json"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def _table(headings: list[str], *rows: list[str]) -> str:
    paper = io.StringIO()
    csv.writer(paper, lineterminator="\n").writerows([headings, *rows])
    return paper.getvalue()


def _answered(*names: str) -> str:
    items = [item.lower() for item in ANSWERS]
    rows = [[name, "=1+1", *ANSWERS.values()] for name in names]
    return _table(["company", "note", *items], *rows)


def _rows(desk: Desk, name: str) -> list[dict[str, str]]:
    text = (desk.folder / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def _refused(done: Done, *words: str) -> None:
    """Check that a command ended with one line that says these things."""
    assert done.code == 2, done.err
    line = done.err.strip().splitlines()[-1]
    assert line.startswith("persona: ")
    assert "Traceback" not in done.err
    for word in words:
        assert word in line


def test_a_list_of_answers_is_scored_without_any_website(desk: Desk) -> None:
    desk.write("list.csv", _answered("Norrland Valves", "Someone else") + ",,\n")
    done = desk.run("score", "list.csv", "-o", "scored.csv")
    assert done.code == 0, done.err
    first, second, third = _rows(desk, "scored.csv")
    assert list(first)[-len(WRITTEN) :] == list(WRITTEN)
    assert (first["company"], first["note"]) == ("Norrland Valves", "=1+1")
    alone = json.loads(desk.run("assess", "--answers", str(EXAMPLE), "--json").out)
    assert first["persona_label"] == second["persona_label"] == alone["label"]
    assert float(first["persona_confidence"]) == pytest.approx(alone["confidence"], abs=5e-5)
    assert first["persona_opening"].startswith("Start: ")
    assert (third["persona_status"], third["persona_reason"]) == ("undecided", "thin")
    assert not (desk.folder / "scored.csv.run").exists()


def test_a_list_that_was_scored_before_is_told_from_others(desk: Desk) -> None:
    desk.write("list.csv", _answered("Norrland Valves"))
    assert desk.run("score", "list.csv", "-o", "once.csv").code == 0
    done = desk.run("score", "once.csv", "-o", "twice.csv")
    assert "was scored before" in done.err
    once, twice = (desk.folder / name for name in ("once.csv", "twice.csv"))
    assert twice.read_text().splitlines()[0].startswith(once.read_text().splitlines()[0])


def test_what_was_recognised_and_how_it_ended_is_told(desk: Desk) -> None:
    desk.write("list.csv", _answered("Norrland Valves"))
    done = desk.run("score", "list.csv", "-o", "scored.csv")
    assert '"company"' in done.err
    assert "answers" in done.err
    assert "1 row" in done.out
    assert "scored.csv" in done.out


def test_the_picture_as_json_and_as_html(desk: Desk) -> None:
    desk.write("list.csv", _answered("Norrland Valves", "<script>alert(1)</script>"))
    done = desk.run("score", "list.csv", "-o", "s.csv", "--report", "s.html", "--json")
    picture = json.loads(done.out)
    assert (picture["rows"], picture["scored"], picture["failed"]) == (2, 2, 0)
    page = (desk.folder / "s.html").read_text(encoding="utf-8")
    assert "Norrland Valves" in page
    assert "<script" not in page


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "jsonl", "tsv"])
def test_every_format_is_written_and_read_again(desk: Desk, ending: str) -> None:
    desk.write("list.csv", _answered("Norrland Valves", "00120"))
    assert desk.run("score", "list.csv", "-o", f"s.{ending}").code == 0
    done = desk.run("score", f"s.{ending}", "-o", "again.csv")
    assert done.code == 0, done.err
    rows = _rows(desk, "again.csv")
    assert [row["company"] for row in rows] == ["Norrland Valves", "00120"]
    assert rows[0]["note"] == "=1+1"


def test_saved_pages_are_a_list_too(desk: Desk) -> None:
    pages = [
        {"url": f"https://{name}.example.com/", "html": f"<p>{name} sells valves"}
        for name in ("one", "two")
    ]
    pages.append({"url": "https://other.example.org/", "html": "<p>hello"})
    desk.write("pages.jsonl", "\n".join(map(json.dumps, pages)))
    done = desk.run("score", "pages.jsonl", "-o", "scored.csv")
    assert done.code == 0, done.err
    found = [(row["website"], row["persona_pages_read"]) for row in _rows(desk, "scored.csv")]
    assert found == [("example.com", "2"), ("example.org", "1")]


def _listed(port: int) -> str:
    """Return a list of which one row can be read, and the others cannot, each for its reason."""
    cells = [f"127.0.0.1:{port}", "10.0.0.5", "", f"http://127.0.0.1:{port}/", "=cmd|'/C calc'!A0"]
    return _table(["name", "website"], *([f"n{i}", cell] for i, cell in enumerate(cells)))


def test_websites_are_read_and_failures_told_row_by_row(desk: Desk) -> None:
    with Loopback(SITES / "harrowpike") as server:
        desk.write("list.csv", _listed(server.port))
        allowed = f"127.0.0.1:{server.port}"
        done = desk.run(
            "score", "list.csv", "-o", "s.csv", "--allow-address", allowed, "--workers", "1"
        )
    assert done.code == 1, done.err
    rows = _rows(desk, "s.csv")
    statuses = [row["persona_status"] for row in rows[1:]]
    assert statuses == ["failed", "failed", "duplicate", "failed"]
    assert rows[0]["persona_status"] in ("scored", "undecided")
    assert int(rows[0]["persona_pages_read"]) > 1
    assert rows[3]["persona_label"] == rows[0]["persona_label"]
    assert {row["persona_reason"] for row in rows if row["persona_status"] == "failed"} == {
        "invalid_address"
    }
    assert [row["website"] for row in rows] == [row["website"] for row in _rows(desk, "list.csv")]


def test_what_could_not_be_read_is_tried_again_and_all_else_kept(desk: Desk) -> None:
    with Loopback(SITES / "harrowpike") as server:
        port = server.port
    desk.write("list.csv", _listed(port))
    options = ("score", "list.csv", "-o", "s.csv", "--allow-address", f"127.0.0.1:{port}")
    first = desk.run(*options, "--workers", "1")
    assert first.code == 1
    assert "--retry-failed" in first.out
    assert _rows(desk, "s.csv")[0]["persona_reason"] == "unreachable"
    _refused(desk.run(*options, "--workers", "1"), "--retry-failed", "--restart")
    with Loopback(SITES / "harrowpike", port=port):
        again = desk.run(*options, "--workers", "1", "--retry-failed")
    assert again.code == 1
    assert _rows(desk, "s.csv")[0]["persona_status"] in ("scored", "undecided")
    assert not (desk.folder / "s.csv.run").exists()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(desk: Desk, sent: int) -> None:
    with Loopback(SITES / "harrowpike", latency=0.5) as server:
        desk.write("list.csv", _listed(server.port))
        options = ("--allow-address", f"127.0.0.1:{server.port}", "--workers", "1")
        with ended(desk.start("score", "list.csv", "-o", "s.csv", *options)) as running:
            wait_until(lambda: server.asked, "the first request")
            os.kill(running.pid, sent)
            _, err = running.communicate(timeout=20)
        assert running.returncode == 130
        line = err.decode().strip().splitlines()[-1]
        assert line.startswith("persona: stopped; 0 of 5 rows are done and kept; go on with: ")
        assert "Traceback" not in err.decode()
        assert not (desk.folder / "s.csv").exists()
        _refused(desk.run("score", "list.csv", "-o", "s.csv", *options), "--resume")
        typed = line.partition("go on with: persona ")[2]
        server.latency = 0.0
        done = desk.run(*typed.split())
    assert done.code == 1, done.err
    assert len(_rows(desk, "s.csv")) == 5


def test_a_run_that_was_begun_otherwise_is_not_gone_on_with(desk: Desk) -> None:
    with Loopback(SITES / "harrowpike") as server:
        port = server.port
    desk.write("list.csv", _listed(port))
    command = ("score", "list.csv", "-o", "s.csv", "--allow-address", f"127.0.0.1:{port}")
    desk.run(*command, "--workers", "1")
    _refused(desk.run(*command, "--resume", "--pages", "3"), "--pages was 8, is now 3")
    desk.write("list.csv", _listed(port) + "more,example.com\n")
    _refused(desk.run(*command, "--resume"), "the list has changed", "5 rows, now 6")
    desk.write("list.csv", _listed(port))
    _refused(
        desk.run(*command, "--resume", "--model", str(PRIOR)), "was persona-1, is now persona-0"
    )
    assert desk.run(*command, "--restart", "--pages", "3", "--workers", "1").code == 1


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        ("", (), ["empty"]),
        ("colour,shape\nred,round\n", (), ["--column website=", "colour"]),
        ("website\nexample.com\n", ("--column", "website=Homepage"), ["Homepage", "website"]),
        ("website\nexample.com\n", ("--column", "phone=website"), ["WHAT=HEADING", "company"]),
        ("website\nexample.com\n", ("--scheduler", "tcp://x:1"), ["--backend"]),
        ("website\nexample.com\n", ("--resume", "--restart"), ["--restart"]),
        ("website\nexample.com\n", ("--report", "list.csv"), ["list.csv"]),
        ("website\nexample.com\n", ("--report", "no/such/folder.html"), ["no/such/folder.html"]),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(
    desk: Desk, content: str, options: tuple[str, ...], words: list[str]
) -> None:
    desk.write("list.csv", content)
    _refused(desk.run("score", "list.csv", "-o", "s.csv", *options), *words)
    assert not (desk.folder / "s.csv").exists()
    assert not (desk.folder / "s.csv.run").exists()


@pytest.mark.parametrize("output", ["list.csv", "./list.csv", "s.doc", "no/such/place.csv"])
def test_outputs_that_cannot_be_are_refused_before_anything_is_read(
    desk: Desk, output: str
) -> None:
    desk.write("list.csv", "website\nexample.com\n")
    _refused(desk.run("score", "list.csv", "-o", output))
    assert (desk.folder / "list.csv").read_text() == "website\nexample.com\n"


def test_no_such_list_and_a_folder(desk: Desk) -> None:
    _refused(desk.run("score", "none.csv", "-o", "s.csv"), "none.csv", "no such file")
    _refused(desk.run("score", ".", "-o", "s.csv"), "folder")
