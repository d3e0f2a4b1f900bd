"""Plain text set well: wrapped paragraphs, hanging labels, bars and dots at any width.

Every text that reaches paper is cleaned of control characters, so that nothing a file or a
company name contains can steer the terminal. Style is applied after wrapping; with ``colour``
off there is none, and no meaning rests on it.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import IO

WIDEST = 88
NARROWEST = 40
MARGIN = 2

_BOLD, _DIM, _ACCENT = "1", "2", "1;36"
_PLAIN_TEXT = str.maketrans(
    {"→": "->", "≤": "<=", "≥": ">="}
    | dict(zip("█░●○◐─━·−–—×…“”‘’\u00a0", "#.o.~-=----x~\"\"'' ", strict=True))
)
"""Stand-ins for an encoding without these characters."""


class Paper:
    """Text under construction: ``width`` columns, styled or not, for any encoding.

    ``plain`` leaves out rules and bars, which a screen reader would read aloud.
    """

    def __init__(
        self,
        width: int = WIDEST,
        colour: bool = False,
        unicode: bool = True,
        plain: bool = False,
    ) -> None:
        self.plain = plain
        self.turns: list[int] = []
        self.width = max(NARROWEST, min(width, WIDEST))
        self.colour = colour
        self.unicode = unicode
        self.lines: list[str] = []

    @property
    def room(self) -> int:
        """Columns between the margins."""
        return self.width - 2 * MARGIN

    def text(self) -> str:
        """Return all pages, one trailing newline included."""
        return self._shown(self.lines)

    def pages(self) -> list[str]:
        """Return the text cut where pages turn."""
        cuts = [0, *self.turns, len(self.lines)]
        return [self._shown(self.lines[a:b]) for a, b in pairwise(cuts) if b > a]

    def turn(self) -> None:
        """Begin a new page, for readers who are given one at a time."""
        self.turns.append(len(self.lines))

    def _shown(self, lines: list[str]) -> str:
        text = "\n".join(lines) + "\n"
        return text if self.unicode else text.translate(_PLAIN_TEXT)

    def blank(self) -> None:
        """Leave one line empty, never two in a row."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def heading(self, title: str) -> None:
        """Set a section heading with a rule to the right edge."""
        self.blank()
        title = shorten(self._plain(title), self.room)
        rule = "" if self.plain else "─" * max(0, self.room - cells(title) - 1)
        self.lines.append(" " * MARGIN + self._style(title, _BOLD) + " " + self._style(rule, _DIM))
        self.blank()

    def title(self, left: str, right: str = "") -> None:
        """Set a line with text at both edges; the left one is shortened if it must be."""
        right = shorten(self._plain(right), self.room * 2 // 3)
        left = shorten(self._plain(left), self.room - cells(right) - 2)
        gap = " " * (self.room - cells(left) - cells(right))
        self.lines.append(" " * MARGIN + self._style(left, _BOLD) + gap + self._style(right, _DIM))

    def paragraph(
        self, text: str, *, indent: int = 0, strong: bool = False, dim: bool = False
    ) -> None:
        """Set wrapped text, bold or faint if asked."""
        code = _ACCENT if strong else _DIM if dim else ""
        for line in self._wrap(text, self.room - indent):
            self.lines.append(" " * (MARGIN + indent) + self._style(line, code))

    def labelled(self, label: str, text: str, *, label_width: int, indent: int = 0) -> None:
        """Set ``text`` hanging to the right of a faint ``label``."""
        column = MARGIN + indent + label_width
        lines = self._wrap(text, self.width - MARGIN - column)
        head = self._style(self._plain(label).ljust(label_width), _DIM)
        self.lines.append(" " * (MARGIN + indent) + head + lines[0])
        self.lines += [" " * column + line for line in lines[1:]]

    def bullets(self, texts: Iterable[str], *, indent: int = 0) -> None:
        """Set a list, one hanging dot an entry."""
        for text in texts:
            self.labelled("·", text, label_width=2, indent=indent)

    def bar(self, name: str, share: float, *, name_width: int, strong: bool = False) -> None:
        """Set a horizontal bar for a share from 0 to 1, with its percentage."""
        if self.plain:
            self.paragraph(f"{name}: {percent(share)}")
            return
        room = max(8, self.room - name_width - 6)
        filled = round(share * room)
        drawn = "█" * filled + "░" * (room - filled)
        code = _ACCENT if strong else _DIM
        figure = percent(share).rjust(5)
        self.lines.append(
            " " * MARGIN + name.ljust(name_width) + self._style(drawn, code) + " " + figure
        )

    def progress(self, share: float) -> None:
        """Set a thin bar across the page for a share from 0 to 1."""
        filled = round(min(1.0, share) * self.room)
        done, rest = "━" * filled, "─" * (self.room - filled)
        self.lines.append(" " * MARGIN + self._style(done, _ACCENT) + self._style(rest, _DIM))

    def row(self, parts: Iterable[tuple[str, int, bool]]) -> None:
        """Set columns side by side: text, width in columns, and whether it is faint."""
        cut = [(shorten(self._plain(text), width), width, dim) for text, width, dim in parts]
        line = "".join(
            self._style(text, _DIM if dim else "") + " " * (width - cells(text))
            for text, width, dim in cut
        )
        self.lines.append((" " * MARGIN + line).rstrip())

    def _wrap(self, text: str, width: int) -> list[str]:
        return wrap(self._plain(text), max(12, width))

    def _plain(self, text: str) -> str:
        """Return text that can be shown: clean, and without characters the page cannot have."""
        text = clean(text)
        return text if self.unicode else text.translate(_PLAIN_TEXT)

    def _style(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and code and text else text


def paper_for(stream: IO[str], *, plain: bool = False) -> Paper:
    """Return paper that suits a stream: its width, encoding, and whether it takes colour."""
    terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    colour = terminal and not plain and not os.environ.get("NO_COLOR")
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    unicode = encoding.startswith("utf")
    return Paper(width=_columns(stream), colour=colour, unicode=unicode, plain=plain)


def _columns(stream: IO[str]) -> int:
    """Return the width of a terminal, or what COLUMNS says, or the widest page."""
    try:
        return int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        pass
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDEST
    except (OSError, ValueError):
        return WIDEST


def print_page(paper: Paper, stream: IO[str] | None = None) -> None:
    """Write all pages to a stream; characters it cannot show become question marks."""
    print_text(paper.text(), stream or sys.stdout)


def print_text(text: str, stream: IO[str]) -> None:
    """Write text to a stream of any encoding, with stand-ins for what it cannot show."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if not encoding.lower().startswith("utf"):
        text = text.translate(_PLAIN_TEXT)
    stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()


def clean(text: str) -> str:
    """Return text without control, bidirectional and other invisible characters."""
    if text.isprintable():
        return text
    spaced = " ".join(text.split())
    return "".join(char for char in spaced if char.isprintable() or char == "\u00a0")


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: "1 page", "2 pages"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def quoted(text: str) -> str:
    """Return text in quotation marks, without those around it."""
    return f"“{text.strip(chr(34))}”"


def percent(share: float) -> str:
    """Return a share as a whole percentage; what is not quite none or all says so."""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"


def company_name(typed: str | None) -> str | None:
    """Return a company's name as it can be shown and stored, or None when nothing is left."""
    if not typed:
        return None
    text = typed.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return clean(text).strip() or None


def cells(text: str) -> int:
    """Return how many terminal columns a text takes."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) != 0 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Return text broken at spaces into lines of at most ``width`` columns; at least one line."""
    lines = [""]
    for word in text.split(" "):
        while cells(word) > width:
            head = cut(word, width)
            lines.append(head)
            word = word[len(head) :]
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def cut(text: str, width: int) -> str:
    """Return the longest beginning of a text that takes at most ``width`` columns."""
    end = min(len(text), width)
    while cells(text[:end]) > width:
        end -= 1
    return text[:end]


def shorten(text: str, width: int) -> str:
    """Return text cut to ``width`` columns, with an ellipsis where something was cut."""
    return text if cells(text) <= width else cut(text, width - 1).rstrip() + "…"
