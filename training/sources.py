"""Which collection the saved pages of each website are from, where their file says so."""

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import msgspec

from persona.capture.jsonlines import DAMAGE
from persona.capture.saved import site_of

NO_PAGES: Final = "none"
"""The source of a company of which no page was captured."""

_GZIP: Final = b"\x1f\x8b"


class _Line(msgspec.Struct):
    url: Any = None
    source: Any = None


_DECODER: Final = msgspec.json.Decoder(_Line)


def read_sources(captures: Iterable[Path]) -> dict[str, str]:
    """Return the source of most pages of each website, by registrable domain.

    Of two with as many pages the first by name counts. Files without the key ``source`` in their
    lines, folders, and what is damaged or no JSON give none.
    """
    found: dict[str, Counter[str]] = {}
    for path in captures:
        for site, source in _pages(path):
            found.setdefault(site, Counter())[source] += 1
    return {site: min(counts, key=lambda name: (-counts[name], name))
            for site, counts in found.items()}  # fmt: skip


def _pages(path: Path) -> Iterator[tuple[str, str]]:
    if not path.is_file():
        return
    with path.open("rb") as plain, suppress(*DAMAGE):
        packed = plain.read(len(_GZIP)) == _GZIP
        plain.seek(0)
        for content in gzip.GzipFile(fileobj=plain) if packed else plain:
            with suppress(ValueError, RecursionError):
                line = _DECODER.decode(content)
                if isinstance(line.url, str) and isinstance(line.source, str):
                    yield site_of(line.url), line.source
