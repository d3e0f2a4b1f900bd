"""Small bodies that become a gigabyte when decompressed."""

import gzip
import zlib
from functools import cache
from typing import Final

_MIB: Final = 1024 * 1024
_TIMES: Final = 1024


def gzipped(content: bytes) -> bytes:
    """Return content as one gzip member, the same bytes at every run."""
    return gzip.compress(content, 6, mtime=0)


@cache
def _zeros() -> bytes:
    """Return a raw deflate stream of a gigabyte of zeros, without its end."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(bytes(_MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * _TIMES


def gzip_bomb() -> bytes:
    """Return about a megabyte of gzip."""
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + _zeros()


def deflate_bomb() -> bytes:
    """Return about a megabyte of deflate with the zlib header."""
    return b"\x78\x9c" + _zeros()


@cache
def nested_bomb() -> bytes:
    """Return gzip inside gzip: a few kilobytes for a gigabyte."""
    return gzipped(gzip_bomb())


def many_members() -> bytes:
    """Return ten thousand gzip members, each of which holds nothing."""
    return gzipped(b"") * 10_000


@cache
def brotli_bomb() -> bytes:
    """Return some kilobytes of brotli."""
    import brotli

    packer = brotli.Compressor(quality=1)
    parts = [packer.process(bytes(_MIB)) for _ in range(256)]
    return b"".join(parts) + bytes(packer.finish())


def zstd_bomb() -> bytes:
    """Return 32 KiB of zstd, which are 8,192 blocks of one byte repeated 131,072 times."""
    header = b"\x28\xb5\x2f\xfd\x00\x68"
    block = (131072 << 3 | 1 << 1).to_bytes(3, "little") + b"\0"
    return header + block * (8 * _TIMES)
