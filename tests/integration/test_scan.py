"""``persona scan`` and ``persona assess --website`` as a user runs them, on loopback sites."""

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from persona.model.artefact import PRIOR_MODEL
from tests.integration.commands import ANSI, EXAMPLE, Desk, complaint, widest
from tests.integration.loopback import SITES, Loopback

CLEANER, DISTRIBUTOR, FORGE = SITES / "sparrowgate", SITES / "corrowdale", SITES / "gannickforge"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def cleaner() -> Iterator[Loopback]:
    with Loopback(CLEANER) as server:
        yield server


def let_through(server: Loopback) -> tuple[str, ...]:
    return "--allow-address", server.authority, "--pages", "30"


def scanned(desk: Desk, server: Loopback, *options: str) -> dict[str, Any]:
    done = desk.run("scan", server.origin, *let_through(server), "--json", *options)
    assert done.code == 0, done.err
    result: dict[str, Any] = json.loads(done.out)
    return result


def test_a_clear_site_gets_a_verdict_with_words_that_prove_it(
    desk: Desk, cleaner: Loopback
) -> None:
    done = desk.run("scan", cleaner.origin, *let_through(cleaner))
    assert done.code == 0
    assert done.err == ""
    for words in (
        "Sales-driven",
        "What its words suggest",
        "What speaks for sales-driven",
        "What the website shows",
        "What could not be judged",
        "What was read",
        "pages of 127.0.0.1 read",
        "Answer the questionnaire",
    ):
        assert words in done.out, words
    assert "Beat any" in done.out or "beat any" in done.out
    assert widest(done.out) <= 100


def test_every_known_signal_is_proved_by_a_page_that_was_read(
    desk: Desk, cleaner: Loopback
) -> None:
    result = scanned(desk, cleaner)
    read = {page["url"] for page in result["website"]["pages"]}
    signals = {signal["id"]: signal for signal in result["row"]["signals"]}
    assert list(signals) == [f"W{number:02}" for number in range(1, 59)]
    found = [signal for signal in signals.values() if signal.get("value")]
    assert len(found) >= 5
    for signal in found:
        assert 1 <= len(signal["quotes"]) <= 3, signal["id"]
        for quote in signal["quotes"]:
            assert len(quote["text"]) <= 160
            assert quote["url"] in read
    for signal in signals.values():
        assert ("value" in signal) != ("missing" in signal), signal["id"]
    assert {control["id"] for control in result["row"]["controls"]} == {
        f"K{number:02}" for number in range(1, 11)
    }


def test_a_judged_model_in_use_says_so_and_the_shipped_one_does_not(desk: Desk) -> None:
    warning = "have not been fitted to companies"
    assert warning not in desk.run("scan", CLEANER).out
    assert desk.run("models", "use", PRIOR_MODEL.stem).code == 0
    assert warning in desk.run("scan", CLEANER).out


def test_json_has_the_keys_that_scripts_rely_on(desk: Desk, cleaner: Loopback) -> None:
    result = scanned(desk, cleaner)
    assert result["label"] == "sales_driven"
    assert result["reason"] is None
    assert result["website"]["untrained"] is False
    assert sum(result["probabilities"].values()) == pytest.approx(1)
    assert result["confidence"] == max(result["probabilities"].values())


def test_no_more_pages_are_read_than_asked_for(desk: Desk) -> None:
    with Loopback(CLEANER) as server:
        result = scanned(desk, server, "--pages", "3")
        assert len(result["website"]["pages"]) == 3
        assert len(server.asked) <= 3 + 10 + 1
        assert all(asked.agent.startswith("persona/") for asked in server.asked)


def test_a_forge_with_one_page_is_thin_and_not_sales_driven(desk: Desk) -> None:
    with Loopback(FORGE) as server:
        done = desk.run("scan", server.origin, *let_through(server))
        result = scanned(desk, server)
    assert done.code == 0
    assert "Undecided: too little to go on" in done.out
    assert (result["label"], result["reason"]) == ("undecided", "thin")
    assert result["website"]["gate"]["words"]


def test_saved_results_and_pages_give_the_same_again(desk: Desk, cleaner: Loopback) -> None:
    first = scanned(desk, cleaner, "--save", "saved.json", "--save-pages", "pages.jsonl.gz")
    assert json.loads((desk.folder / "saved.json").read_text()) == first
    shown = desk.run("report", "saved.json")
    assert "Sales-driven" in shown.out
    assert "What the website shows" in shown.out
    again = json.loads(desk.run("scan", "pages.jsonl.gz", "--json").out)
    for field in ("label", "probabilities", "evidence"):
        assert again[field] == first[field]
    assert again["row"] == first["row"]


