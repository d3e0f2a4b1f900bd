"""Pages out of WARC files, whole and damaged."""

import gzip
import tracemalloc
from pathlib import Path

import brotli
import pytest
import zstandard

from persona.capture.archive import read_captures
from persona.capture.records import Capture

WORDS = "<p>" + "We make pumps for dairies. " * 30


def warc(*answers: tuple[str, str, bytes], packed: bool) -> bytes:
    """Return a WARC file of (address, headers, body) answers, each record packed by itself."""
    records = [record("warcinfo", "", b"software: test\r\n")]
    for url, headers, body in answers:
        head = f"HTTP/1.1 200 OK\r\n{headers}\r\nContent-Length: {len(body)}\r\n\r\n"
        records.append(record("response", f"WARC-Target-URI: {url}\r\n", head.encode() + body))
    return b"".join(gzip.compress(each) if packed else each for each in records)


def record(kind: str, more: str, content: bytes) -> bytes:
    media = (
        "application/http; msgtype=response" if kind == "response" else "application/warc-fields"
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2026-01-31T10:00:00Z\r\n{more}"
        f"Content-Type: {media}\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def read(tmp_path: Path, content: bytes) -> tuple[list[Capture], list[str]]:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(content)
    skipped: list[str] = []
    return list(read_captures(path, on_skip=skipped.append)), skipped


HTML = "Content-Type: text/html"


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_decoded_as_live_ones_are(tmp_path: Path, packed: bool) -> None:
    body = f"<title>Café</title>{WORDS}"
    chunked = f"{len(body):x}\r\n{body}\r\n0\r\n\r\n".encode("latin-1")
    captures, skipped = read(
        tmp_path,
        warc(
            ("https://www.a.com/", f"{HTML}; charset=iso-8859-1", body.encode("latin-1")),
            ("https://a.com/z", f"{HTML}\r\nContent-Encoding: gzip", gzip.compress(body.encode())),
            ("https://b.com/", f"{HTML}\r\nTransfer-Encoding: chunked", chunked),
            ("https://a.com/logo.png", "Content-Type: image/png", b"\x89PNG"),
            packed=packed,
        ),
    )
    assert skipped == []
    assert [(c.site, [p.url for p in c.pages]) for c in captures] == [
        ("a.com", ["https://www.a.com/", "https://a.com/z"]),
        ("b.com", ["https://b.com/"]),
    ]
    assert {page.html for page in captures[0].pages} == {body}
    assert captures[0].pages[0].fetched_at == "2026-01-31T10:00:00Z"
    assert captures[0].pages[0].status == 200


def test_a_file_packed_as_a_whole_is_read_too(tmp_path: Path) -> None:
    plain = warc(("https://a.com/", HTML, WORDS.encode()), packed=False)
    assert read(tmp_path, gzip.compress(plain))[0][0].site == "a.com"


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    pages = [(f"https://a.com/{n}", HTML, f"{WORDS}{n}".encode() * 50) for n in range(5)]
    content = warc(*pages, packed=True)
    captures, skipped = read(tmp_path, content[: int(len(content) * 0.7)])
    assert 2 <= len(captures[0].pages) < 5
    assert skipped


def test_bodies_that_unpack_without_end_are_left_out(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b" " * 40_000_000)
    captures, skipped = read(
        tmp_path,
        warc(
            ("https://a.com/", HTML, WORDS.encode()),
            ("https://a.com/bomb", f"{HTML}\r\nContent-Encoding: gzip", bomb),
            packed=True,
        ),
    )
    assert [page.url for page in captures[0].pages] == ["https://a.com/"]
    assert skipped == ["record 3: the page is too large"]


def peak(tmp_path: Path, content: bytes) -> tuple[list[Capture], list[str], int]:
    """Read, and return the most memory in bytes that was held too."""
    tracemalloc.start()
    try:
        return *read(tmp_path, content), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip"])
def test_every_compression_is_undone_within_the_cap(tmp_path: Path, encoding: str) -> None:
    squeeze = {"br": brotli.compress, "zstd": zstandard.compress, "gzip": gzip.compress}[encoding]
    bomb = squeeze(b"<p>" + b" " * 80_000_000)
    headers = f"{HTML}\r\nContent-Encoding: {encoding}"
    captures, skipped, most = peak(
        tmp_path,
        warc(
            ("https://a.com/", headers, squeeze(WORDS.encode())),
            ("https://a.com/bomb", headers, bomb),
            packed=True,
        ),
    )
    assert [page.html for page in captures[0].pages] == [WORDS]
    assert skipped == ["record 3: the page is too large"]
    assert most < 60_000_000


def test_bodies_unpacked_before_they_were_saved_are_read_as_they_are(tmp_path: Path) -> None:
    headers = f"{HTML}\r\nContent-Encoding: br"
    captures, skipped = read(
        tmp_path, warc(("https://a.com/", headers, WORDS.encode()), packed=True)
    )
    assert [page.html for page in captures[0].pages] == [WORDS]
    assert skipped == []


@pytest.mark.parametrize(
    "endless", [b"x" * 9_000_000, b"a: b\r\n" * 1_500_000], ids=["a line", "lines"]
)
def test_headers_without_end_are_not_held(tmp_path: Path, endless: bytes) -> None:
    before = warc(("https://a.com/", HTML, WORDS.encode()), packed=False)
    content = gzip.compress(before + b"WARC/1.0\r\n" + endless, 1)
    captures, skipped = read(tmp_path, content)
    assert [page.url for page in captures[0].pages] == ["https://a.com/"]
    assert "bytes without content" in skipped[0]


def test_one_chunk_that_unpacks_without_end_is_not_held(tmp_path: Path) -> None:
    chunk = b"%x\r\n" % 100_000_000 + b" " * 100_000_000 + b"\r\n0\r\n\r\n"
    content = warc(
        ("https://a.com/", HTML, WORDS.encode()),
        ("https://a.com/bomb", f"{HTML}\r\nTransfer-Encoding: chunked", chunk),
        packed=True,
    )
    del chunk
    _, skipped, most = peak(tmp_path, content)
    assert skipped == ["record 3: the page is too large"]
    assert most < 60_000_000
