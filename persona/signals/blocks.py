"""The blocks of a page that are not the page itself: menus, header, footer, hidden, notices."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from persona.signals.facts import Place

_BLOCKS: Final = "nav,header,footer,noscript,[role]"
_HIDDEN: Final = '[hidden],[aria-hidden="true" i],[style*="display" i]'
_ROLES: Final[dict[str, str]] = {
    "navigation": "nav",
    "search": "nav",
    "menubar": "nav",
    "banner": "header",
    "contentinfo": "footer",
}
_MENU_IDS: Final = """
    nav navigation navbar nav-bar menu main-menu mainmenu main-nav mainnav main-navigation topnav
    top-nav topmenu top-menu primary-menu primary-nav site-navigation leftnav left-nav sidenav
    side-nav mobile-menu mobile-nav breadcrumb breadcrumbs
"""
_HEADER_IDS: Final = "header site-header page-header main-header masthead topbar top-bar"
_FOOTER_IDS: Final = """
    footer site-footer page-footer main-footer footer-wrapper footerwrapper colophon
"""
_IDS: Final[dict[str, str]] = {
    **dict.fromkeys(_MENU_IDS.split(), "nav"),
    **dict.fromkeys(_HEADER_IDS.split(), "header"),
    **dict.fromkeys(_FOOTER_IDS.split(), "footer"),
}
_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NOTICE = re.compile(
    r"consent|onetrust|gdpr|cookies?[\s_-]?(?:banner|consent|notice|bar|law|policy|pop|modal|message|"
    r"overlay|info|warning|bot|dialog|alert|container|wrap|settings|preferences)|"
    r"(?<![a-z])(?:cookies?|disclaimers?|copyright|legal[\s_-]?(?:notice|text|copy|info))(?![a-z])"
)
_NOTICE_WORDS: Final = ("cookie", "consent", "onetrust", "gdpr", "disclaimer", "copyright", "legal")
_NOTICE_TAGS: Final = frozenset(("div", "section", "aside", "p", "dialog", "form", "small", "span"))
_PAGE: Final = frozenset(("html", "body"))
_TAGS: Final = frozenset(("nav", "header", "footer"))
_SECTIONS: Final = frozenset(("main", "article", "section"))
_MOST_ANCESTORS: Final = 40
_MOST_OUTER: Final = 200
_MOST_BLOCKS: Final = 200


class Block(NamedTuple):
    """A block taken out of the tree, and the place that its links have."""

    root: LexborNode
    place: Place


def take_blocks(tree: LexborHTMLParser, buttons: list[LexborNode]) -> list[Block]:
    """Unlink the blocks that are not the page itself, and return them in the order of the page.

    Elements with the role of a button are added to ``buttons``.

    - menus and site headers: ``nav``, ``header``, and the roles and usual ids for them; no header
      inside main, article or section, none that holds an h1 with text (the hero), and nothing
      that holds the main part or an article;
    - footers: ``footer``, and the roles and usual ids for it; a menu inside counts as footer;
    - notices about cookies and legal matters, by id, and by class among the outermost blocks;
      none that holds an h1, main or article;
    - hidden blocks: ``hidden``, ``aria-hidden=true`` and ``display:none``, apart from the page as
      a whole.

    ``noscript`` is unlinked too and not returned.
    """
    found = _settled([*_menus_and_footers(tree, buttons), *_by_id(tree), *_outer_notices(tree)])
    places = {block.root.mem_id: block.place for block in found}
    for node in tree.css(_HIDDEN):
        if node.mem_id not in places and _is_hidden(node):
            places[node.mem_id] = place_of(node, places)
            found.append(Block(node, places[node.mem_id]))
    for block in found:
        block.root.insert_before(" ")
        block.root.decompose(recursive=False)
    return found


def _settled(blocks: list[Block]) -> list[Block]:
    """Return the blocks, each once, with the place of a menu inside a footer changed to footer."""
    footers: dict[int, Place] = {
        block.root.mem_id: block.place for block in blocks if block.place == "footer"
    }
    settled: dict[int, Block] = {}
    for root, place in blocks:
        inside = place_of(root, footers)
        settled.setdefault(root.mem_id, Block(root, place if inside == "main" else inside))
    return list(settled.values())


def _outer_notices(tree: LexborHTMLParser) -> Iterator[Block]:
    """Yield notices that the class of one of the outermost blocks gives away."""
    nodes = list(_outer(tree.body)) if tree.body else []
    classes = [node.attrs.get("class") or "" for node in nodes]
    if _may_be_notices("\n".join(classes).lower()):
        for node in nodes:
            if _is_notice(node):
                yield Block(node, "footer")


def _may_be_notices(names: str) -> bool:
    """Return whether names in lower case may give a notice away: cheap, and rarely so."""
    return any(word in names for word in _NOTICE_WORDS)


def _menus_and_footers(tree: LexborHTMLParser, buttons: list[LexborNode]) -> Iterator[Block]:
    """Yield menus, headers and footers by their names and roles; unlink noscript."""
    last, checks, unread = 0, _MOST_BLOCKS, False
    for node in tree.css(_BLOCKS):
        if node.mem_id == last:
            continue  # reported once for each part of the selector that it matches
        last = node.mem_id
        tag = node.tag or ""
        if tag == "noscript":
            node.decompose(recursive=False)
            unread = True
            continue
        if unread and "noscript" in _ancestors(node):
            continue
        role = (node.attrs.get("role") or "").lower()
        if role == "button":
            buttons.append(node)
        kind = tag if tag in _TAGS else _ROLES.get(role)
        checks -= kind is not None
        place = _place(node, kind) if kind and checks >= 0 else None
        if place:
            yield Block(node, place)


def _by_id(tree: LexborHTMLParser) -> Iterator[Block]:
    """Yield menus, headers, footers and notices that only their ids give away."""
    nodes = tree.css("[id]")
    names = [(node.id or "").lower() for node in nodes]
    notices = _may_be_notices("\n".join(names))
    if not notices and _IDS.keys().isdisjoint(names):
        return
    checks = _MOST_BLOCKS
    for name, node in zip(names, nodes, strict=True):
        kind = _IDS.get(name)
        named = kind is not None or (notices and _NOTICE.search(name) is not None)
        if not named or node.tag in _TAGS or checks == 0:
            continue
        checks -= 1
        place = _place(node, kind) if kind else None
        if place:
            yield Block(node, place)
        elif not kind and _is_notice(node):
            yield Block(node, "footer")


def place_of(node: LexborNode, places: dict[int, Place]) -> Place:
    """Return the place of an element, given those of the blocks by their memory ids."""
    parent: LexborNode | None = node
    for _ in range(_MOST_ANCESTORS):
        if parent is None:
            break
        place = places.get(parent.mem_id)
        if place:
            return place
        parent = parent.parent
    return "main"


def _place(node: LexborNode, kind: str) -> Place | None:
    """Return the place of a block's links, None when it is part of the page itself."""
    if kind == "notice":
        return "footer"
    if (
        kind == "button"
        or node.tag in ("html", "body", "main")
        or node.css_first("main") is not None
    ):
        return None
    if kind == "footer":
        return "footer"
    if node.css_first("article,footer") is not None:
        return None
    if kind == "header" and (not _SECTIONS.isdisjoint(_ancestors(node)) or _holds_hero(node)):
        return None
    return "nav"


