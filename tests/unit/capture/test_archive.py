"""Captures saved before: written and read back, and whatever is wrong with them."""

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from persona.capture.archive import read_captures, save_captures
from persona.capture.records import Capture, CapturedPage, Unread
from persona.errors import CaptureError, OutputError

WORDS = "<p>" + "We make pumps for dairies. " * 30


def line(url: str, html: str = WORDS, **more: object) -> str:
    return json.dumps({"url": url, "html": html, **more})


def read(path: Path) -> tuple[list[Capture], list[str]]:
    skipped: list[str] = []
    return list(read_captures(path, on_skip=skipped.append)), skipped


def saved(folder: Path, *lines: str, name: str = "pages.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8", errors="surrogatepass")
    return path


CAPTURES = [
    Capture(
        "example.com",
        "Example.com/start",
        (
            CapturedPage("https://www.example.com/", f"<h1>ü € 🧀</h1>{WORDS}", "2026-01-31", 200),
            CapturedPage("https://blog.example.com/a", WORDS),
        ),
        (Unread("https://www.example.com/x", "not_found", "status 404"),),
        (CapturedPage("https://www.example.com/", f"<h1>old</h1>{WORDS}", "2024", 200),),
    ),
    Capture("gone.example", "gone.example", (), (Unread("https://gone.example/", "dns"),)),
    Capture("other.co.uk", "other.co.uk", (CapturedPage("https://other.co.uk/", WORDS),)),
]


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.jsonl.gz"])
def test_what_is_saved_is_read_back_and_the_bytes_are_the_same_each_time(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    save_captures(path, iter(CAPTURES))
    assert read(path) == (CAPTURES, [])
    first = path.read_bytes()
    assert (first[:2] == b"\x1f\x8b") == name.endswith(".gz")
    save_captures(path, read_captures(path))
    assert path.read_bytes() == first


def test_pages_in_any_order_are_brought_together_by_registrable_domain(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        line("https://www.a.co.uk/about"),
        line("https://b.com/"),
        line("https://shop.a.co.uk/x", captured="2025-05"),
        line("https://a.co.uk/", source="elsewhere", kind=7),
    )
    captures, skipped = read(path)
    assert [(c.site, [p.url for p in c.pages]) for c in captures] == [
        ("a.co.uk", ["https://a.co.uk/", "https://www.a.co.uk/about", "https://shop.a.co.uk/x"]),
        ("b.com", ["https://b.com/"]),
    ]
    assert captures[0].pages[2].fetched_at == "2025-05"
    assert skipped == []


def test_the_newest_reading_of_an_address_counts(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        line("https://a.com/x", WORDS + "new", fetched_at="2026-02-01T00:00:00Z"),
        line("http://www.a.com/x/", WORDS + "old", fetched_at="2024-12"),
        line("https://a.com/x", WORDS + "undated"),
    )
    [capture] = read(path)[0]
    assert [page.html[-3:] for page in capture.pages] == ["new"]
    assert [page.html[-3:] for page in capture.earlier] == ["old", "ted"]


def test_content_decides_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_bytes(gzip.compress(line("https://a.com/").encode()))
    assert read(path)[0][0].site == "a.com"
    plain = saved(tmp_path, "\ufeff" + line("https://b.com/"), name="pages.gz")
    assert read(plain)[0][0].site == "b.com"


def test_broken_lines_are_left_out_and_told_by_number(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        line("https://a.com/"),
        "{broken",
        "",
        '["a list"]',
        '{"url": "https://a.com/no-html"}',
        line("ftp://a.com/"),
        line("https://[bad/"),
        line("https://a.com/with space"),
        "[" * 100_000,
        line("https://a.com/last"),
    )
    captures, skipped = read(path)
    assert [page.url for page in captures[0].pages] == ["https://a.com/", "https://a.com/last"]
    assert [entry.partition(":")[0] for entry in skipped] == [
        f"line {number}" for number in (2, 4, 5, 6, 7, 8, 9)
    ]


def test_half_characters_and_nul_do_not_get_through(tmp_path: Path) -> None:
    path = saved(tmp_path, line("https://a.com/", "\ud800 x \0 " + WORDS))
    [capture] = read(path)[0]
    assert capture.pages[0].html.encode().startswith(b"? x  <p>")


def test_error_pages_and_parked_names_are_unread(tmp_path: Path) -> None:
    path = saved(tmp_path, line("https://a.com/"), line("https://a.com/x", "gone", status=404))
    [capture] = read(path)[0]
    assert capture.unread == (Unread("https://a.com/x", "not_found"),)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"),
        ("2026-01-31 10:00:00", "2026-01-31T10:00:00"),
        ("2025-2026", "2025"),
        ("2024-13", "2024"),
        ("yesterday", None),
        (20240131, None),
    ],
)
def test_of_a_time_as_much_is_kept_as_is_one(tmp_path: Path, given: object, kept: str) -> None:
    path = saved(tmp_path, line("https://a.com/", fetched_at=given))
    assert read(path)[0][0].pages[0].fetched_at == kept


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl.gz"
    noise = "".join(chr(33 + (n * n) % 90) for n in range(20_000))
    lines = "\n".join(line(f"https://a.com/{n}", WORDS + noise * (n + 1)) for n in range(20))
    packed = gzip.compress(lines.encode())
    path.write_bytes(packed[: len(packed) // 2])
    captures, skipped = read(path)
    assert 1 <= len(captures[0].pages) < 20
    assert len(skipped) == 1
    assert "cut off" in skipped[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"name,url\nx,https://a.com\n", "line 1: not JSON"),
        (b"\x1f\x8b", "damaged"),
        (b"\x1f\x8bgarbage that is no gzip", "damaged"),
        (b"WARC/1.0\r\n\r\n", "no saved page"),
        (b"\xff\xfe{\x00", "line 1: not JSON"),
        (b'{"url": "https://a.com/"}', 'line 1: no "url" and "html" in it'),
    ],
)
def test_a_file_with_nothing_usable_is_refused_in_one_line(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "pages.bin"
    path.write_bytes(content)
    with pytest.raises(CaptureError, match=words) as error:
        read(path)
    assert "\n" not in str(error.value)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="no such file"):
        read(tmp_path / "absent.jsonl")
    with pytest.raises(CaptureError, match="no saved page"):
        read(tmp_path)
    with pytest.raises(OutputError):
        save_captures(tmp_path / "absent" / "pages.jsonl", CAPTURES)


