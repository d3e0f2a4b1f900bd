"""The committed tables, built from a tiny made-up collection: whole, exact, and the same twice."""

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from persona.questionnaire.items import Questionnaire
from persona.training.collect import Inputs, collect, main
from persona.training.companies import Company
from persona.training.tables import read_companies

POINTS = "points_sales_driven,points_passive_marketer,points_dynamic_marketer"
SITES = 40


def page(number: int) -> str:
    """Return a page; its owner is on one site, and other words are on some of them."""
    words = " ".join(["We sell pumps and valves at the best price in town."] * 12)
    few = " Wednesday discounts." if number < 19 else ""
    link = '<a href="/quote">Get a quote</a>' if number < 9 else ""
    label = '<a href="/shop">Trade counter</a>' if number < 5 else ""
    return (
        f"<html lang=en><title>Firm</title><body><p>{words}{few} Owner: Quill{chr(97 + number)}</p>"
        f'<a href="/contact">Contact us</a>{link}{label}</body></html>'
    )


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    """Write a collection of 40 firms, two of them weakly labelled and one without pages."""
    labels, weak, answers = (tmp_path / f"{name}.csv" for name in ("labels", "weak", "answers"))
    rows = [f"firm{number}.com,sales_driven,,0.7,0.2,0.1,2,1,0.75,page,retail,small,b2b,secret why"
            for number in range(SITES - 2)]  # fmt: skip
    rows.append("unread.com,undecided,mixed,0.4,0.4,0.2,2,0,0.5,knowledge,it,large,both,no")
    labels.write_text(
        f"company,label,reason,{POINTS},passes,agree,confidence,basis,k_industry,k_size,k_b2b,why_1\n"
        + "\n".join(rows) + "\n"
    )  # fmt: skip
    weak.write_text(
        f"company,label,{POINTS}\nfirm0.com,dynamic_marketer,0,0,1\n"
        "firm38.com,passive_marketer,0,1,0\nFirm39.com,dynamic_marketer,0,0,1\n"
    )
    answers.write_text(
        "company,informant,p01,p28\nfirm1.com,b,a,\nfirm1.com,a,,d\nfirm38.com,a,b,\n"
    )
    captures, weak_captures = tmp_path / "pages.jsonl.gz", tmp_path / "weak.jsonl"
    captures.write_bytes(gzip.compress(_lines(range(SITES - 2), "web/collection")))
    weak_captures.write_bytes(_lines((0, 38, 39), "articles") + b"rubbish\n")
    return Inputs([labels], [answers], [captures], [weak], [weak_captures])


def _lines(numbers: range | tuple[int, ...], source: str) -> bytes:
    return b"".join(
        json.dumps({"url": f"https://www.firm{number}.com/", "html": page(number),
                    "captured": "2025", "source": source}).encode() + b"\n"
        for number in numbers
    )  # fmt: skip


def rows_of(table: bytes) -> dict[str, dict[str, str]]:
    return {row["company"]: row for row in csv.DictReader(io.StringIO(table.decode()))}


def test_every_company_has_one_row_with_all_that_is_known(inputs: Inputs) -> None:
    companies = rows_of(collect(inputs)[0])
    assert list(companies) == sorted(companies, key=str.lower)
    assert len(companies) == SITES + 1
    firm = companies["firm1.com"]
    assert list(firm)[:14] == [
        "company", "label", "reason", *POINTS.split(","), "passes", "agree", "confidence", "basis",
        "source", "weight", "k_industry", "k_size",
    ]  # fmt: skip
    assert list(firm)[-4:] == ["k09", "k10", "gate", "pages_read"]
    assert (firm["p01_b"], firm["p28_a"], firm["p01_a"]) == ("a", "d", "")
    assert (firm["points_sales_driven"], firm["confidence"], firm["agree"]) == ("0.7", "0.75", "1")
    assert (firm["source"], firm["weight"], firm["pages_read"]) == ("web/collection", "1", "1")
    assert any(firm[f"w{number:02}"] for number in range(1, 59))
    assert firm["k04"] == "en"
    assert "why_1" not in firm
    assert b"secret" not in collect(inputs)[0]


