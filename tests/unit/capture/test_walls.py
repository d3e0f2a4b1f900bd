"""Pages that show nothing of a company, and pages that only look like it."""

import time

import pytest

from persona.capture.walls import wall

URL = "https://example.com/"


def page(body: str, title: str = "Acme", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


SCRIPT = "<script>window._cf_chl_opt={};</script>"
LOGIN = '<form>User <input name="u"> Password <input TYPE="password" name="p"></form>'
WORDS = "<p>" + "We make steam valves for breweries across the north. " * 30 + "</p>"

WALLS = [
    ("bot_wall", page("<p>Checking.</p>" + SCRIPT, "Just a moment...")),
    ("bot_wall", page("<h1>Checking your browser before accessing acme.com</h1>", "acme.com")),
    ("bot_wall", page('<div id="px-captcha"></div>', "Access to this page has been denied")),
    ("bot_wall", page("<script src='https://ct.captcha-delivery.com/c.js'></script>", "acme.com")),
    ("bot_wall", page("<iframe>Request unsuccessful. Incapsula incident ID: 1</iframe>", "")),
    ("bot_wall", page("Access Denied. Reference #18.1 https://errors.edgesuite.net/18.1", "x")),
    ("bot_wall", page("<script>window.gokuProps = {}</script>", "")),
    ("bot_wall", page("Making sure you&#39;re not a bot!", "Pardon Our Interruption")),
    ("login_wall", page(LOGIN, "Log in | Acme")),
    ("login_wall", page(LOGIN, "Sign In")),
    ("login_wall", page("Forgot your password?" + LOGIN, "Forgot password")),
    ("parked", page("<h1>acme.com</h1> This domain is for sale! Enquire.", "acme.com")),
    ("parked", page("<script src='//www.google.com/adsense/domains/caf.js'></script>", "acme.com")),
    ("parked", page("This domain has expired. Renew it now.", "Expired")),
    ("script_only", page("<noscript>You need to enable JavaScript to run this app.</noscript>")),
    ("script_only", page('<div id="root"></div><script src="/app.js"></script>')),
    (
        "script_only",
        page("<DIV ID='__next'></DIV>" + "<script>" + "var a=1;" * 20_000 + "</script>"),
    ),
]

NO_WALLS = [
    page(WORDS + SCRIPT, "Just a moment..."),
    page(WORDS + "Are you a robot? Buy this domain."),
    page(WORDS + LOGIN, "Log in"),
    page("<nav>Home Products Contact</nav>" + LOGIN, "Acme steam valves"),
    page(
        "<form>Your message <textarea></textarea></form>"
        + "<p>Write to us in Leeds. </p>" * 20
        + "Please confirm that you are not a robot."
    ),
    page("<p>We make valves.</p><script src='/_Incapsula_Resource?SWJIYLWA=1'></script>"),
    page(
        "<p>We make valves.</p><script>window.__CF$cv$params={};"
        "a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>"
    ),
    page(
        "<h1>Valves</h1>"
        + "<p>Steam valves made in Leeds since 1958.</p>" * 5
        + "<noscript>Please enable JavaScript for the map.</noscript>"
    ),
    page('<div id="root">' + WORDS + "</div>"),
    page("<p>Contact: 1 Mill Lane, Leeds</p>"),
    "",
    "<",
    "<script>",
    "<!--" + "x" * 1000,
]


@pytest.mark.parametrize(("failure", "html"), WALLS)
def test_a_wall_is_named(failure: str, html: str) -> None:
    assert wall(URL, html) == failure
    assert wall(URL, html.replace("<body>", "<BODY>").replace("<title>", "<TITLE >")) == failure


@pytest.mark.parametrize("html", NO_WALLS)
def test_a_page_that_shows_something_is_no_wall(html: str) -> None:
    assert wall(URL, html) is None


def test_cost_is_bounded_by_what_is_looked_at() -> None:
    for piece in ("<", "<p>", "<a <", "<svg></svg>", "<!--", "<script"):
        start = time.process_time()
        assert wall(URL, page(piece * 200_000)) is None
        assert time.process_time() - start < 1.0, piece


@pytest.mark.parametrize("piece", ["<div ", "<div id", "<input ", "<input type", "<title"])
def test_tags_that_are_never_closed_cost_no_more(piece: str) -> None:
    """They hide in a script, so that they do not count as words."""
    start = time.process_time()
    assert wall(URL, page(f"<script>{piece * 13_000}</script>", title="Log in")) is None
    assert wall(URL, piece * 13_000) is None
    assert time.process_time() - start < 0.5