def test_a_failure_while_saving_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl.gz"
    save_captures(path, CAPTURES)
    before = path.read_bytes()

    def failing() -> Iterator[Capture]:
        yield CAPTURES[0]
        raise CaptureError("no more")

    with pytest.raises(CaptureError, match="no more"):
        save_captures(path, failing())
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["pages.jsonl.gz"]


@pytest.mark.parametrize("name", ["pages.jsonl", "pages.jsonl.gz"])
def test_memory_does_not_grow_with_the_number_of_sites(tmp_path: Path, name: str) -> None:
    def peak(sites: int) -> int:
        path = tmp_path / name
        pages = (CapturedPage(f"https://site{n}.example/", WORDS * 25) for n in range(sites))
        save_captures(path, (Capture(f"site{n}", "x", (page,)) for n, page in enumerate(pages)))
        tracemalloc.start()
        try:
            assert sum(len(capture.pages) for capture in read_captures(path)) == sites
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    small = peak(50)
    assert peak(500) < small + 1_000_000, "500 sites hold 10 MB of pages"


def test_a_folder_is_one_site_with_the_addresses_its_pages_give(tmp_path: Path) -> None:
    folder = tmp_path / "Acme pumps"
    (folder / "sub" / "Home_files").mkdir(parents=True)
    head = "<html><head>{}</head><body>" + WORDS
    pages = {
        "index.html": head.format('<link rel="canonical" href="https://www.acme.com/">'),
        "b.htm": "<!-- saved from url=(0024)https://www.acme.com/b -->" + head.format(""),
        "c.html": head.format("<meta content='https://www.acme.com/c' property='og:url'>"),
        "sub/plain page.html": head.format(""),
        "sub/far.html": head.format('<link href="https://else.org/x" rel="canonical">'),
        "sub/Home_files/frame.html": head.format(""),
        "notes.txt": "no page",
    }
    for name, html in pages.items():
        (folder / name).write_text(html)
    [capture] = list(read_captures(folder))
    assert capture.site == "acme.com"
    assert sorted(page.url for page in capture.pages) == [
        "https://www.acme.com/",
        "https://www.acme.com/b",
        "https://www.acme.com/c",
        "https://www.acme.com/sub/far.html",
        "https://www.acme.com/sub/plain%20page.html",
    ]