def test_offline_reads_what_was_read_before_and_asks_nobody(desk: Desk) -> None:
    with Loopback(CLEANER) as server:
        first = scanned(desk, server)
        asked = len(server.asked)
        again = scanned(desk, server, "--offline")
        assert len(server.asked) == asked
    assert again["row"] == first["row"]
    with Loopback(CLEANER) as server:
        never = scanned(desk, server, "--offline")
        assert server.asked == []
    assert never["reason"] == "unreachable"
    assert "--offline" in never["website"]["gate"]["words"]


def test_a_folder_of_saved_pages_is_read_as_one_site(desk: Desk) -> None:
    shutil.copytree(CLEANER, desk.folder / "sparrowgate.example")
    done = desk.run("scan", "sparrowgate.example", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["label"] == "sales_driven"


def test_a_site_that_does_not_answer_is_a_result(desk: Desk) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
        done = desk.run("scan", f"http://{address}/", "--allow-address", address)
    assert done.code == 0
    assert "Undecided: it could not be read" in done.out
    assert "refused" in done.out


def test_robots_that_refuse_everything_are_obeyed(desk: Desk) -> None:
    site = desk.folder / "site"
    shutil.copytree(CLEANER, site)
    (site / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    with Loopback(site) as server:
        result = scanned(desk, server)
        assert {asked.path for asked in server.asked} == {"/robots.txt"}
    assert result["reason"] == "unreachable"
    assert "robots.txt" in result["website"]["gate"]["words"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "localhost.",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "https://user:secret@example.com/",
        "https://example.com:8443/",
        "not an address",
        "",
        "=1+1",
        "a" * 5000,
    ],
)
def test_what_is_no_public_website_is_refused_in_one_line(desk: Desk, address: str) -> None:
    line = complaint(desk.run("scan", address))
    assert "secret" not in line


def test_wrong_usage_is_one_line(desk: Desk) -> None:
    assert "--website" in complaint(desk.run("assess", "--answers", EXAMPLE, "--offline"))
    complaint(desk.run("scan"))
    complaint(desk.run("scan", "example.com", "--pages", "61"))
    complaint(desk.run("scan", "example.com", "--allow-address", "http://a b"))
    complaint(desk.run("scan", "missing.jsonl"))
    complaint(desk.run("scan", "example.com", "--save-pages", "no/such/folder/pages.jsonl"))
    desk.write("empty.jsonl", "")
    complaint(desk.run("scan", "empty.jsonl"))
    desk.write("broken.warc", b"\x00\x01 no archive")
    complaint(desk.run("scan", "broken.warc"))
    assert not (desk.folder / "no").exists()


def test_a_file_of_several_sites_asks_which(desk: Desk) -> None:
    pages = [
        {"url": f"https://{name}.example/", "html": f"<p>{name} sells valves</p>"}
        for name in ("one", "two")
    ]
    desk.write("pages.jsonl", "".join(f"{json.dumps(page)}\n" for page in pages))
    line = complaint(desk.run("scan", "pages.jsonl"))
    assert "one.example" in line
    assert "--site" in line
    assert "two.example" in complaint(desk.run("scan", "pages.jsonl", "--site", "three.example"))
    done = desk.run("scan", "pages.jsonl", "--site", "two.example", "--json")
    assert json.loads(done.out)["website"]["site"] == "two.example"


def test_words_of_a_page_cannot_command_the_terminal(desk: Desk) -> None:
    site = desk.folder / "site"
    shutil.copytree(CLEANER, site)
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        hostile = (
            "<title>\x1b]0;owned\x07\x1b[2J\u202e</title><h1>\x1b[31mBeat any quote\x1b[0m</h1>"
        )
        page.write_text(text.replace("<body", f"{hostile}<body", 1), encoding="utf-8")
    with Loopback(site) as server:
        done = desk.run("scan", server.origin, *let_through(server))
        saved = desk.run("scan", server.origin, *let_through(server), "--json")
    for char in ("\x1b", "\x07", "\u202e"):
        assert char not in done.out
        assert char not in saved.out


def test_answers_and_website_are_shown_side_by_side(desk: Desk) -> None:
    with Loopback(DISTRIBUTOR) as server:
        options = ["assess", "--answers", str(EXAMPLE), "--website", server.origin]
        options += let_through(server)
        shown = desk.run(*options)
        result = json.loads(desk.run(*options, "--json").out)
    alone = json.loads(desk.run("assess", "--answers", EXAMPLE, "--json").out)
    website = result["website"]
    assert website["answers_alone"]["probabilities"] == alone["probabilities"]
    assert website["website_alone"]["probabilities"] != alone["probabilities"]
    assert result["probabilities"] not in (
        website["answers_alone"]["probabilities"],
        website["website_alone"]["probabilities"],
    )
    assert website["differences"], (
        "a distributor that studies its users, answered as one that sells"
    )
    assert {each["kind"] for each in website["differences"]} <= {
        "website_claims_more",
        "answers_claim_more",
    }
    assert "Answers and website" in shown.out
    assert "The website tells of more than the answers" in shown.out


def test_a_dead_website_leaves_the_verdict_of_the_answers(desk: Desk) -> None:
    with Loopback(FORGE) as server:
        done = desk.run(
            "assess", "--answers", EXAMPLE, "--website", server.origin, *let_through(server)
        )
    assert done.code == 0
    assert "Sales-driven" in done.out
    assert "The website gives no verdict by itself" in done.out


def test_progress_is_on_the_terminal_alone(desk: Desk, cleaner: Loopback) -> None:
    screen = desk.terminal("scan", cleaner.origin, *let_through(cleaner), "--pages", "3")
    text = ANSI.sub("", screen.end())
    assert "3 read" in text
    assert "What was read" in text


def test_nothing_typed_is_no_folder(desk: Desk) -> None:
    desk.write("index.html", "<h1>Valves</h1>")
    for nothing in ("", " "):
        assert "no address" in complaint(desk.run("scan", nothing))
        line = complaint(desk.run("assess", "--answers", EXAMPLE, "--website", nothing))
        assert "no address" in line


def test_where_things_are_kept_is_checked_before_anything_is_read(
    desk: Desk, cleaner: Loopback
) -> None:
    both = ("--save", "same.jsonl", "--save-pages", "same.jsonl")
    assert "different files" in complaint(desk.run("scan", cleaner.origin, *both))
    assert ".jsonl" in complaint(desk.run("scan", cleaner.origin, "--save-pages", "pages.warc"))
    full = desk.run("scan", cleaner.origin, *let_through(cleaner), "--save", "/dev/full")
    assert full.code == 2


def test_what_is_left_out_of_a_file_is_told(desk: Desk) -> None:
    page = json.dumps({"url": "https://one.example/", "html": "<p>one sells valves</p>"})
    kept = desk.write("pages.jsonl", f"{page}\n{{broken\n")
    before = kept.read_bytes()
    assert "overwrite" in complaint(desk.run("scan", "pages.jsonl", "--save-pages", "pages.jsonl"))
    assert kept.read_bytes() == before
    done = desk.run("scan", "pages.jsonl", "--json")
    assert done.code == 0
    assert "1 piece left out" in done.err
    assert json.loads(done.out)["website"]["site"] == "one.example"


def test_a_folder_named_like_a_site_says_that_files_were_read(desk: Desk) -> None:
    shutil.copytree(CLEANER, desk.folder / "sparrowgate.com")
    done = desk.run("scan", "sparrowgate.com", "--json")
    assert "https://sparrowgate.com" in done.err


def test_a_site_may_be_named_in_any_spelling(desk: Desk) -> None:
    pages = [
        {"url": f"https://www.{name}.com/", "html": f"<p>{name} sells valves</p>"}
        for name in ("one", "two")
    ]
    desk.write("pages.jsonl", "".join(f"{json.dumps(page)}\n" for page in pages))
    for spelling in ("two.com", "WWW.TWO.COM", "https://www.two.com/about"):
        done = desk.run("scan", "pages.jsonl", "--site", spelling, "--json")
        assert json.loads(done.out)["website"]["site"] == "two.com"
    done = desk.run(
        "assess", "--answers", EXAMPLE, "--website", "pages.jsonl", "--site", "two.com", "--json"
    )
    assert json.loads(done.out)["website"]["site"] == "two.com"


def test_a_website_that_cannot_be_read_is_said_before_the_report(desk: Desk) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
        options = ("--website", f"http://{address}/", "--allow-address", address)
        done = desk.run("assess", "--answers", EXAMPLE, *options, "--json")
    assert done.code == 0
    assert "refused" in done.err
    assert json.loads(done.out)["label"] == "sales_driven"
