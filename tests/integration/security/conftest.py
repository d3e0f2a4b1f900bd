"""One server for all attacks, with something of everything kept on it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tests.integration.loopback import SITES, Loopback
from tests.integration.routes import Place, places
from tests.integration.serving import NO_TLS, Serving, Visitor

FINISHED = "Finished Valves"
UNDER_WAY = "Secret Pumps"
LIST = "company,p01,p02\nListed Ltd,a,b\n"


class Target(NamedTuple):
    """A server, someone who is let in, and the paths of what is kept on it."""

    server: Serving
    owner: Visitor
    questionnaire: str
    result: str
    scan: str
    scored: str
    places: list[Place]

    @property
    def port(self) -> int:
        """Where the server listens."""
        return self.server.port

    @property
    def host(self) -> str:
        """The header that names the server."""
        return f"Host: {self.server.authority}"

    @property
    def cookie(self) -> str:
        """The header that lets its owner in."""
        pairs = (f"{name}={value}" for name, value in self.owner.client.cookies.items())
        return f"Cookie: {'; '.join(pairs)}"

    def stranger(self) -> httpx.Client:
        """Someone who knows where the server is, and nothing else."""
        return httpx.Client(base_url=self.server.origin, trust_env=False, timeout=10, verify=NO_TLS)

    def all(self, *methods: str) -> list[tuple[Place, str]]:
        """Return every place of these methods, with its path filled with what is there."""
        names = {
            "/questionnaire/": {"key": name(self.questionnaire), "item": "P03"},
            "/results/": {"id": name(self.result)},
            "/scan/": {"job": name(self.scan)},
            "/api/v1/scan/": {"job": name(self.scan)},
            "/lists/": {"id": name(self.scored), "start": "anew"},
            "/static/": {"name": "app.css"},
        }
        return [(each, each.filled(names)) for each in self.places if each.method in methods]

    def state(self) -> dict[str, bytes]:
        """Return everything the server has written, locks aside."""
        files = self.server.desk.files()
        return {name: kept for name, kept in files.items() if not name.endswith((".lock", ".err"))}


def name(path: str) -> str:
    """Return the last part of a path."""
    return path.rpartition("/")[2]


@pytest.fixture(scope="package")
def target(
    tmp_path_factory: pytest.TempPathFactory, example_answers: dict[str, str]
) -> Iterator[Target]:
    with (
        Loopback(SITES / "sparrowgate") as site,
        Serving(tmp_path_factory.mktemp("server"), "--allow-address", site.authority) as server,
        Visitor(server.url) as owner,
    ):
        scan = owner.scan(site.origin, pages=1)
        scored = owner.send_list("prospects.csv", LIST)
        result = owner.result(FINISHED, example_answers)
        place = owner.begin(UNDER_WAY, "Head of secrets")
        owner.answer(place, {"P01": "a", "P02": "b"})
        owner.wait_for(scan, "/results/")
        owner.wait_for(f"{scored}/scored", scored)
        yield Target(server, owner, place, result, scan, scored, places(Path(server.desk.home)))


@pytest.fixture(scope="package")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Another server on the same machine."""
    with Serving(tmp_path_factory.mktemp("other")) as server:
        yield server
