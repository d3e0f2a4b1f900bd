"""Sites read for callers that know nothing of event loops."""

import asyncio
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from pathlib import Path

import pytest
from msgspec.structs import replace

from persona.capture import live
from persona.capture.guard import Allowed
from persona.capture.live import Reading, read_site, read_sites
from persona.capture.records import Capture
from persona.capture.store import Store
from persona.errors import AddressError, UsageError
from tests.unit.capture.loopback import QUICK, page


class Handler(BaseHTTPRequestHandler):
    """Serves a home page and an about page."""

    asked = 0

    def do_GET(self) -> None:
        Handler.asked += 1
        body = {"/": page("Home", "/about"), "/about": page("About")}.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Takes readers that go away in the middle for what they are."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def reading(place: str) -> Reading:
    return Reading(allowed=Allowed.parse([place]), store=None, limits=QUICK)


def test_one_site_is_read_under_the_address_as_typed(place: str) -> None:
    capture = read_site(place, allowed=Allowed.parse([place]), store=None, limits=QUICK)
    assert capture.address == place
    assert [each.url.partition(place)[2] for each in capture.pages] == ["/", "/about"]


def test_a_site_is_read_inside_a_running_loop_too(place: str) -> None:
    async def notebook() -> Capture:
        return read_site(place, allowed=Allowed.parse([place]), store=None, limits=QUICK)

    assert len(asyncio.run(notebook()).pages) == 2


def test_offline_serves_what_was_read_before_and_asks_nobody(place: str, tmp_path: Path) -> None:
    allowed = Allowed.parse([place])
    with Store(tmp_path / "pages.sqlite") as store:
        online = read_site(place, allowed=allowed, store=store, limits=QUICK)
        asked = Handler.asked
        offline = read_site(place, allowed=allowed, store=store, limits=QUICK, offline=True)
        assert Handler.asked == asked
    assert [each.url for each in offline.pages] == [each.url for each in online.pages]
    nothing = read_site(place, allowed=allowed, store=None, offline=True)
    assert nothing.unread[0].failure == "offline"


def test_what_is_no_address_and_too_many_pages_are_refused() -> None:
    with pytest.raises(AddressError):
        read_site("file:///etc/passwd", store=None)
    with pytest.raises(UsageError):
        read_site("127.0.0.1:9", pages=99, allowed=Allowed.parse(["127.0.0.1:9"]), store=None)


def test_every_address_is_accounted_for(place: str) -> None:
    typed = [place, "not an address", f"http://{place}/about", "10.0.0.1"]
    done: dict[str, object] = {}
    captures = list(read_sites(typed, reading(place), on_done=done.__setitem__))
    assert {capture.address for capture in captures} == {typed[0], typed[2]}
    assert {each: type(outcome) for each, outcome in done.items()} == {
        typed[0]: Capture,
        typed[1]: AddressError,
        typed[2]: Capture,
        typed[3]: AddressError,
    }


class Endless:
    """One address again and again; ``taken`` counts how often it was asked for."""

    def __init__(self, place: str) -> None:
        self.taken = 0
        self._place = place

    def __iter__(self) -> Iterator[str]:
        while True:
            self.taken += 1
            yield self._place


def test_addresses_are_taken_as_they_are_needed(place: str) -> None:
    endless = Endless(place)
    captures = read_sites(endless, reading(place), at_once=2)
    for _ in range(3):
        assert next(captures).pages
    captures.close()
    assert endless.taken < 40
    assert not [each for each in threading.enumerate() if each.name == "reading"]


def test_a_slow_caller_holds_only_a_few_sites_at_first(place: str) -> None:
    endless = Endless(place)
    captures = read_sites(endless, reading(place), at_once=512)
    for _ in range(3):
        assert next(captures).pages
        time.sleep(0.3)
    assert 64 <= endless.taken < 110
    captures.close()


def test_large_sites_are_read_a_few_at_a_time(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    capture = read_site(place, allowed=Allowed.parse([place]), store=None, limits=QUICK)
    one = sum(sys.getsizeof(page.html) for page in capture.pages)
    monkeypatch.setattr(live, "_MOST_HELD", 5 * one)
    ready = live._Ready()
    for _ in range(70):
        ready.add((place, capture))
        ready.take()
    assert [ready.room(running, 512) for running in (0, 4, 5)] == [True, True, False]
    ready.add((place, capture))
    ready.add((place, AddressError("none")))
    assert [ready.room(running, 512) for running in (0, 3, 4)] == [True, True, False]
    assert not ready.room(0, 2), "what waits keeps its place"


def test_what_goes_wrong_with_the_addresses_reaches_the_caller(place: str) -> None:
    def broken() -> Iterator[str]:
        yield place
        raise LookupError("the list broke off")

    with pytest.raises(LookupError, match="broke off"):
        list(read_sites(broken(), reading(place)))
    assert not [each for each in threading.enumerate() if each.name == "reading"]


def test_reading_ends_when_it_is_told_to(place: str) -> None:
    left = iter((True, True, False))
    captures = read_sites(repeat(place), reading(place), at_once=2, go_on=lambda: next(left))
    assert len(list(captures)) <= 2
    assert not [each for each in threading.enumerate() if each.name == "reading"]


def test_the_seconds_that_a_site_took_are_told(place: str) -> None:
    took: dict[str, float] = {}
    told = replace(reading(place), on_read=took.__setitem__)
    assert [each.address for each in read_sites([place], told)] == list(took) == [place]
    assert 0.0 < took[place] < 5.0
