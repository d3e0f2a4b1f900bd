"""From an address, a folder of saved pages or a captures file to one site's reading."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from persona.capture.records import PAGES
from persona.errors import CaptureError
from persona.signals.extract import SiteReading, extract, read_facts

if TYPE_CHECKING:
    from persona.capture.records import Capture
    from persona.signals.corpus import Corpus

_SHOWN = 5
_SAVED = (".jsonl", ".jsonl.gz", ".warc", ".warc.gz", ".html", ".htm")


def read_website(
    source: str | Path,
    *,
    pages: int = PAGES,
    allow: Iterable[str] = (),
    offline: bool = False,
    site: str | None = None,
    corpus: str | Path | None = None,
    save_pages: str | Path | None = None,
    on_page: Callable[[str], None] | None = None,
    on_skip: Callable[[str], None] | None = None,
) -> SiteReading:
    """Read one website and compute its signals.

    ``source`` is an address as a person types it, a folder of saved pages, a saved page, or a
    captures or WARC file, in which ``site`` names the one to take where it holds several.
    ``pages`` is the most that is read live, 1 to 60. ``allow`` names addresses outside the public
    internet that may be contacted, as HOST or HOST:PORT. ``offline`` takes pages from the cache
    only. ``corpus`` is a captures file of other firms, for signals that compare. ``save_pages``
    is where the pages read are kept. ``on_page`` is told every address that was read, ``on_skip``
    every piece of a file or folder that could not be used.

    A site that cannot be read is no error: the reading's gate says why. Raises AddressError,
    CaptureError, OutputError, and UsageError for ``pages`` or ``allow`` out of range.
    """
    source = str(source)
    if is_saved(source):
        capture = _from_archive(Path(source), site, on_skip or _quiet)
    else:
        capture = _live(source, pages, allow, offline, on_page)
    if save_pages is not None:
        from persona.capture.archive import save_captures

        save_captures(Path(save_pages), [capture])
    return extract(capture, corpus=read_corpus(corpus) if corpus else None)


def read_corpus(path: str | Path) -> "Corpus":
    """Return the pages of other firms in a captures file as something to compare with."""
    from persona.capture.archive import read_captures
    from persona.signals.corpus import Corpus

    return Corpus.build(read_facts(capture)[0] for capture in read_captures(Path(path)))


def is_saved(source: str) -> bool:
    """Return whether a source names saved pages rather than an address."""
    if not source.strip():
        return False
    try:
        return Path(source).exists() or source.endswith(_SAVED)
    except (OSError, ValueError):
        return False


def _live(
    source: str,
    pages: int,
    allow: Iterable[str],
    offline: bool,
    on_page: Callable[[str], None] | None,
) -> "Capture":
    from persona.capture.guard import Allowed
    from persona.capture.live import read_site

    allowed = Allowed.parse([allow] if isinstance(allow, str) else allow)
    return read_site(source, pages=pages, allowed=allowed, offline=offline, on_page=on_page)


def _from_archive(path: Path, site: str | None, on_skip: Callable[[str], None]) -> "Capture":
    from persona.capture.archive import read_captures

    if path.exists() and not (path.is_file() or path.is_dir()):
        raise CaptureError(f"{path}: neither a file nor a folder")
    wanted = _domain(site) if site else None
    names: list[str] = []
    found: Capture | None = None
    for capture in read_captures(path, on_skip=on_skip):
        names.append(capture.site)
        if wanted is None or capture.site == wanted:
            found = found or capture
        if found and wanted:
            break
    if found is None:
        raise CaptureError(f"{path}: holds no page of {site}; it has {_some(names)}")
    if wanted is None and len(names) > 1:
        raise CaptureError(
            f"{path}: holds {len(names)} sites ({_some(names)}); choose one with --site"
        )
    return found


def _domain(site: str) -> str:
    from persona.capture.address import registrable_domain

    host = site.strip().lower().partition("://")[2] or site.strip().lower()
    return registrable_domain(host.partition("/")[0])


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _quiet(_: str) -> None:
    pass
