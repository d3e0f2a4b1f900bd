"""Lists in the browser application: sent, watched, stopped, gone on with, taken home."""

import io
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.integration.commands import SECONDS, Desk
from tests.integration.loopback import SITES, Loopback
from tests.integration.prospecting import members
from tests.integration.serving import Serving, Visitor

ANSWERS = "Company,p15,p16,Note\n" + "".join(
    f'"Firm {number}",{"abcd"[number % 4]},{"ab"[number % 2]},=1+{number}\n' for number in range(40)
)
LIVE = "data-live"


@pytest.fixture(scope="module")
def slow_site() -> Iterator[Loopback]:
    with Loopback(SITES / "gannickforge", latency=0.4) as site:
        yield site


def websites(site: Loopback, count: int) -> str:
    """Return a list of websites: one that is read slowly, and others that cannot be read."""
    rows = [f"1,http://{site.authority}/"]
    rows += [f"{number},nowhere{number}.invalid" for number in range(2, count + 1)]
    return "id,Website\n" + "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, slow_site: Loopback) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("serve")
    with Serving(folder, "--allow-address", slow_site.authority) as serving:
        yield serving


@pytest.fixture
def visitor(serving: Serving) -> Iterator[Visitor]:
    with Visitor(serving.url) as visitor:
        yield visitor


def send(visitor: Visitor, name: str, content: str | bytes, **fields: str) -> httpx.Response:
    """Send a list as the form of the page does."""
    content = content.encode() if isinstance(content, str) else content
    return visitor.client.post(
        "/lists",
        data={"csrf": visitor.csrf, **fields},
        files={"file": (name, io.BytesIO(content))},
    )


def until(
    visitor: Visitor, shown: httpx.Response, so: Callable[[httpx.Response], bool]
) -> httpx.Response:
    """Look at a list's page again and again until something is so."""
    path, latest = shown.url.path, time.monotonic() + SECONDS
    while not so(shown) and time.monotonic() < latest:
        time.sleep(0.05)
        shown = visitor.get(path)
    assert so(shown), shown.text
    return shown


def ended(shown: httpx.Response) -> bool:
    return LIVE not in shown.text


def complaint(shown: httpx.Response) -> str:
    [line] = re.findall(r'role="alert"><bdi>(.*?)</bdi>', shown.text)
    return str(line)


def runs(serving: Serving) -> list[int]:
    """Return the processes that score lists of a server."""
    mark = str(serving.desk.home / "lists")
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdecimal() and mark.encode() in _arguments(process)
    ]


def _arguments(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def done(serving: Serving) -> httpx.Response:
    """Score a list by its answers, and return the page that says so."""
    with Visitor(serving.url) as visitor:
        shown = send(visitor, "Prospects <b>2026<i>.csv", ANSWERS, by="answers", format=".jsonl")
        return until(visitor, shown, ended)


def test_a_list_comes_back_as_the_command_gives_it(
    visitor: Visitor, done: httpx.Response, tmp_path: Path
) -> None:
    assert "Prospects &lt;b&gt;2026&lt;i&gt;.csv" in done.text
    assert "Of 40 rows" in done.text
    scored = visitor.get(f"{done.url.path}/scored")
    desk = Desk(tmp_path)
    desk.write("list.csv", ANSWERS)
    assert desk.run("score", "list.csv", "-o", "scored.jsonl", "--no-websites").code == 0
    assert scored.content == (tmp_path / "scored.jsonl").read_bytes()
    assert scored.headers["content-disposition"].startswith("attachment")
    assert "%3Cb%3E2026%3Ci%3E-scored.jsonl" in scored.headers["content-disposition"]


def test_the_report_is_shown_without_scripts_and_handed_out(
    serving: Serving, visitor: Visitor, done: httpx.Response
) -> None:
    looked_at = visitor.get(f"{done.url.path}/report")
    assert "sandbox" in looked_at.headers["content-security-policy"]
    assert "script-src" not in looked_at.headers["content-security-policy"]
    assert "Prospects &lt;b&gt;2026&lt;i&gt;.csv" in looked_at.text
    assert str(serving.desk.folder) not in looked_at.text
    handed_out = visitor.get(f"{done.url.path}/report?download")
    assert handed_out.headers["content-disposition"].startswith("attachment")
    assert handed_out.content == looked_at.content


def test_a_list_that_cannot_be_used_says_why_and_can_be_tried_again(
    serving: Serving, visitor: Visitor
) -> None:
    shown = until(visitor, send(visitor, "../../mine.csv", "Firm,Wo\na,10.0.0.1\n"), ended)
    assert complaint(shown).startswith("mine.csv: no column of websites")
    assert str(serving.desk.folder) not in shown.text
    assert visitor.get(f"{shown.url.path}/scored").status_code == 404
    fields = {"column": "Wo", "by": "websites", "pages": "2", "format": ".csv"}
    again = until(visitor, visitor.post(f"{shown.url.path}/anew", fields), ended)
    assert "(as you said)" in again.text
    assert visitor.get(f"{shown.url.path}/scored").text.startswith("Firm,Wo,persona_label")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("notes.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\x01", "notes.pdf"),
        ("broken.xlsx", b"PK\x03\x04 not a workbook", "broken.xlsx"),
    ],
)
def test_what_is_no_list_is_refused_in_one_line(
    visitor: Visitor, name: str, content: bytes, words: str
) -> None:
    shown = until(visitor, send(visitor, name, content), ended)
    assert words in complaint(shown)
    assert "Traceback" not in shown.text
    assert "fault in the program" not in shown.text


