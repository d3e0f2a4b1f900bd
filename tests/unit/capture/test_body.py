"""Decompression: what was packed comes back, and nothing grows beyond its cap."""

import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.body import gunzip, inflate
from persona.capture.failures import Unreadable
from tests.integration import bombs

CAP = 100_000
PAGE = b"<html><body>Valves for steam, made in Leeds.</body></html>" * 100


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": bombs.gzipped,
    "x-gzip": bombs.gzipped,
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


def refusal(body: bytes, encodings: str, cap: int = CAP) -> str:
    with pytest.raises(Unreadable) as refused:
        inflate(body, encodings, cap)
    return refused.value.failure


@pytest.mark.parametrize("encoding", PACK)
def test_what_was_packed_comes_back(encoding: str) -> None:
    assert inflate(PACK[encoding](PAGE), encoding, CAP) == PAGE


@pytest.mark.parametrize("encoding", PACK)
def test_exactly_the_cap_is_allowed_and_one_byte_more_is_not(encoding: str) -> None:
    packed = PACK[encoding](PAGE)
    assert inflate(packed, encoding, len(PAGE)) == PAGE
    assert refusal(packed, encoding, len(PAGE) - 1) == "too_large"


@pytest.mark.parametrize("encoding", PACK)
@pytest.mark.parametrize("kept", [1, 20, -1])
def test_a_body_that_is_cut_off_is_damaged(encoding: str, kept: int) -> None:
    assert refusal(PACK[encoding](PAGE)[:kept], encoding) == "bad_encoding"


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", bombs.gzip_bomb),
        ("deflate", bombs.deflate_bomb),
        ("br", bombs.brotli_bomb),
        ("zstd", bombs.zstd_bomb),
        ("gzip, gzip", bombs.nested_bomb),
    ],
)
def test_a_bomb_is_too_large(encoding: str, bomb: Callable[[], bytes]) -> None:
    assert refusal(bomb(), encoding, 2 * 1024 * 1024) == "too_large"


def test_layers_are_undone_from_the_last_to_the_first() -> None:
    packed = brotli.compress(bombs.gzipped(PAGE))
    assert inflate(packed, "gzip, identity, br", CAP) == PAGE
    assert refusal(packed, "br, gzip") == "bad_encoding"


def test_more_than_two_layers_and_unknown_ones_are_refused() -> None:
    assert refusal(PAGE, "gzip, gzip, gzip") == "bad_encoding"
    assert refusal(PAGE, "compress") == "bad_encoding"


def test_gzip_of_several_members_is_one_body_and_what_follows_is_ignored() -> None:
    members = bombs.gzipped(PAGE) + bombs.gzipped(b"<p>more</p>")
    assert gunzip(members, CAP) == PAGE + b"<p>more</p>"
    assert gunzip(members + b"\0\0trailing", CAP) == PAGE + b"<p>more</p>"
    assert refusal(bombs.many_members(), "gzip") == "bad_encoding"


def test_zstd_of_several_frames_is_one_body() -> None:
    frames = zstandard.compress(PAGE) + zstandard.compress(b"<p>more</p>")
    assert inflate(frames, "zstd", CAP) == PAGE + b"<p>more</p>"
    assert refusal(zstandard.compress(b"") * 200, "zstd") == "bad_encoding"


def test_a_zstd_window_beyond_what_the_web_may_use_is_refused() -> None:
    wide = zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters(window_log=27)
    ).compressobj()
    assert refusal(wide.compress(PAGE) + wide.flush(), "zstd") == "bad_encoding"


def test_nothing_and_plain_bodies_pass() -> None:
    assert inflate(b"", "gzip", CAP) == b""
    assert inflate(PAGE, "", CAP) == PAGE
    assert inflate(PAGE, "identity", CAP) == PAGE
    assert refusal(PAGE, "", 10) == "too_large"


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br"]))
def test_any_bytes_give_a_body_or_a_reason(body: bytes, encoding: str) -> None:
    try:
        inflated = inflate(body, encoding, 1000)
        assert len(inflated) <= 1000
        reason = None
    except Unreadable as error:
        reason = error.failure
    assert reason in (None, "too_large", "bad_encoding")
