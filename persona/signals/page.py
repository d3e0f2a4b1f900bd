"""One page, parsed once into the facts that signals need."""

from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from persona.signals.blocks import Block, place_of, take_blocks
from persona.signals.dates import dates_of, published_on
from persona.signals.facts import Dated, Form, Heading, Link, Page, Place
from persona.signals.forms import buttons_in, forms_of
from persona.signals.jsonld import read_objects
from persona.signals.language import language_of
from persona.signals.links import Addresses, links_of, one_line, path_of
from persona.signals.meta import base_of, read_meta, refresh_of, title_of
from persona.signals.pagetype import type_of
from persona.signals.source import bounded
from persona.signals.tree import Elements, Kind, by_number, gather, new_elements
from persona.signals.visible import headings_of, join_inline, lines_of, lower_of

__all__ = ["Dated", "Form", "Heading", "Link", "Page", "Place", "read_page"]

_MOST_SCRIPTS: Final = 200
_MOST_ALTS: Final = 500
_MOST_TIMES: Final = 60
_LONGEST_CODE: Final = 35
_SHARED: Final[tuple[Kind, ...]] = ("form", "image", "frame", "script")


def read_page(url: str, html: str | bytes) -> Page:
    """Parse one page; never raises, whatever the page holds."""
    tree = LexborHTMLParser(bounded(html))
    pressed: list[LexborNode] = []
    blocks = take_blocks(tree, pressed)
    main = new_elements()
    root = tree.root
    if root is not None:
        gather(root, by_number(main))
    placed = _placed(blocks, pressed, main)

    addresses = Addresses(base_of(main["base"], url))
    meta = read_meta(main["meta"])
    path = path_of(url)
    title = title_of(main["title"])
    links = links_of(placed, {node.mem_id for node in pressed}, buttons_in(main["form"]), addresses)
    forms = forms_of(main["form"], addresses)
    objects = read_objects(_json_ld(main["script"]))
    times = _times(main["time"])
    if root is not None:
        join_inline(main, root)
    headings = headings_of(main["heading"])
    lines = lines_of(tree.body)
    text = " ".join(lines)
    lower = lower_of(text)
    published = meta.get("article:published_time", "")
    return Page(
        url=url,
        path=path,
        title=title,
        description=meta.get("description") or meta.get("og:description", ""),
        site_name=meta.get("og:site_name") or meta.get("application-name", ""),
        declared_language=_declared(tree),
        language=language_of(lower),
        lines=lines,
        text=text,
        lower=lower,
        words=text.count(" ") + 1 if text else 0,
        headings=headings,
        links=links,
        forms=forms,
        data=objects,
        published=published_on(objects, published, tuple(day for day, _ in times), path),
        dates=dates_of(objects, times),
        alts=_alts(main["image"]),
        generator=meta.get("generator", ""),
        scripts=_sources(main["script"]),
        images=len(main["image"]),
        frames=len(main["frame"]),
        refresh=refresh_of(meta.get("refresh", ""), addresses),
        type=type_of(url, title, headings, objects, published),
    )


def _placed(
    blocks: list[Block], pressed: list[LexborNode], main: Elements
) -> dict[Place, list[LexborNode]]:
    """Return the links by place: of menus, of the page and its hidden blocks, of footers.

    ``pressed`` has the elements with the role of a button, among them some that are no links.
    The forms, images, frames and scripts of the blocks are added to those of the page.
    """
    found: dict[Place, list[LexborNode]] = {"nav": [], "main": list(main["link"]), "footer": []}
    shared: Elements = {kind: main[kind] for kind in _SHARED}
    lists = {place: by_number({**shared, "link": nodes}) for place, nodes in found.items()}
    for block in blocks:
        gather(block.root, lists[block.place])
    places = {block.root.mem_id: block.place for block in blocks}
    for node in pressed:
        if node.tag not in ("a", "button"):
            found[place_of(node, places)].append(node)
    return found


def _declared(tree: LexborHTMLParser) -> str:
    code = tree.root.attributes.get("lang") if tree.root else None
    return code.strip().lower()[:_LONGEST_CODE] if code else ""


def _json_ld(scripts: list[LexborNode]) -> list[str]:
    """Return the texts of the scripts that are JSON-LD."""
    return [
        node.text()
        for node in scripts
        if (kind := node.attrs.get("type")) and kind.strip().lower() == "application/ld+json"
    ]


def _sources(scripts: list[LexborNode]) -> tuple[str, ...]:
    found = [source for node in scripts if (source := node.attrs.get("src"))]
    return tuple(found[:_MOST_SCRIPTS])


def _alts(images: list[LexborNode]) -> tuple[str, ...]:
    """Return the alternative texts of the images, each once."""
    found = dict.fromkeys(one_line(node.attrs.get("alt")) for node in images[: 4 * _MOST_ALTS])
    return tuple(filter(None, found))[:_MOST_ALTS]


def _times(nodes: list[LexborNode]) -> list[tuple[str, str]]:
    """Return what ``<time>`` elements say for machines, with the words beside each."""
    return [
        (written, _beside(node))
        for node in nodes[:_MOST_TIMES]
        if (written := node.attrs.get("datetime"))
    ]


def _beside(node: LexborNode) -> str:
    """Return the heading or link nearest to a date: the title of the post it belongs to."""
    block = node.parent
    for _ in range(4):
        if block is None or block.tag in ("body", "html", "main"):
            return ""
        beside = block.css_first("h1,h2,h3,h4,h5,h6") or block.css_first("a[href]")
        text = one_line(beside.text(separator=" ")) if beside else ""
        if text:
            return text
        block = block.parent
    return ""