def test_a_form_without_a_file_is_shown_again(visitor: Visitor) -> None:
    shown = visitor.client.post(
        "/lists", data={"csrf": visitor.csrf, "column": "Site <x>"}, files={"file": ("", b"")}
    )
    assert shown.status_code == 400
    assert "choose the file" in complaint(shown)
    assert 'value="Site &lt;x&gt;"' in shown.text


def test_a_form_of_another_site_is_refused(visitor: Visitor, serving: Serving) -> None:
    before = sorted((serving.desk.home / "lists").glob("*/list.json"))
    files = {"file": ("a.csv", ANSWERS.encode())}
    shown = visitor.client.post("/lists", data={"csrf": "wrong"}, files=files)
    assert shown.status_code == 403
    assert sorted((serving.desk.home / "lists").glob("*/list.json")) == before


def test_a_list_survives_a_server_that_is_killed_and_a_stop(
    tmp_path: Path, slow_site: Loopback
) -> None:
    allow = ("--allow-address", slow_site.authority)
    with Serving(tmp_path, *allow) as first, Visitor(first.url) as visitor:
        shown = send(visitor, "slow.csv", websites(slow_site, 6), pages="4")
        path = shown.url.path
        until(visitor, shown, reading)
        [run] = runs(first)
        first.process.send_signal(signal.SIGKILL)
        latest = time.monotonic() + SECONDS
        while (runs(first) or members(run)) and time.monotonic() < latest:
            time.sleep(0.05)
        assert (runs(first), members(run)) == ([], [])
    with Serving(tmp_path, *allow) as second, Visitor(second.url) as visitor:
        assert "stopped" in visitor.get("/lists").text
        assert "The run was stopped" in visitor.get(path).text
        until(visitor, visitor.post(f"{path}/go-on"), reading)
        refused = visitor.post(f"{path}/go-on")
        assert (refused.status_code, "being scored already" in refused.text) == (400, True)
        stopped = visitor.post(f"{path}/stop")
        assert "The run was stopped" in stopped.text
        assert runs(second) == []
        done = until(visitor, visitor.post(f"{path}/go-on"), ended)
        assert "Of 6 rows" in done.text
        assert visitor.get(f"{path}/scored").text.count("\n") == 7


def reading(shown: httpx.Response) -> bool:
    """Return whether a page shows that websites are being read, and the list is not done."""
    return "of 6 rows" in shown.text and LIVE in shown.text


def test_a_server_that_ends_takes_its_run_along(tmp_path: Path, slow_site: Loopback) -> None:
    with (
        Serving(tmp_path, "--allow-address", slow_site.authority) as serving,
        Visitor(serving.url) as visitor,
    ):
        until(visitor, send(visitor, "slow.csv", websites(slow_site, 6), pages="4"), reading)
        began = time.monotonic()
        serving.stop()
        assert time.monotonic() - began < 8
        assert runs(serving) == []


def test_a_list_is_removed_with_all_that_came_of_it(serving: Serving, visitor: Visitor) -> None:
    shown = until(visitor, send(visitor, "gone.csv", "nothing\nof use\n"), ended)
    assert "gone.csv" in visitor.get("/lists").text
    after = visitor.post(f"{shown.url.path}/remove")
    assert "gone.csv" not in after.text
    assert visitor.get(shown.url.path).status_code == 404
    assert not (serving.desk.home / "lists" / shown.url.path.rpartition("/")[2]).exists()


@pytest.mark.parametrize("id_", ["../results", "%2e%2e", "0123456789ab", "x" * 300])
def test_no_other_folder_is_reached(visitor: Visitor, id_: str) -> None:
    for path in (f"/lists/{id_}", f"/lists/{id_}/scored", f"/lists/{id_}/report"):
        assert visitor.get(path).status_code == 404
