"""The links and buttons of a page, with absolute addresses."""

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from persona.signals.facts import Link, Place

MOST_LINKS: Final = 5000
LONGEST_TEXT: Final = 200
_CTA = re.compile(r"(?<![a-z])cta(?![a-z])")
_NOWHERE: Final = ("javascript:", "data:", "vbscript:", "about:", "blob:")
_QUERY: Final = r"(?:\?[^\x00-\x20\[\]#]+)?"
_SIMPLE = re.compile(
    rf"(?:(https?://[\w.\-]+(?:/[^\x00-\x20\[\]?;#]*{_QUERY})?)"  # complete
    rf"|(/(?!/)[^\x00-\x20\[\]?;#]*{_QUERY})"  # from the root of the site
    rf"|([\w\-][^\x00-\x20\[\]?;:#]*{_QUERY})"  # from the page's folder
    r"|((?:mailto|tel):[^\x00-\x1f#]+)|)(?:#.*)?",
    re.ASCII,
)
_BASE = re.compile(r"((https?://[\w.\-]+(?::\d+)?)(?:/[\w\-.~%+,]+)*/)[\w\-.~%+,]*(?:\?[^#]+)?")


class Addresses:
    """Makes the addresses of one page absolute."""

    def __init__(self, base: str) -> None:
        """Take the address against which the others are resolved."""
        self._known: dict[str, str] = {}
        self.base = base
        self._page = base.partition("#")[0]
        simple = None if "/." in base else _BASE.fullmatch(self._page)
        self._folder, self._origin = (simple[1], simple[2]) if simple else ("", "")

    def absolute(self, href: str) -> str:
        """Return an address made absolute, without its fragment; "" for one that leads nowhere.

        mailto:, tel: and other schemes stay as they are.
        """
        found = self._known.get(href)
        if found is None:
            found = self._known[href] = self._absolute(href)
        return found

    def _absolute(self, href: str) -> str:
        """Join the common forms by hand: the standard library takes ten times as long."""
        simple = _SIMPLE.fullmatch(href)
        if simple is None or not self._origin or not href.isascii():
            return self._joined(href)
        form = simple.lastindex
        if form is None:
            return self._page
        found = simple[form]
        if form == 1 or form == 4:
            return found.rstrip()
        if "/." in found or (form == 3 and "//" in found):
            return self._joined(href)
        return (self._origin if form == 2 else self._folder) + found

    def _joined(self, href: str) -> str:
        href = href.strip()
        if href[:11].lower().startswith(_NOWHERE):
            return ""
        try:
            return urljoin(self.base, href).partition("#")[0]
        except ValueError:
            return ""


def path_of(url: str) -> str:
    """Return the path of an address, "/" when it has none."""
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return "/"


def links_of(
    nodes: dict[Place, list[LexborNode]],
    buttons: set[int],
    inside_forms: set[int],
    addresses: Addresses,
) -> tuple[Link, ...]:
    """Return the links and buttons, 5,000 at most.

    ``buttons`` has the memory ids of elements with the role of a button, ``inside_forms`` of
    buttons to leave out.
    """
    found: list[Link] = []
    looks: dict[str | None, bool] = {None: False}
    for place, listed in nodes.items():
        for node in listed[: MOST_LINKS - len(found)]:
            attributes = node.attributes
            button = bool(buttons) and node.mem_id in buttons
            url = ""
            if node.tag == "a" and "href" in attributes:
                url = addresses.absolute(attributes["href"] or "")
                classes = attributes.get("class")
                if classes not in looks:
                    looks[classes] = _looks_like_button(classes or "")
                button = button or looks[classes]
            elif (node.tag == "a" and not button) or node.mem_id in inside_forms:
                continue
            else:
                button = True
            text = " ".join(node.text(separator=" ").split())[:LONGEST_TEXT]
            found.append(Link(url, text or _label(node, attributes), place, button))
    return tuple(found)


def _looks_like_button(classes: str) -> bool:
    """Return whether class names have btn, button or the word cta in them."""
    lower = classes.lower()
    return "btn" in lower or "button" in lower or ("cta" in lower and bool(_CTA.search(lower)))


def _label(node: LexborNode, attributes: dict[str, str | None]) -> str:
    """Return the label of a link without text, or the alternative text of its image."""
    label = one_line(attributes.get("aria-label")) or one_line(attributes.get("title"))
    if label or node.first_child is None:
        return label
    image = node.css_first("img[alt]")
    return one_line(image.attrs.get("alt")) if image else ""


def one_line(text: str | None) -> str:
    """Return text with single spaces, at most 200 characters."""
    return " ".join(text[:1000].split())[:LONGEST_TEXT] if text else ""
