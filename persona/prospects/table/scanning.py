"""From blocks of text to records: where each begins and ends, as ``csv.reader`` would have it.

Nearly all text is *sound*: every quotation mark opens or closes a cell, or stands doubled inside
one. Then a line end ends a record where an even number of quotation marks precede it, and a
whole block is cut at once. What is not sound is read line by line (see ``by_line``).
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from persona.prospects.table.by_line import ByLine, Cut, runs_away
from persona.prospects.table.records import Places, Records

_LF, _CR, _QUOTE = 10, 13, 34

Bytes = npt.NDArray[np.uint8]


class Run(NamedTuple):
    """Records that follow each other; ``line`` is the number of their first line, from 1."""

    line: int
    records: Records


class Scan:
    """A pass over a text; ``unclosed`` are the lines with a quotation mark that is not closed."""

    def __init__(self, delimiter: str) -> None:
        self._by_line = ByLine(delimiter)
        self._delimiter = ord(delimiter)
        self._around = np.zeros(256, np.bool_)
        self._around[[self._delimiter, _LF, _CR, _QUOTE]] = True

    @property
    def unclosed(self) -> tuple[int, ...]:
        """The lines on which a quotation mark stands that was taken literally, from 1."""
        return tuple(self._by_line.unclosed)

    def runs(self, blocks: Iterator[bytes]) -> Iterator[Run]:
        """Yield all records of a text in UTF-8; ``blocks`` end where a line does.

        A line with nothing on it is a record of one empty cell.
        """
        line, rest = 1, b""
        for block, last in _with_last(blocks):
            rest = rest + block if rest else block
            sound = self._sound(rest, last)
            if sound:
                if sound.records:
                    yield Run(line, sound.records)
                line, rest = line + sound.lines, rest[sound.used :]
            if rest and (not sound or last or runs_away(rest)):
                loose = self._by_line.cut(rest, last, line)
                if loose.records:
                    yield Run(line, loose.records)
                line, rest = line + loose.lines, rest[loose.used :]

    def _sound(self, text: bytes, last: bool) -> Cut | None:
        """Cut all records off a text that are whole, None where its quoting is not sound."""
        data = np.frombuffer(text, np.uint8)
        quotes = np.flatnonzero(data == _QUOTE) if b'"' in text else None
        if quotes is not None and not self._is_sound(data, quotes):
            return None
        breaks, nexts = _line_ends(text, data, last)
        stops = breaks
        if quotes is not None:
            outside = np.searchsorted(quotes, breaks) % 2 == 0
            stops, nexts = breaks[outside], nexts[outside]
        if not len(stops):
            return Cut(None, 0, 0)
        end = int(nexts[-1])
        starts = np.concatenate([[0], nexts])
        delimiters = np.flatnonzero(data[:end] == self._delimiter)
        if quotes is not None:
            delimiters = _outside(delimiters, quotes)
        widths = np.diff(np.searchsorted(delimiters, starts)) + 1
        records = Records(text, starts, stops, widths, quoted=quotes is not None)
        return Cut(records, end, int(np.searchsorted(breaks, stops[-1], "right")))

    def _is_sound(self, data: Bytes, quotes: Places) -> bool:
        """Return whether odd quotation marks open cells, and even ones close them."""
        before = self._around[data[quotes[::2] - 1]]
        before[0] |= quotes[0] == 0
        after = self._around[data[np.minimum(quotes[1::2] + 1, len(data) - 1)]]
        return bool(before.all() and after.all())


def _outside(places: Places, quotes: Places) -> Places:
    """Return those places that are not between an odd quotation mark and the next."""
    between = np.searchsorted(places, quotes)
    if len(quotes) % 2:
        between = np.append(between, len(places))
    opens, closes = between[::2], between[1::2]
    holding = opens < closes
    if not holding.any():
        return places
    turns = np.zeros(len(places) + 1, np.int8)
    turns[opens[holding]] += 1
    turns[closes[holding]] -= 1
    outside: Places = places[np.cumsum(turns[:-1]) == 0]
    return outside


def _line_ends(text: bytes, data: Bytes, last: bool) -> tuple[Places, Places]:
    """Return where lines end, and where the next ones begin: after LF, CR LF or CR."""
    feeds = np.flatnonzero(data == _LF)
    if b"\r" not in text:
        breaks, nexts = feeds, feeds + 1
    else:
        returns = np.flatnonzero(data == _CR)
        alone = feeds[(feeds == 0) | (data[feeds - 1] != _CR)]
        breaks = np.sort(np.concatenate([returns, alone])) if len(alone) else returns
        after = np.minimum(breaks + 1, len(data) - 1)
        nexts = breaks + 1 + ((data[breaks] == _CR) & (data[after] == _LF) & (after > breaks))
    if last and (not len(nexts) or nexts[-1] < len(data)):
        breaks, nexts = np.append(breaks, len(data)), np.append(nexts, len(data))
    return breaks, nexts


def _with_last(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each block with whether it is the last one."""
    held = next(blocks, None)
    for block in blocks:
        if held is not None:
            yield held, False
        held = block
    if held is not None:
        yield held, True
