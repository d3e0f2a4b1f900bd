"""From an address, a folder of saved pages or a captures file to one site's reading."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from persona.errors import CaptureError
from persona.signals.extract import SiteReading, extract, read_facts

if TYPE_CHECKING:
    from persona.capture.records import Capture
    from persona.signals.corpus import Corpus

PAGES = 12
MOST_PAGES = 60
_SHOWN = 5


def read_website(
    source: str,
    *,
    pages: int = PAGES,
    allow: Iterable[str] = (),
    offline: bool = False,
    site: str | None = None,
    corpus: Path | None = None,
    save_pages: Path | None = None,
    on_page: Callable[[str], None] | None = None,
) -> SiteReading:
    """Read one website and compute its signals.

    ``source`` is an address as a person types it, a folder of saved pages, or a captures or WARC
    file, in which ``site`` names the one to take where it holds several. ``pages`` is the most
    that is read live, 1 to 60. ``allow`` names addresses outside the public internet that may be
    contacted, as HOST or HOST:PORT. ``offline`` takes pages from the cache only. ``corpus`` is a
    captures file of other firms, for signals that compare. ``save_pages`` is where the pages
    read are kept. ``on_page`` is told every address that was read.

    A site that cannot be read is no error: the reading's gate says why. Raises AddressError,
    CaptureError and OutputError.
    """
    capture = _capture(source, pages, tuple(allow), offline, site, on_page)
    if save_pages is not None:
        from persona.capture.archive import save_captures

        save_captures(save_pages, [capture])
    return extract(capture, corpus=read_corpus(corpus) if corpus else None)


def read_corpus(path: Path) -> "Corpus":
    """Return the pages of other firms in a captures file as something to compare with."""
    from persona.capture.archive import read_captures
    from persona.signals.corpus import Corpus

    return Corpus.build(read_facts(capture)[0] for capture in read_captures(path))


def _capture(
    source: str,
    pages: int,
    allow: tuple[str, ...],
    offline: bool,
    site: str | None,
    on_page: Callable[[str], None] | None,
) -> "Capture":
    path = Path(source)
    if is_saved(source):
        return _from_archive(path, site)
    from persona.capture.guard import Allowed
    from persona.capture.live import read_site

    return read_site(
        source, pages=pages, allowed=Allowed.parse(allow), offline=offline, on_page=on_page
    )


def is_saved(source: str) -> bool:
    """Return whether a source names saved pages rather than an address."""
    try:
        return Path(source).exists() or source.endswith(
            (".jsonl", ".jsonl.gz", ".warc", ".warc.gz")
        )
    except (OSError, ValueError):
        return False


def _from_archive(path: Path, site: str | None) -> "Capture":
    from persona.capture.archive import read_captures

    names: list[str] = []
    found: Capture | None = None
    for capture in read_captures(path):
        names.append(capture.site)
        if site is None or capture.site == site.strip().lower():
            found = found or capture
    if found is None:
        raise CaptureError(f"{path}: holds no page of {site}; it has {_some(names)}")
    if site is None and len(names) > 1:
        raise CaptureError(
            f"{path}: holds {len(names)} sites ({_some(names)}); choose one with --site"
        )
    return found


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
