"""The first pass: prospects divided into shards, all rows of a site in one of them.

Shards depend on the list alone: a prospect's is told by the first bits of its site's hash, their
number by that of the rows. Prospects wait in scratch files, so that a list of any length takes
little memory.
"""

import mmap
import os
import struct
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from itertools import islice
from math import ceil, sqrt
from pathlib import Path
from typing import BinaryIO, Final, Self

import msgspec

from persona.prospects.runs.scratch import scratch_complaints, scratch_file
from persona.prospects.shard import Prospect, Shard

FEWEST_ROWS: Final = 16
MOST_ROWS: Final = 512
"""Rows of a shard, about: few enough that little is lost with one, and many enough that a long
list does not take too many files."""

_HASH_BITS: Final = 64
_PART_BITS: Final = 6
_PARTS: Final = 1 << _PART_BITS
"""Scratch files; few enough for any limit on open files."""

_HEAD: Final = struct.Struct("<QI")
"""Before each prospect: its hash, and its length in bytes."""

_AT_ONCE: Final = 1024


def shard_count(rows: int) -> int:
    """Return how many shards a list is divided into: a power of two.

    A shard gets about half the square root of the rows, between 16 and 512 of them.
    """
    wanted = min(MOST_ROWS, max(FEWEST_ROWS, sqrt(rows) / 2))
    return 1 << max(0, ceil(rows / wanted) - 1).bit_length()


class Spool:
    """All prospects of a list on this machine's disk; a context manager.

    ``rows`` says how many there are.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.rows = 0
        self._folder = folder
        self._files = [scratch_file(folder) for _ in range(_PARTS)]

    @property
    def shards(self) -> int:
        """How many shards the list is divided into; of a short one, some may hold no row."""
        return shard_count(self.rows)

    def add(self, prospects: Iterable[Prospect]) -> None:
        """Take in prospects, in the order of their rows; OutputError where the disk is full."""
        encode = msgspec.msgpack.Encoder().encode
        shift = _HASH_BITS - _PART_BITS
        writes = [file.write for file in self._files]
        coming = iter(prospects)
        while some := tuple(islice(coming, _AT_ONCE)):
            with scratch_complaints(self._folder):
                for prospect in some:
                    key = _hash(prospect.site or str(prospect.row))
                    content = encode(prospect)
                    writes[key >> shift](_HEAD.pack(key, len(content)) + content)
            self.rows += len(some)

    def unfinished(self, done: Container[int] = ()) -> Iterator[Shard]:
        """Yield the shards that are not done and hold any rows, by number, rows in order."""
        with scratch_complaints(self._folder):
            for file in self._files:
                file.flush()
        bits = self.shards.bit_length() - 1
        parts = max(1, _PARTS >> bits)
        for first in range(0, _PARTS, parts):
            opened = [_Part(file, bits) for file in self._files[first : first + parts]]
            for number in sorted(set().union(*(part.places for part in opened))):
                if number not in done:
                    found = (one for part in opened for one in part.prospects(number))
                    yield Shard(number, tuple(sorted(found, key=_row)))

    def close(self) -> None:
        """Remove everything."""
        for file in self._files:
            with suppress(OSError):
                file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Part:
    """One scratch file; ``places`` says by shard where its prospects begin and end."""

    def __init__(self, file: BinaryIO, bits: int) -> None:
        self.places: dict[int, list[tuple[int, int]]] = {}
        self._decode = msgspec.msgpack.Decoder(Prospect).decode
        length = file.seek(0, os.SEEK_END)
        self._content = mmap.mmap(file.fileno(), length, access=mmap.ACCESS_READ) if length else b""
        begin, shift = 0, _HASH_BITS - bits
        while begin < length:
            key, size = _HEAD.unpack_from(self._content, begin)
            begin += _HEAD.size
            self.places.setdefault(key >> shift, []).append((begin, begin + size))
            begin += size

    def prospects(self, number: int) -> Iterator[Prospect]:
        """Yield the prospects of one shard in the order in which they came."""
        for begin, end in self.places.get(number, ()):
            yield self._decode(self._content[begin:end])


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=_HASH_BITS // 8).digest(), "big")


def _row(prospect: Prospect) -> int:
    return prospect.row