def test_a_folder_of_pages_without_addresses_is_named_after_itself(tmp_path: Path) -> None:
    folder = tmp_path / "acme.com"
    folder.mkdir()
    (folder / "index.html").write_bytes("<p>Caf\xe9 ".encode("latin-1") + WORDS.encode())
    (folder / "about.html").write_text(WORDS)
    [capture] = list(read_captures(folder))
    assert (capture.site, [page.url for page in capture.pages]) == (
        "acme.com",
        ["https://acme.com/", "https://acme.com/about.html"],
    )
    assert "Café" in capture.pages[0].html


@given(st.binary(max_size=400), st.sampled_from(["", "gz", "WARC/1.0\r\n", '{"url":"https://a.b"']))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_captures_or_a_clear_refusal(
    tmp_path: Path, content: bytes, start: str
) -> None:
    path = tmp_path / "any"
    path.write_bytes(gzip.compress(content) if start == "gz" else start.encode() + content)
    with suppress(CaptureError):
        for capture in read_captures(path):
            assert capture.site


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


names = st.sampled_from(["url", "html", "fetched_at", "status", "site", "unread"])


@given(st.dictionaries(names, json_values))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_beside_a_good_line_is_harmless(tmp_path: Path, members: object) -> None:
    path = saved(tmp_path, line("https://good.com/"), json.dumps(members))
    assert [page.url for page in read(path)[0][0].pages] == ["https://good.com/"]


@pytest.mark.parametrize("packed", [False, True])
def test_of_a_site_only_so_much_text_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr("persona.capture.saved.MOST_TEXT", 2 * len(WORDS))
    pages = [line(f"https://{name}.com/{n}") for name in "ab" for n in range(3)]
    path = saved(tmp_path, *pages)
    if packed:
        path.write_bytes(gzip.compress(path.read_bytes()))
    captures, skipped = read(path)
    assert [len(capture.pages) for capture in captures] == [2, 2]
    assert [each.partition(":")[0] for each in skipped] == ["a.com", "b.com"]
    folder = tmp_path / "site"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.html").write_text(f"{WORDS[:-1]}{n}")
    [capture], skipped = read(folder)
    assert len(capture.pages) == 2
    assert "the others were left out" in skipped[0]


STORY = "<p>" + "We make pumps and valves for steam and water. " * 40


def test_one_saved_page_is_a_site_of_one_page(tmp_path: Path) -> None:
    page = tmp_path / "About us.html"
    page.write_text("<link rel=canonical href=https://acme.com/about><h1>About Acme</h1>" + STORY)
    [capture] = read_captures(page)
    assert capture.site == "acme.com"
    assert [read.url for read in capture.pages] == ["https://acme.com/about"]
    page.write_text("<h1>About Acme</h1>" + STORY)
    [capture] = read_captures(page)
    assert [read.url for read in capture.pages] == ["https://about-us/"]
    with pytest.raises(CaptureError, match="no such file"):
        list(read_captures(tmp_path / "absent.html"))
