"""Reading a website in the browser application: a real server, and real sites on loopback."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from persona.reports.result import load_result
from tests.integration.commands import EXAMPLE, SECONDS
from tests.integration.loopback import SITES, Loopback
from tests.integration.serving import Serving, Visitor

SEEN = re.compile(r"<li><bdi>(http[^<]+)</bdi></li>")


@pytest.fixture(scope="module")
def site() -> Iterator[Loopback]:
    with Loopback(SITES / "harrowpike") as site:
        yield site


@pytest.fixture(scope="module")
def slow_site() -> Iterator[Loopback]:
    with Loopback(SITES / "harrowpike", latency=1.5) as site:
        yield site


@pytest.fixture(scope="module")
def serving(
    tmp_path_factory: pytest.TempPathFactory, site: Loopback, slow_site: Loopback
) -> Iterator[Serving]:
    allowed = ("--allow-address", site.authority, "--allow-address", slow_site.authority)
    with Serving(tmp_path_factory.mktemp("serve"), *allowed) as serving:
        yield serving


@pytest.fixture
def visitor(serving: Serving) -> Iterator[Visitor]:
    with Visitor(serving.url) as visitor:
        yield visitor


def until_read(visitor: Visitor, shown: httpx.Response) -> httpx.Response:
    """Look at a page again and again until it leads to a result."""
    until = time.monotonic() + SECONDS
    while "/scan/" in shown.url.path and time.monotonic() < until:
        time.sleep(0.1)
        shown = visitor.get(shown.url.path)
    assert "/results/" in shown.url.path, shown.text
    return shown


def result_file(serving: Serving, shown: httpx.Response) -> Path:
    return serving.desk.home / "results" / f"{shown.url.path.rpartition('/')[2]}.json"


def test_a_website_becomes_a_result(serving: Serving, visitor: Visitor, site: Loopback) -> None:
    company = "Harrow <script>alert(1)</script> Pike"
    shown = visitor.post("/scan", {"address": site.origin, "company": company, "pages": "4"})
    shown = until_read(visitor, shown)
    assert "<script>alert" not in shown.text
    assert "Harrow &lt;script&gt;" in shown.text
    result = load_result(result_file(serving, shown))
    assert result.company == company
    assert result.website is not None
    assert 1 <= len(result.website.pages) <= 4


def test_progress_is_told_while_a_site_is_read_and_reading_can_be_stopped(
    visitor: Visitor, slow_site: Loopback
) -> None:
    shown = visitor.post("/scan", {"address": slow_site.origin})
    assert 'http-equiv="refresh"' in shown.text
    assert "http-equiv" not in visitor.get(f"{shown.url.path}?still").text
    stopped = visitor.post(f"{shown.url.path}/stop")
    assert "Reading was stopped" in stopped.text
    assert "http-equiv" not in stopped.text
    kept = visitor.get("/").text
    assert slow_site.authority not in kept


def test_a_website_is_added_to_the_answers_of_a_questionnaire(
    serving: Serving, visitor: Visitor, site: Loopback
) -> None:
    path = visitor.result("Norrland Valves", {"P15": "b", "P16": "a"}, role="Chief executive")
    answered = load_result(result_file(serving, visitor.get(path)))
    id_ = path.rpartition("/")[2]
    assert "Norrland Valves" in visitor.get(f"/scan?result={id_}").text
    shown = until_read(visitor, visitor.post("/scan", {"address": site.origin, "result": id_}))
    both = load_result(result_file(serving, shown))
    assert shown.url.path != path
    assert both.row.given == answered.row.given == {"P15": "b", "P16": "a"}
    assert (both.company, both.respondent) == (answered.company, answered.respondent)
    assert both.option_order == answered.option_order
    assert both.website is not None
    assert load_result(result_file(serving, visitor.get(path))) == answered


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("10.0.0.1", "is no public website"),
        ("http://localhost:8000/", "is no public website"),
        ("http://169.254.169.254/latest/meta-data", "is no public website"),
        ("/etc/passwd", "is no public website"),
        (str(EXAMPLE), "is no public website"),
        (str(SITES / "harrowpike"), "is no public website"),
        ("file:///etc/passwd", "is no public website"),
        ("", "no address was given"),
        ("<script>alert(1)</script>", "is no public website"),
    ],
)
def test_what_is_no_public_website_is_refused_in_one_line(
    visitor: Visitor, site: Loopback, address: str, words: str
) -> None:
    asked = len(site.asked)
    shown = visitor.post("/scan", {"address": address, "company": "Kept as it was"})
    assert shown.status_code == 400
    [line] = re.findall(r'role="alert"><bdi>(.*?)</bdi>', shown.text)
    assert words in line
    assert "<script>alert" not in shown.text
    assert 'value="Kept as it was"' in shown.text
    assert len(site.asked) == asked


@pytest.mark.parametrize("pages", ["0", "61", "-1", "many", "1e3"])
def test_a_wrong_number_of_pages_is_refused(visitor: Visitor, site: Loopback, pages: str) -> None:
    shown = visitor.post("/scan", {"address": site.origin, "pages": pages})
    assert shown.status_code == 400
    assert "from 1 to 60" in shown.text


def test_a_scan_that_never_was_is_not_found(visitor: Visitor) -> None:
    assert visitor.get("/scan/0123456789abcdef").status_code == 404
    assert visitor.get("/scan?result=no-such-result").status_code in (400, 404)


def test_many_scans_in_a_minute_are_put_off(tmp_path: Path, slow_site: Loopback) -> None:
    with (
        Serving(tmp_path, "--allow-address", slow_site.authority) as serving,
        Visitor(serving.url) as visitor,
    ):
        fields = {"csrf": visitor.csrf, "address": slow_site.origin}
        begun = [visitor.client.post("/scan", data=fields) for _ in range(12)]
        assert [answer.status_code for answer in begun] == [200] * 12
        waits = sum("read first" in answer.text for answer in begun)
        assert waits >= 9
        refused = visitor.client.post("/scan", data=fields)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert "try again in" in refused.text
        address = {"csrf": visitor.csrf, "address": "10.0.0.1"}
        assert visitor.client.post("/scan", data=address).status_code == 400
        began = time.monotonic()
        assert serving.stop() in (0, 130)
        assert time.monotonic() - began < 5