def test_a_company_without_pages_says_so_and_weak_labels_weigh_little(inputs: Inputs) -> None:
    companies = rows_of(collect(inputs)[0])
    unread = companies["unread.com"]
    assert (unread["source"], unread["reason"], unread["pages_read"]) == ("none", "mixed", "")
    assert not any(unread[f"w{number:02}"] for number in range(1, 59))
    assert companies["firm0.com"]["label"] == "sales_driven"
    assert companies["firm0.com"]["source"] == "web/collection"
    weak = companies["firm38.com"]
    assert (weak["label"], weak["weight"], weak["source"]) == (
        "passive_marketer",
        "0.1",
        "articles",
    )
    assert weak["p01_a"] == "b"
    assert companies["Firm39.com"]["pages_read"] == "1"


def test_words_of_few_companies_are_left_out(inputs: Inputs) -> None:
    words = rows_of(collect(inputs)[1])
    assert "unread.com" not in words
    firm = words["firm0.com"]
    assert "pumps:12" in firm["words_text"].split()
    assert firm["words_links"] == "contact:1"
    assert firm["words_labels"] == "contact:1 get_quote:1 trade_counter:1"
    assert "wednesday" in page(0).lower()
    assert "quilla" in page(0).lower()
    for row in words.values():
        assert not {"wednesday", "quilla", "quillb"} & {
            entry.partition(":")[0] for entry in row["words_text"].split()
        }


def test_the_tables_read_back_as_they_were_collected(
    inputs: Inputs, tmp_path: Path, questionnaire: Questionnaire
) -> None:
    for name, content in zip(("c.csv", "w.csv"), collect(inputs), strict=True):
        (tmp_path / name).write_bytes(content)
    dataset = read_companies([tmp_path / "c.csv", tmp_path / "w.csv"], questionnaire)
    assert not any("ignored" in remark for remark in dataset.remarks)
    firms = {one.company: one for one in dataset.companies}
    firm = firms["firm1.com"]
    assert firm.informants == {"a": {"P28": "d"}, "b": {"P01": "a"}}
    assert firm.wording is not None
    assert firm.signals
    assert firms["unread.com"] == Company(
        company="unread.com", points=(0.4, 0.4, 0.2), label="undecided", reason="mixed",
        controls={"k_b2b": "both", "k_industry": "it", "k_size": "large"}, source="none",
    )  # fmt: skip


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_command_writes_the_same_bytes_every_time(
    inputs: Inputs, seed: str, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "persona.training.collect", "--labels", *inputs.labels,
         "--answers", *inputs.answers, "--captures", *inputs.captures, "--weak", *inputs.weak,
         "--weak-captures", *inputs.weak_captures, "-o", folder],
        env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
    assert "ignored: column why_1" in done.stderr
    assert "line 4: not JSON" in done.stderr
    assert "1 website in the captures is of no company" in done.stderr
    written = tuple((folder / name).read_bytes() for name in ("companies.csv", "words.csv"))
    assert written == collect(inputs)


def test_bad_input_is_one_line_and_nothing_is_overwritten(
    inputs: Inputs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "companies.csv").write_text("old")
    command = ["--labels", str(inputs.labels[0]), "--captures", str(tmp_path / "absent.jsonl")]
    assert main([*command, "-o", str(tmp_path)]) == 2
    assert "absent.jsonl: cannot be read (no such file" in capsys.readouterr().err
    assert (tmp_path / "companies.csv").read_text() == "old"
    assert main([*command, "-o", str(tmp_path / "nowhere")]) == 2
    assert "nowhere: no such folder" in capsys.readouterr().err