def _ancestors(node: LexborNode) -> Iterator[str]:
    """Yield the names of the elements around a node, 40 at most."""
    parent = node.parent
    for _ in range(_MOST_ANCESTORS):
        if parent is None:
            return
        yield parent.tag or ""
        parent = parent.parent


def _holds_hero(header: LexborNode) -> bool:
    """Return whether a header holds an h1 with text outside its menus."""
    return any(
        heading.text(strip=True) and "nav" not in _ancestors(heading)
        for heading in header.css("h1")[:5]
    )


def _outer(body: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements of the two outermost levels, 200 at most."""
    level = [body]
    left = _MOST_OUTER
    for _ in range(2):
        below = []
        for parent in level:
            child = parent.first_child
            while child is not None and left > 0:
                if child.is_element_node:
                    below.append(child)
                    left -= 1
                child = child.next
        yield from below
        level = below


def _is_notice(node: LexborNode) -> bool:
    """Return whether the names of a block say that it is about cookies or legal matters."""
    names = f"{node.id or ''} {node.attrs.get('class') or ''}".lower()
    return (
        _NOTICE.search(names) is not None
        and node.tag in _NOTICE_TAGS
        and node.css_first("h1,main,article") is None
    )


def _is_hidden(node: LexborNode) -> bool:
    """Return whether a block is hidden by its attributes, and not the page as a whole."""
    attributes = node.attrs
    style = attributes.get("style")
    if (style and _NONE.search(style)) or "hidden" in attributes:
        return node.tag not in _PAGE
    return (attributes.get("aria-hidden") or "").lower() == "true" and node.tag not in _PAGE
