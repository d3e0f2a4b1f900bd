"""docs/retraining.md from scratch: its commands, one after the other, on the bundled example."""

import csv
import json
import re
import subprocess
from pathlib import Path

import pytest

from persona.errors import PersonaError
from persona.model.artefact import SHIPPED_MODEL, load_model, save_model
from persona.pipe import open_model, shipped_questionnaire
from persona.training.tables import read_companies, require_trainable
from tests.integration.commands import Desk
from tests.integration.loopback import SITES, Loopback

PAGE = Path(__file__).parents[2] / "docs" / "retraining.md"
EXAMPLE = PAGE.parents[1] / "data" / "examples" / "retraining"
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "@@ block"
READING = "while read -r domain"
SECONDS = 170

LETTING_THROUGH = """
persona() {{ command persona "$@" $(test "$1" = scan && echo --allow-address {authority}); }}
"""
"""The one thing that the test adds: a site on this machine may be read."""


class Block:
    """One block of the page with what it printed."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.out = self.err = ""

    def __repr__(self) -> str:
        return f"{self.code}\n--- printed ---\n{self.out}\n--- and said ---\n{self.err}"


class Walk:
    """The page from its first block to its last, in the folder ``mine``."""

    def __init__(self, mine: Path, blocks: list[Block]) -> None:
        self.mine = mine
        self.blocks = blocks

    def block(self, *parts: str) -> Block:
        """Return the only block that has all these parts."""
        (found,) = [one for one in self.blocks if all(part in one.code for part in parts)]
        return found

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.mine / name).open(newline="") as file:
            return list(csv.DictReader(file))


def script(blocks: list[tuple[str, str]], authority: str) -> str:
    """Return the page as one script, which ends at the first command that fails.

    Reading the web is tried on a list of two: a site on this machine, and one of the example.
    """
    lines = ["set -e", LETTING_THROUGH.format(authority=authority)]
    for kind, code in blocks:
        lines += [f"echo '{MARK}'", f"echo '{MARK}' >&2"]
        if READING in code:
            hosts = rf"company\n{authority}\naldermoss.example\n"
            before = f"cp domains.csv all.csv; printf '{hosts}' > domains.csv\n"
            code = f"{before}{code}mv all.csv domains.csv\n"
        lines.append(f"python - <<'END'\n{code}END" if kind == "python" else code)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    desk = Desk(tmp_path_factory.mktemp("retraining"))
    found = BLOCK.findall(PAGE.read_text())
    with Loopback(SITES / "sparrowgate") as site:
        done = subprocess.run(
            ["bash", "-c", script(found, site.authority)],
            cwd=desk.folder,
            env=desk.environment(OMP_NUM_THREADS="1"),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    blocks = [Block(code) for _, code in found]
    outs, errs = (text.split(f"{MARK}\n")[1:] for text in (done.stdout, done.stderr))
    for block, out, err in zip(blocks, outs, errs, strict=False):
        block.out, block.err = out, err
    assert done.returncode == 0, f"{blocks[len(errs) - 1]}"
    return Walk(desk.folder / "mine", blocks)


def test_every_block_was_run_and_none_went_wrong(walk: Walk) -> None:
    assert PAGE.read_text().count("```") == 2 * len(walk.blocks)
    for block in walk.blocks:
        assert "Traceback" not in block.err, block
        assert "fault in the program" not in block.err, block


def test_reading_keeps_pages_and_notes_what_is_no_website(walk: Walk) -> None:
    (kept,) = (walk.mine / "captures").iterdir()
    host = kept.name.removesuffix(".jsonl.gz")
    assert json.loads((walk.mine / "scans" / f"{host}.json").read_text())["label"]
    assert (walk.mine / "not-read.txt").read_text() == "aldermoss.example\n"
    assert walk.rows("domains.csv")[0]["company"] == "aldermoss.example"


def test_suggestions_come_with_the_codebook_and_leave_out_what_is_labelled(walk: Walk) -> None:
    first = walk.block("persona suggest", "--top 5")
    assert "5 of 48 unlabelled companies" in first.out
    assert "thin" in first.out
    again = walk.block("persona suggest", "--top 3")
    assert "3 of 8 unlabelled companies" in again.out
    assert "persona-2" in again.out


def test_two_passes_leave_three_companies_open_and_the_third_settles_them(walk: Walk) -> None:
    two, three = (one for one in walk.blocks if "persona.training.passes" in one.code)
    assert "agree on 37 of 40 companies; kappa 0.9" in two.out
    assert two.out.count("label it again") == 3
    assert "label it again" not in three.out
    labels = walk.rows("labels.csv")
    assert len(labels) == 40
    assert sum(row["agree"] == "0" for row in labels) == 3
    assert {row["label"] for row in labels if row["reason"]} == {"undecided"}


def test_training_writes_a_model_with_its_card_and_prints_the_bakeoff(walk: Walk) -> None:
    block = walk.block("-o trained/persona-2.json")
    names = {file.name for file in (walk.mine / "trained").iterdir()}
    assert names == {"persona-2.json", "persona-2.md", "persona-2-calibration.svg",
                     "persona-2-coverage.svg"}  # fmt: skip
    model = open_model(walk.mine / "trained" / "persona-2.json").model
    assert (model.name, model.created, model.training.rows) == ("persona-2", "2026-11-22", 36)
    for word in ("Answers, 36 companies", "controls", "gradient boosting"):
        assert word in block.out
    assert "controls (industry, size, business or consumer) alone" in block.err
    assert "are made up" in (walk.mine / "trained" / "persona-2.md").read_text()


def test_the_comparison_is_on_the_eight_companies_kept_apart(walk: Walk) -> None:
    block = walk.block("persona evaluate", "--against")
    assert re.search(r"Companies +8 +8 +8", block.out)
    assert "too kind" not in block.out
    assert "From the website, log loss is" in block.out


def test_the_new_model_is_used_by_path_then_for_everything_then_taken_back(walk: Walk) -> None:
    shipped = load_model(SHIPPED_MODEL).model.name
    by_path = walk.block("persona scan", "--model trained/persona-2.json")
    assert by_path.out != walk.block("persona scan captures.jsonl.gz --site tarnholt.example\n").out
    used = walk.block("persona models use")
    assert "persona-2: sound" in used.out
    assert re.search(r"^ *persona-2 +in use +yours", used.out, re.MULTILINE)
    assert re.search(rf"^In use: persona-2 \S+ → {shipped} ",
                     walk.block("persona models rollback").out, re.MULTILINE)  # fmt: skip


def test_tables_hold_every_company_and_no_page(walk: Walk) -> None:
    companies = walk.rows("tables/companies.csv")
    assert [row["company"] for row in companies] == sorted(row["company"] for row in companies)
    assert len(companies) == 48
    assert sum(bool(row["label"]) for row in companies) == 40
    text = (walk.mine / "tables" / "words.csv").read_text()
    assert "skarnholt" not in text.replace("skarnholt.example,", "")


def test_the_same_tables_give_the_same_bytes(walk: Walk) -> None:
    again = sorted((walk.mine / "again").iterdir())
    assert {file.suffix for file in again} == {".json", ".md", ".svg"}
    for file in again:
        assert file.read_bytes() == (walk.mine / "release" / file.name).read_bytes(), file.name


def test_the_gate_lets_the_model_pass_that_it_was_pinned_to_and_no_other(walk: Walk) -> None:
    pinned = json.loads((walk.mine / "floors.json").read_text())
    assert pinned["floors"]["recorded.answers.kappa"] > 0.5
    assert "gate: " not in walk.block("--floors floors.json --pin").err
    worse = walk.block("--model prior.json")
    assert "recorded.website.kappa: there is no such figure" in worse.err
    assert "the gate is shut" in worse.out


def test_the_example_stays_small_and_says_what_each_file_is() -> None:
    files = list(EXAMPLE.iterdir())
    assert sum(file.stat().st_size for file in files) < 300_000
    listed = (EXAMPLE / "README.md").read_text()
    assert all(f"`{file.name}`" in listed for file in files if file.name != "README.md")


HEAD = "company,label,points_sales_driven,points_passive_marketer,points_dynamic_marketer"
BAD_TABLES: dict[str, str | bytes] = {
    "no column named 'company'": "firm,label\na.example,sales_driven\n",
    "is not one of sales_driven, passive_marketer, dynamic_marketer, undecided":
        "company,label\na.example,sales\n",
    "the points add to": f"{HEAD}\na.example,sales_driven,.7,.2,.2\n",
    "they must add to 1": f"{HEAD}\na.example,sales_driven,.7,.2,.2\n",
    "of the three points_ columns given; give all or none": f"{HEAD}\na.example,,.7,.3,\n",
    "here; keep one": "company,label\na.example,sales_driven\na.example,passive_marketer\n",
    "name two informants apart in a column 'informant'": "company,p01\na.example,a\na.example,b\n",
    "it takes companies of all three personas": "company,label\na.example,sales_driven\n",
    "it takes at least 3 of every persona":
        "company,label\na.example,sales_driven\nb.example,passive_marketer\n",
    "no company has a label that names a persona": "company,p01\na.example,a\n",
    "mixed encodings": "company,label\nä.example,\n".encode() + "ö.example,\n".encode("latin-1"),
    "this is a workbook or an archive; save it as CSV": b"PK\x03\x04and more",
    "cells under": "company,label\na.example,sales_driven,1\n",
}  # fmt: skip


@pytest.mark.parametrize("words", BAD_TABLES)
def test_what_the_page_says_of_bad_tables_is_what_a_user_reads(words: str, tmp_path: Path) -> None:
    assert words in PAGE.read_text()
    content = BAD_TABLES[words]
    table = tmp_path / "table.csv"
    table.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(PersonaError, match=re.escape(words)):
        require_trainable(read_companies([table], shipped_questionnaire()))


@pytest.mark.parametrize(
    ("words", "content"),
    [
        ("its SHA-256 does not match", None),
        ("a pickle or an archive is never loaded", b"\x80\x05."),
    ],
)
def test_what_the_page_says_of_bad_models_is_what_a_user_reads(
    words: str, content: bytes | None, tmp_path: Path
) -> None:
    assert words in PAGE.read_text()
    file = tmp_path / "model.json"
    save_model(load_model().model, file)
    file.write_bytes(content or file.read_bytes().replace(b"0.", b"1.", 1))
    with pytest.raises(PersonaError, match=re.escape(words)):
        open_model(file)
