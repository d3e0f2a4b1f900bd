"""All places of the browser application, as it names them itself."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from starlette.routing import Route

from persona.web.app import create_app
from persona.web.settings import Settings

_NAMED: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
API: Final = "/api/v1/"


class Place(NamedTuple):
    """One route: what may be done there, and its path with names in braces."""

    method: str
    path: str

    def filled(self, names: Mapping[str, Mapping[str, str]]) -> str:
        """Return the path with names replaced; ``names`` are told apart by the path's beginning."""
        beginning = max((each for each in names if self.path.startswith(each)), key=len, default="")
        known = names.get(beginning, {})
        return _NAMED.sub(lambda found: known[found[1]], self.path)


def places(folder: Path) -> list[Place]:
    """Return every route of the application; ``folder`` is one it may call its home."""
    app = create_app(Settings(token="none", folder=folder))
    found = []
    for route in app.routes:
        assert isinstance(route, Route), "a kind of route that these tests do not know"
        found += [Place(method, route.path) for method in sorted(route.methods or ())]
    return found
