"""The bytes of a text file as blocks of whole lines in UTF-8, whatever encoding they came in.

A line that is not in the file's encoding does not stop the file: exports that were pasted
together have such lines, and every one of them is somebody's row.
"""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

import msgspec

from persona.encodings import SAMPLE, WESTERN, likely_encoding
from persona.errors import ListError
from persona.layout import counted

BLOCK: Final = 1024**2
"""Bytes that are read at a time."""
MOST_LINE: Final = 64 * 1024**2
"""Bytes of one line; a longer one is not held in memory but refused."""

_GZIP: Final = b"\x1f\x8b"
_DAMAGE: Final = (OSError, EOFError, zlib.error)
_UTF8: Final = "utf-8"
_MARKS: Final = (
    (codecs.BOM_UTF8, _UTF8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Marks at the beginning of a file; the longer ones that begin like a shorter one come first."""
_HEAD: Final = 4096
_UNDEFINED: Final = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}
"""What bytes without a meaning in an encoding become: the control character of their number."""


class Coding(msgspec.Struct, frozen=True):
    """How the bytes of a file become text.

    ``codec`` is that of the file, after a mark of ``mark`` bytes; a line that is not in it is
    read by ``strays``.
    """

    codec: str = _UTF8
    mark: int = 0
    strays: str = WESTERN


class Strays:
    """Counts the lines that are not in the encoding of their file, and keeps some of them."""

    def __init__(self) -> None:
        self.lines = 0
        self._sample = bytearray()

    def add(self, line: bytes) -> None:
        """Note one such line."""
        self.lines += 1
        self._sample += line[: max(0, SAMPLE - len(self._sample))]

    def codec(self) -> str:
        """Return the encoding that the lines seem to be in."""
        return likely_encoding(bytes(self._sample))


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a plain file, unpacked where it is packed with gzip.

    Raises ListError when there is no such file, it cannot be read, or it is damaged; the last
    also while the block reads.
    """
    try:
        if path.exists() and not path.is_file():
            kind = "a folder" if path.is_dir() else "not a plain file"
            raise ListError(f"{path}: this is {kind}; name a file")
        with path.open("rb") as file:
            packed = file.read(len(_GZIP)) == _GZIP
            file.seek(0)
            yield cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
    except FileNotFoundError:
        raise ListError(f"{path}: no such file") from None
    except (*_DAMAGE, ValueError) as error:
        why = (isinstance(error, OSError) and error.strerror) or str(error)
        raise ListError(f"{path}: cannot be read ({why.lower()})") from None


def coding_of(path: Path) -> Coding:
    """Return how a file's bytes become text, by their beginning; errors as in :func:`opened`."""
    with opened(path) as file:
        head = file.read(_HEAD)
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return Coding(codec, len(mark))
    return Coding(_unmarked(head))


def _unmarked(head: bytes) -> str:
    """Return UTF-16 where every other byte of mostly Western text is NUL, else UTF-8."""
    pairs = len(head) // 2
    high, low = head[1::2].count(0), head[::2].count(0)
    if pairs and not low and high * 2 > pairs:
        return "utf-16-le"
    return "utf-16-be" if pairs and not high and low * 2 > pairs else _UTF8


def line_blocks(path: Path, coding: Coding, strays: Strays | None = None) -> Iterator[bytes]:
    """Yield a file as UTF-8 in blocks that end where a line does, without a byte-order mark.

    Lines end with LF, CR LF or CR. Those that were not in the file's encoding are noted in
    ``strays``. Raises ListError as :func:`opened` does, and for a line over ``MOST_LINE`` bytes.
    """
    kept: list[bytes] = []
    size = lines = 0
    with opened(path) as file:
        file.read(coding.mark)
        for data in _utf8(file, coding.codec):
            cut = max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1
            if cut:
                block = b"".join((*kept, data[:cut]))
                kept, size = [], 0
                lines += block.count(b"\n") or block.count(b"\r")
                yield _mended(block, coding.strays, strays)
            kept.append(data[cut:])
            size += len(kept[-1])
            if size > MOST_LINE:
                raise ListError(
                    f"{path}: line {lines + 1} is longer than {MOST_LINE // 1024**2} MiB; "
                    "this is not a list with one row a line"
                )
    if size:
        yield _mended(b"".join(kept), coding.strays, strays)


def on_strays(lines: int, coding: Coding) -> tuple[str, ...]:
    """Return what the user should know of so many lines that were not in their file's encoding."""
    verb = "was" if lines == 1 else "were"
    words = f"{counted(lines, 'line')} not in UTF-8 {verb} read as {coding.strays}"
    return (words,) if lines else ()


def _utf8(file: BinaryIO, codec: str) -> Iterator[bytes]:
    """Yield a file's bytes, in UTF-8 unless some are in no encoding at all."""
    blocks = iter(lambda: file.read(BLOCK), b"")
    if codec == _UTF8:
        yield from blocks
        return
    decoder = codecs.getincrementaldecoder(codec)("replace")
    for block in blocks:
        yield decoder.decode(block).encode()
    yield decoder.decode(b"", True).encode()


def _mended(block: bytes, codec: str, strays: Strays | None) -> bytes:
    """Return a block with the lines that are not UTF-8 read by another codec."""
    if _is_utf8(block):
        return block
    lines = block.splitlines(keepends=True)
    for place, line in enumerate(lines):
        if not _is_utf8(line):
            text = line.decode(codec, "surrogateescape").translate(_UNDEFINED)
            lines[place] = text.encode("utf-8", "replace")
            if strays:
                strays.add(line)
    return b"".join(lines)


def _is_utf8(text: bytes) -> bool:
    if text.isascii():
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
