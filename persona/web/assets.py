"""Style sheets, scripts and the icon of the application, served as files.

Their addresses hold a digest of the content, so that a browser may keep a file for good and
still never shows an old one.
"""

from pathlib import Path
from typing import Final

import msgspec

from persona.digest import sha256
from persona.reports.html.page import TEMPLATES as REPORT_SHEETS

PREFIX: Final = "/static/"
_STATIC: Final = Path(__file__).parent / "static"
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class Asset(msgspec.Struct, frozen=True):
    """One file as it is served; ``version`` changes with its content."""

    content: bytes
    type: str
    version: str


class Assets:
    """All files that pages refer to, read once when the server starts."""

    def __init__(self) -> None:
        self._files = {
            path.name: _asset(path)
            for folder in (REPORT_SHEETS, _STATIC)
            for path in sorted(folder.iterdir())
            if path.suffix in _TYPES
        }

    def address(self, name: str) -> str:
        """Return the address of a file, for templates; KeyError where there is none."""
        return f"{PREFIX}{name}?v={self._files[name].version}"

    def get(self, name: str) -> Asset | None:
        """Return a file by its name, or None."""
        return self._files.get(name)


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(content, _TYPES[path.suffix], sha256(content).hexdigest()[:12])
