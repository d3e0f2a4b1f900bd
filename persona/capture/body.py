"""Decompressing a body without letting it grow beyond a cap."""

import zlib
from collections.abc import Callable
from typing import Final

from persona.capture.failures import Unreadable

ACCEPTED: Final = "gzip, deflate, br, zstd"
"""The value of Accept-Encoding."""

_LAYERS: Final = 2
_MEMBERS: Final = 100
"""Members of one gzip body, frames of one zstd body: each copies the rest of the input."""

_ZSTD_WINDOW: Final = 8 * 1024 * 1024
"""Largest window in bytes that a zstd body may ask for (RFC 9659)."""

_ZSTD_BITE: Final = 256
"""Bytes fed to zstd at a time: at most 64 blocks, which are 8 MiB when decompressed."""

_GZIP_MAGIC: Final = b"\x1f\x8b"


def inflate(body: bytes, encodings: str, cap: int) -> bytes:
    """Undo the Content-Encoding of ``body``, the last one first.

    Raises Unreadable: "too_large" when a layer grows beyond ``cap`` bytes, "bad_encoding" when
    one is damaged, cut off, unknown, or there are more than two.
    """
    names = [name.strip().lower() for name in encodings.split(",")]
    layers = [name for name in names if name not in ("", "identity")]
    if len(layers) > _LAYERS:
        raise Unreadable("bad_encoding", f"{len(layers)} layers of compression")
    for name in reversed(layers):
        undo = _UNDO.get(name)
        if undo is None:
            raise Unreadable("bad_encoding", f"unknown compression {name[:40]!r}")
        if body:
            body = undo(body, cap)
    if len(body) > cap:
        raise Unreadable("too_large", f"more than {cap} bytes")
    return body


def gunzip(body: bytes, cap: int) -> bytes:
    """Decompress gzip, of one member or several; errors as in :func:`inflate`.

    Whatever follows the last member is ignored, as browsers do.
    """
    parts: list[bytes] = []
    size = 0
    for _ in range(_MEMBERS):
        part, body = _zlib(body, 31, cap - size)
        parts.append(part)
        size += len(part)
        if not body.startswith(_GZIP_MAGIC):
            return b"".join(parts)
    raise Unreadable("bad_encoding", f"more than {_MEMBERS} gzip members")


def _deflate(body: bytes, cap: int) -> bytes:
    """Decompress "deflate", which servers send with and without the zlib header."""
    try:
        return _zlib(body, 15, cap)[0]
    except Unreadable as error:
        if error.failure != "bad_encoding":
            raise
        return _zlib(body, -15, cap)[0]


def _zlib(body: bytes, bits: int, cap: int) -> tuple[bytes, bytes]:
    """Return one decompressed stream of at most ``cap`` bytes, and what follows it."""
    stream = zlib.decompressobj(bits)
    try:
        out = stream.decompress(body, cap + 1)
    except zlib.error as error:
        raise Unreadable("bad_encoding", str(error)) from None
    if len(out) > cap:
        raise Unreadable("too_large", f"more than {cap} bytes when decompressed")
    if not stream.eof:
        raise Unreadable("bad_encoding", "compressed data is cut off")
    return out, stream.unused_data


def _brotli(body: bytes, cap: int) -> bytes:
    import brotli

    stream = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        part = stream.process(body, output_buffer_limit=cap + 1)
        while True:
            parts.append(part)
            size += len(part)
            if size > cap:
                raise Unreadable("too_large", f"more than {cap} bytes when decompressed")
            if stream.is_finished() or stream.can_accept_more_data():
                break
            part = stream.process(b"", output_buffer_limit=cap + 1)
    except brotli.error as error:
        raise Unreadable("bad_encoding", str(error)) from None
    if not stream.is_finished():
        raise Unreadable("bad_encoding", "compressed data is cut off")
    return b"".join(parts)


def _zstd(body: bytes, cap: int) -> bytes:
    import zstandard

    parts: list[bytes] = []
    size = 0
    for _ in range(_MEMBERS):
        frame = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        try:
            for start in range(0, len(body), _ZSTD_BITE):
                part = frame.decompress(body[start : start + _ZSTD_BITE])
                parts.append(part)
                size += len(part)
                if size > cap:
                    raise Unreadable("too_large", f"more than {cap} bytes when decompressed")
                if frame.eof:
                    break
        except zstandard.ZstdError as error:
            raise Unreadable("bad_encoding", str(error)) from None
        if not frame.eof:
            raise Unreadable("bad_encoding", "compressed data is cut off")
        body = frame.unused_data + body[start + _ZSTD_BITE :]
        if not body:
            return b"".join(parts)
    raise Unreadable("bad_encoding", f"more than {_MEMBERS} zstd frames")


_UNDO: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
