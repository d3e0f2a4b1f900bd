"""The page that every HTML report stands on."""

import base64
import re
from hashlib import sha256

import pytest
from jinja2 import UndefinedError

from persona.reports.html import page
from persona.reports.html.page import home_address, render


def test_a_value_that_a_template_names_must_be_given() -> None:
    with pytest.raises(UndefinedError):
        render("list.html.j2", title="x")


def test_the_page_allows_its_own_style_and_no_other() -> None:
    text = render("base.html.j2", title="A & <b>").decode()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in text
    assert "<title>A &amp; &lt;b&gt;</title>" in text


def test_what_cannot_be_seen_or_written_is_left_out() -> None:
    text = render("base.html.j2", title="A\udcff\u202eB\x00").decode()
    assert "<title>AB</title>" in text


@pytest.mark.parametrize(
    ("domain", "address"),
    [
        ("acme.co.uk", "https://acme.co.uk/"),
        ("xn--bcher-kva.de", "https://xn--bcher-kva.de/"),
        ("acme", ""),
        ("-acme.com", ""),
        ("acme.com/x", ""),
        ("acme.com\n", ""),
        ("10.0.0.1", ""),
        ("javascript:x.com", ""),
        ("", ""),
    ],
)
def test_an_address_is_made_of_a_plain_public_name_alone(domain: str, address: str) -> None:
    assert home_address(domain) == address


def _luminance(colour: str) -> float:
    colour = "".join(2 * each for each in colour) if len(colour) == 3 else colour
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_has_the_contrast_that_wcag_asks_for(scheme: int) -> None:
    colours = dict(re.findall(r"--([a-z-]+): #([0-9a-f]+)", _schemes()[scheme]))
    pairs = [(text, ground) for text in ("ink", "quiet", "link") for ground in ("paper", "panel")]
    kinds = ("sales", "passive", "dynamic", "undecided")
    pairs += [(f"on-{kind}", kind) for kind in kinds]
    for text, ground in pairs:
        assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    drawn = ("sales", "passive", "dynamic", "undecided-edge", "failed-edge", "repeated-edge")
    for mark in (*drawn, "slate"):
        assert _contrast(colours[mark], colours["paper"]) >= 3, mark


def _schemes() -> list[str]:
    return re.findall(r":root \{(.*?)\}", page.style_of(), re.DOTALL)
