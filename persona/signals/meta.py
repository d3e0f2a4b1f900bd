"""What the head of a page says: title, meta tags, base address and where it refreshes to."""

from typing import Final

from selectolax.lexbor import LexborNode

from persona.signals.links import Addresses

LONGEST: Final = 500


def read_meta(nodes: list[LexborNode]) -> dict[str, str]:
    """Return the content of the meta tags by name in lower case, the first of each."""
    found: dict[str, str] = {}
    for node in nodes:
        attributes = node.attributes
        content = attributes.get("content")
        name = attributes.get("property") or attributes.get("name") or attributes.get("http-equiv")
        if name and content is not None:
            found.setdefault(name.strip().lower(), _line(content))
    return found


def title_of(nodes: list[LexborNode]) -> str:
    """Return the text of the first title that is not one of a drawing."""
    for node in nodes:
        if node.parent is None or node.parent.tag != "svg":
            return _line(node.text())
    return ""


def base_of(nodes: list[LexborNode], url: str) -> str:
    """Return the address against which the page's links are resolved, the page's own by default."""
    for node in nodes:
        href = node.attributes.get("href")
        if href is not None:
            base = Addresses(url).absolute(href)
            return base if base.startswith(("http://", "https://")) else url
    return url


def refresh_of(content: str, addresses: Addresses) -> str:
    """Return where a refresh tag ("0; url=/home") leads, "" when nowhere."""
    target = content.partition("=")[2].strip("'\" ")
    return addresses.absolute(target) if target else ""


def _line(text: str) -> str:
    return " ".join(text[: 4 * LONGEST].split())[:LONGEST]
