"""What the commands that read a website share: their options, and progress on a terminal."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from persona.capture.records import MOST_PAGES, PAGES
from persona.errors import UsageError
from persona.files import check_writable

if TYPE_CHECKING:
    from persona.signals.extract import SiteReading

_FILES = (".jsonl", ".gz", ".warc", ".html", ".htm")
_CLEAR_LINE = "\r\x1b[K"


class Reading(msgspec.Struct, frozen=True):
    """How a website is to be read, as the options say."""

    pages: int
    allow_address: tuple[str, ...]
    offline: bool
    site: str | None
    save_pages: Path | None
    corpus: Path | None

    def check(self, source: str, save: Path | None) -> None:
        """Raise OutputError or UsageError now if the pages could not be kept later."""
        if self.save_pages is None:
            return
        if not self.save_pages.name.endswith((".jsonl", ".jsonl.gz")):
            raise UsageError(f"{self.save_pages}: --save-pages writes .jsonl or .jsonl.gz")
        if save is not None and save.resolve() == self.save_pages.resolve():
            raise UsageError(f"{save}: --save and --save-pages need different files")
        if self.save_pages.exists() and self.save_pages.resolve() == Path(source).resolve():
            raise UsageError(f"{source}: --save-pages would overwrite it; name another file")
        check_writable(self.save_pages)

    def read(self, source: str, *, plain: bool = False) -> "SiteReading":
        """Read the website; progress and what was left out go to standard error."""
        from persona.website import is_saved, read_website

        shown = sys.stderr.isatty() and not plain
        skipped: list[str] = []
        try:
            reading = read_website(
                source,
                pages=self.pages,
                allow=self.allow_address,
                offline=self.offline,
                site=self.site,
                corpus=self.corpus,
                on_page=_Progress() if shown else None,
                on_skip=skipped.append,
            )
        finally:
            if shown:
                click.echo(_CLEAR_LINE, nl=False, err=True)
        if skipped:
            from persona.layout import counted

            pieces = counted(len(skipped), "piece")
            tell(f"{source}: {pieces} left out; the first: {skipped[0]}")
        if is_saved(source) and _looks_like_a_site(source):
            tell(f"read the files at {source}; for the website type https://{source}")
        return reading

    def keep(self, reading: "SiteReading") -> None:
        """Keep the pages that were read, where that was asked for."""
        if self.save_pages is not None:
            from persona.capture.archive import save_captures

            save_captures(self.save_pages, [reading.capture])


UNUSED = Reading(PAGES, (), offline=False, site=None, save_pages=None, corpus=None)
"""The options as they are when none of them is given."""


def _looks_like_a_site(source: str) -> bool:
    name = source.rstrip("/")
    return "/" not in name and "." in name.strip(".") and not name.endswith(_FILES)


def tell(line: str) -> None:
    """Say one line on standard error, whatever a page or a file name put into it."""
    from persona.layout import clean

    click.echo(f"persona: {clean(line)}", err=True)


class _Progress:
    """One line that says which page was read last."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, url: str) -> None:
        from shutil import get_terminal_size

        from persona.layout import clean, shorten

        self.read += 1
        line = shorten(f"{self.read} read  {clean(url)}", get_terminal_size().columns - 1)
        click.echo(f"{_CLEAR_LINE}{line}", nl=False, err=True)


_OPTIONS = (
    click.option(
        "--pages",
        type=click.IntRange(1, MOST_PAGES),
        default=PAGES,
        show_default=True,
        metavar="N",
        help=f"Most pages to read from the website, up to {MOST_PAGES}.",
    ),
    click.option(
        "--allow-address",
        multiple=True,
        metavar="HOST[:PORT]",
        help="An address off the public internet that may be read; can be repeated.",
    ),
    click.option("--offline", is_flag=True, help="Take pages from the cache only."),
    click.option(
        "--site", metavar="DOMAIN", help="Which site, where a file of pages holds several."
    ),
    click.option(
        "--save-pages",
        type=click.Path(path_type=Path),
        metavar="FILE.jsonl",
        help="Keep the pages that were read; .gz packs them.",
    ),
    click.option(
        "--corpus",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Pages of other firms, for the signals that compare.",
    ),
)


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options for reading a website, handed over as ``reading``."""

    @wraps(command)
    def with_reading(**options: Any) -> None:
        names = Reading.__struct_fields__
        reading = Reading(**{name: options.pop(name) for name in names})
        command(reading=reading, **options)

    for option in reversed(_OPTIONS):
        with_reading = option(with_reading)
    return with_reading
