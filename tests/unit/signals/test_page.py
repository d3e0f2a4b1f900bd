"""What the parser makes of a page: what readers see, where its links stand, what its forms ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.signals.page import Link, Page, read_page

URL = "https://example.com/products/x200?lang=en"


def page(body: str, head: str = "", url: str = URL) -> Page:
    return read_page(url, f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")


def links(body: str, head: str = "") -> list[tuple[str, ...]]:
    return [(link.url, link.text, link.place) for link in page(body, head).links]


def test_only_what_readers_take_for_the_page_is_its_text() -> None:
    read = page(
        """
        <header><a href="/">Acme</a> Call 555</header><nav>Menu</nav>
        <div role="navigation">More menu</div><div id="main-menu">Old menu</div>
        <main><h1>Valves that last</h1><p>For <b>food</b> plants.</p></main>
        <p hidden>Gone</p><p aria-hidden="true">Icon</p><p style="Display : None">Dark</p>
        <script>var x = "script"</script><style>p { color: red }</style>
        <noscript>Switch on</noscript>
        <template>Later</template><svg><title>Logo</title><text>Drawn</text></svg>
        <select><option>Choice</option></select><textarea>Write</textarea>
        <iframe src="/x">Frame</iframe><video>No video</video><!-- a remark -->
        <div class="cookie-banner">We use cookies</div><div id="onetrust-sdk">Consent</div>
        <div class="legal-notice">Registered in</div><div role="contentinfo">Foot</div>
        <div id="colophon">Old foot</div><footer>Imprint</footer>
        """
    )
    assert read.lines == ("Valves that last", "For food plants.")
    assert read.text == "Valves that last For food plants."
    assert read.lower == "valves that last for food plants."
    assert read.words == 6
    assert [tuple(heading) for heading in read.headings] == [(1, "Valves that last")]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>Get <b>a</b> <i>quote</i>!</p>", ("Get a quote!",)),
        ("<p><b>V</b>alves<sup>®</sup></p>", ("Valves®",)),
        ("<p>one<br>two</p>three<div>four</div>", ("one", "two", "three", "four")),
        ("<a href=/a>Sales</a><a href=/b>Service</a>", ("Sales Service",)),
        ("<span>Anna</span><span>Smith</span>, owner", ("Anna Smith, owner",)),
        ("<p>From $<!-- -->5<!-- x --> a day</p>", ("From $5 a day",)),
        ("<p>Open<script>x()</script>daily</p>", ("Open daily",)),
        ("<p>Price<span hidden>old</span>new</p>", ("Price new",)),
        ("<p>in<wbr>dus<span></span>trial</p>", ("industrial",)),
        ("<ul><li>Pumps<li>Valves</ul><table><td>a<td>b</table>", ("Pumps", "Valves", "a", "b")),
        ("<p>  wide \u00a0\t\n space &amp; &eacute;  </p>", ("wide space & é",)),
        ("<p>\u00a0</p><p> </p>", ()),
    ],
)
def test_a_line_is_a_piece_of_text_that_is_read_in_one_go(
    body: str, lines: tuple[str, ...]
) -> None:
    assert page(body).lines == lines


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (
            "<header><nav>Menu</nav><h1>Pumps</h1><p>Since 1950</p></header>",
            ("Pumps", "Since 1950"),
        ),
        ("<header><h1><img src=logo></h1>Phone</header><p>Text</p>", ("Text",)),
        ("<article><header>By Anna</header><p>Text</p></article>", ("By Anna", "Text")),
        ("<nav>Menu<main><p>Text</p></main></nav>", ("Menu", "Text")),
        ("<div id=header><article>News</article></div>", ("News",)),
        ("<body class='cookie-consent'><p>Text</p>", ("Text",)),
        ("<div class='cookie-wrap'><main>Text</main></div>", ("Text",)),
        ("<div class='product-cookies'>Oat cookies</div>", ()),
        ("<main><div class='cookies'>Oat cookies</div></main>", ()),
        ("<main><ul><li class='cookies'>Oat cookies</li></ul></main>", ("Oat cookies",)),
        ("<body style='display:none'><p>Text</p>", ("Text",)),
    ],
)
def test_the_page_itself_is_never_taken_for_a_menu_or_a_notice(
    body: str, lines: tuple[str, ...]
) -> None:
    assert page(body).lines == lines


def test_links_are_told_by_place() -> None:
    assert links(
        """
        <footer><a href="/legal">Terms</a><nav><a href="/sites">Sites</a></nav></footer>
        <main><a href="/buy">Buy</a><div hidden><a href="/demo">Demo</a></div></main>
        <nav><a href="/a">A</a><ul style="display:none"><li><a href="/b">B</a></ul></nav>
        <div class="cookie-bar"><button>Accept</button></div>
        """
    ) == [
        ("https://example.com/a", "A", "nav"),
        ("https://example.com/b", "B", "nav"),
        ("https://example.com/buy", "Buy", "main"),
        ("https://example.com/demo", "Demo", "main"),
        ("https://example.com/legal", "Terms", "footer"),
        ("https://example.com/sites", "Sites", "footer"),
        ("", "Accept", "footer"),
    ]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a/b?c=d#e", "https://example.com/a/b?c=d"),
        ("x300.html", "https://example.com/products/x300.html"),
        ("../about", "https://example.com/about"),
        ("//cdn.example.net/x", "https://cdn.example.net/x"),
        ("http://other.example/p#q", "http://other.example/p"),
        ("#top", URL),
        ("", URL),
        ("?page=2", "https://example.com/products/x200?page=2"),
        ("mailto:a@example.com?subject=Hi", "mailto:a@example.com?subject=Hi"),
        (" tel:+1 555 ", "tel:+1 555"),
        ("JavaScript:void(0)", ""),
        ("data:text/html,x", ""),
        ("http://[broken", ""),
        ("/ü/./x", "https://example.com/ü/x"),
    ],
)
def test_addresses_are_made_absolute(href: str, url: str) -> None:
    assert links(f'<a href="{href}">x</a>') == [(url, "x", "main")]


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://www.example.com/shop/", "https://www.example.com/shop/p"),
        ("/shop/", "https://example.com/shop/p"),
        ("javascript:alert(1)", "https://example.com/products/p"),
        ("file:///etc/", "https://example.com/products/p"),
        ("http://[", "https://example.com/products/p"),
    ],
)
def test_the_base_tag_counts_only_when_it_is_an_address_of_the_web(base: str, url: str) -> None:
    assert links("<a href=p>x</a>", f'<base href="{base}">') == [(url, "x", "main")]


def test_a_link_without_text_is_known_by_its_label_or_its_image() -> None:
    assert [
        link.text
        for link in page(
            """
            <a href=/1 aria-label="Cart">&nbsp;</a><a href=/2 title="Log in"></a>
            <a href=/3><img alt="Partner logo"></a><a href=/4><img></a>
            """
        ).links
    ] == ["Cart", "Log in", "Partner logo", ""]


def test_buttons_are_told_and_those_of_forms_belong_to_the_forms() -> None:
    read = page(
        """
        <a href=/1 class="Btn-primary">One</a><a href=/2 class="hero cta">Two</a>
        <a href=/3 role=button>Three</a><a href=/4 class="dictation">Four</a>
        <button>Five</button><div role="button">Six</div>
        <form><button>Send</button><div role="button">More</div></form>
        """
    )
    assert [(link.text, link.button) for link in read.links] == [
        ("One", True),
        ("Two", True),
        ("Three", True),
        ("Four", False),
        ("Five", True),
        ("Six", True),
    ]
    assert read.links[-1] == Link("", "Six", "main", True)


def test_forms_tell_what_they_ask_for() -> None:
    form, search = page(
        """
        <form action="/quote"><label>Company</label><input name="company" placeholder="ACME">
        <input type="hidden" name="id">
        <input type="radio" name="size"><input type="radio" name="size">
        <select name="region"><option>North</option><option>South</option></select>
        <textarea aria-label="Wishes"></textarea><div style="display:none"><input name="trap"></div>
        <input type="submit" value="Get a quote"></form>
        <form><input type="search" name="term"><input name="q"><button>Go</button></form>
        """
    ).forms
    assert form.action == "https://example.com/quote"
    assert form.fields == 4
    assert form.names == "company company acme size region wishes"
    assert form.submit == "Get a quote"
    assert form.choices == ("North", "South")
    assert (search.fields, search.submit, search.action) == (0, "Go", URL)


def test_the_head_tells_about_the_page() -> None:
    read = page(
        """<svg><title>Drawn</title></svg><img alt="A pump"><img alt="A pump"><img alt="">
        <iframe src="/v"></iframe><script src="/b.js"></script>""",
        """<title> X200
        Pump \x1b[31m</title><meta name="Description" content="Pumps  that last">
        <meta property="og:site_name" content="Acme"><meta name="generator" content="WordPress 6">
        <meta http-equiv="refresh" content="0; URL='/home'"><script src="/a.js"></script>""",
    )
    assert read.title == "X200 Pump \x1b[31m"
    assert read.description == "Pumps that last"
    assert read.site_name == "Acme"
    assert read.generator == "WordPress 6"
    assert read.refresh == "https://example.com/home"
    assert read.path == "/products/x200"
    assert read.scripts == ("/a.js", "/b.js")
    assert (read.images, read.frames, read.alts) == (3, 1, ("A pump",))
    assert read_page(URL, '<html lang=" EN-us ">').declared_language == "en-us"


def test_type_and_zone_follow_from_the_address() -> None:
    assert (page("").type, page("").zone) == ("product", "Z2")
    assert page("", url="https://example.com/privacy-policy").zone is None


def test_days_stand_beside_the_titles_they_belong_to() -> None:
    read = page(
        """
        <ul><li><h3><a href=/1>First</a></h3><time datetime="2026-03-01T10:00">March</time>
        <li><div><a href=/2>Second</a></div><p><time datetime="2026-04">April</time>
        <li><time datetime="soon">Third</time></ul>
        """
    )
    assert [(str(each.day), each.text) for each in read.dates] == [
        ("2026-03-01", "First"),
        ("2026-04-01", "Second"),
    ]
    assert read.published is None


@given(st.one_of(st.text(), st.binary()), st.text())
def test_any_text_gives_a_page_whose_lower_case_is_as_long(html: str | bytes, url: str) -> None:
    read = read_page(url, html)
    assert len(read.lower) == len(read.text)
    assert read.text == " ".join(read.lines)
    assert read.words == len(read.text.split())


_PIECES = """<p>|</p>|<b>|</b>|<a href=/x>|</a>|<span>|<div hidden>|</div>|<nav>|</nav>|<h1>|</h1>
|<form>|</form>|<table>|<td>|</table>|<svg>|</svg>|<header>|</header>|<footer>|<main>|<select>
|<option>|</select>|<!--|-->|<template>|</template>|<time datetime=2026-01-01>|<script>|</script>
|<noscript>|</noscript>|<body>|</body>|İ|word"""
PIECES = st.lists(st.sampled_from(_PIECES.replace("\n", "").split("|")), max_size=60)


@given(PIECES)
def test_any_nesting_gives_a_page(pieces: list[str]) -> None:
    read = read_page(URL, " ".join(pieces))
    assert len(read.lower) == len(read.text)
    assert not set(read.lines) & {"", " "}
