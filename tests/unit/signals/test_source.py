"""Pages made to keep a parser busy or to fill the memory."""

import subprocess
import sys

import pytest

from persona.signals.page import read_page
from persona.signals.source import MOST_BYTES, MOST_TAGS, bounded

HOSTILE = {
    "ten million tags": "'<p>' * 10_000_000",
    "nesting 100,000 deep": "'<div>' * 100_000 + 'x' + '</div>' * 100_000",
    "lists in lists": "'<ul><li>' * 100_000",
    "links in blocks in links": "'<a href=/x><div>' * 100_000",
    "menus in menus": "'<nav><a href=/x>x</a>' * 100_000",
    "headers in headers": "'<header><p>x</p>' * 100_000",
    "heroes in headers": "'<header><h1>x</h1><p>x</p>' * 100_000",
    "notices in notices": "'<div id=cookies><div id=menu>' * 100_000",
    "hidden in hidden": "'<div hidden>' * 100_000",
    "forms and buttons": "'<form></form><button>x' * 100_000",
    "times in divisions": "'<div><time datetime=2026-01-01>x' * 100_000",
    "half a million attributes": "'<div ' + ' '.join(f'a{n}' for n in range(500_000)) + '>'",
    "attributes with marks": (
        "'<div ' + ' '.join(f'a{n} <b{n} c{n}=\">\"' for n in range(99_999)) + '>'"
    ),
    "formatting copied into every paragraph": (
        "'<p>' + ''.join(f'<b id={n}>' for n in range(3000)) + '</p><p>x' * 3000"
    ),
    "formatting in capitals": (
        "'<p>' + ''.join(f'<FONT\\nid={n}>' for n in range(9000)) + '</p><p>x' * 9000"
    ),
    "an endless comment": "'<!--' + '-' * 9_000_000",
    "an endless script": "'<script>' + '<!--<script>' * 900_000",
    "selects and options": "'<select><option>x' * 100_000",
    "tables in tables": "'<table><tr><td>' * 100_000",
    "drawings": "'<svg><g>' * 100_000",
    "JSON nested 100,000 deep": (
        "'<script type=application/ld+json>' + '[' * 100_000 + ']' * 100_000 + '</script>'"
    ),
}
PROGRAM = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from persona.signals.page import read_page
html = {html}
start = time.process_time()
read_page("https://example.com/", html)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(time.process_time() - start, peak)
"""
SECONDS = 5.0
"""About 2 s on an idle machine; tests run beside others."""
MEBIBYTES = 1200


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_soon_and_in_bounded_memory(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(html=HOSTILE[name])],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    seconds, peak = done.stdout.split()
    assert float(seconds) < SECONDS
    assert int(peak) < MEBIBYTES


def test_a_page_is_cut_at_five_mebibytes_and_twenty_thousand_tags() -> None:
    assert bounded("a" * (MOST_BYTES + 1)) == b"a" * MOST_BYTES
    cut = bounded("<p>x" * 30_000)
    assert cut.count(b"<") == MOST_TAGS
    assert cut.endswith(b"<p>x")


def test_pages_that_people_make_are_left_as_they_are() -> None:
    html = "<p>" + "".join(f"<b id=n{n}>x</b>" for n in range(300)) + "</p>" + "word " * 30_000
    assert bounded(html) == html.encode()
    data = f"<div data-x='{'a b c ' * 20_000}'>text</div>"
    assert bounded(data) == data.encode()


def test_attributes_of_formatting_are_left_out_where_they_are_too_many() -> None:
    html = "".join(f"<b id={n}>x</b><i>y</i>" for n in range(2000))
    assert bounded(html) == b"<b>x</b><i>y</i>" * 2000


@pytest.mark.parametrize("html", ["a\ud800b", b"a\xff\xfeb", "a\x00b", b"\x00\x00", "", b""])
def test_broken_characters_are_read_as_far_as_they_go(html: str | bytes) -> None:
    read = read_page("https://example.com/", html)
    assert read.text.encode()[:1] in (b"a", b"")
    assert "\x00" not in read.text
