"""What the commands that read a website share: their options, and progress on a terminal."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from persona.files import check_writable

if TYPE_CHECKING:
    from persona.signals.extract import SiteReading

_DEFAULT_PAGES = 12
_MOST_PAGES = 60
_CLEAR_LINE = "\r\x1b[K"


class Reading(msgspec.Struct, frozen=True):
    """How a website is to be read, as the options say."""

    pages: int
    allow_address: tuple[str, ...]
    offline: bool
    save_pages: Path | None
    corpus: Path | None

    def check(self) -> None:
        """Raise OutputError now if the pages could not be kept later."""
        if self.save_pages is not None:
            check_writable(self.save_pages)

    def read(self, source: str, site: str | None = None) -> "SiteReading":
        """Read the website, with progress on standard error if that is a terminal."""
        from persona.website import read_website

        shown = sys.stderr.isatty()
        try:
            return read_website(
                source,
                pages=self.pages,
                allow=self.allow_address,
                offline=self.offline,
                site=site,
                corpus=self.corpus,
                save_pages=self.save_pages,
                on_page=_Progress() if shown else None,
            )
        finally:
            if shown:
                click.echo(_CLEAR_LINE, nl=False, err=True)


UNUSED = Reading(_DEFAULT_PAGES, (), offline=False, save_pages=None, corpus=None)
"""The options as they are when none of them is given."""


class _Progress:
    """One line that says which page was read last."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, url: str) -> None:
        from persona.layout import shorten

        self.read += 1
        click.echo(f"{_CLEAR_LINE}{self.read} read  {shorten(url, 60)}", nl=False, err=True)


_OPTIONS = (
    click.option(
        "--pages",
        type=click.IntRange(1, _MOST_PAGES),
        default=_DEFAULT_PAGES,
        show_default=True,
        metavar="N",
        help="Most pages to read from the website, up to 60.",
    ),
    click.option(
        "--allow-address",
        multiple=True,
        metavar="HOST[:PORT]",
        help="An address off the public internet that may be read; can be repeated.",
    ),
    click.option("--offline", is_flag=True, help="Take pages from the cache only."),
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
        names = ("pages", "allow_address", "offline", "save_pages", "corpus")
        reading = Reading(**{name: options.pop(name) for name in names})
        command(reading=reading, **options)

    for option in reversed(_OPTIONS):
        with_reading = option(with_reading)
    return with_reading
