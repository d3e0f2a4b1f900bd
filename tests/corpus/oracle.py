"""The facts of a page computed a second time, slowly and from their definition.

Built on beautifulsoup4, with none of the code of the fast parser beyond the limits on what is
read, the address of a page's type and the word lists of the language. A page is walked once from
the top, with the state of the elements around each node:

- *unseen* elements and comments have no text, and neither have blocks that are not the page
  itself; something unseen is read as a space, a comment as nothing;
- *inline* elements do not end a line, all others do, before and after; two links or spans that
  touch are two words;
- the *place* of a link is that of the innermost menu, header, footer or notice around it.
"""

import re
from collections import Counter
from typing import Any

from bs4 import CData, Comment, Tag
from bs4.element import NavigableString, PreformattedString

from tests.corpus.oracle_head import Head, attribute, line

_UNSEEN = """
    script style noscript template svg iframe frame select option datalist textarea canvas audio
    video object noframes noembed head title
"""
_INLINE = """
    a span abbr b bdi big cite code em font i mark q s small strong sub sup tt u wbr
"""
_MENU_IDS = """
    nav navigation navbar nav-bar menu main-menu mainmenu main-nav mainnav main-navigation topnav
    top-nav topmenu top-menu primary-menu primary-nav site-navigation leftnav left-nav sidenav
    side-nav mobile-menu mobile-nav breadcrumb breadcrumbs
"""
_HEADER_IDS = "header site-header page-header main-header masthead topbar top-bar"
_FOOTER_IDS = "footer site-footer page-footer main-footer footer-wrapper footerwrapper colophon"
_NOTICE_TAGS = "div section aside p dialog form small span"
UNSEEN, INLINE = set(_UNSEEN.split()), set(_INLINE.split())
MENU_IDS, NOTICE_TAGS = set(_MENU_IDS.split()), set(_NOTICE_TAGS.split())
HEADER_IDS, FOOTER_IDS = set(_HEADER_IDS.split()), set(_FOOTER_IDS.split())
NOTICE = re.compile(
    r"consent|onetrust|gdpr|cookies?[\s_-]?(banner|consent|notice|bar|law|policy|pop|modal|message|"
    r"overlay|info|warning|bot|dialog|alert|container|wrap|settings|preferences)|"
    r"(?<![a-z])(cookies?|disclaimers?|copyright|legal[\s_-]?(notice|text|copy|info))(?![a-z])"
)
BREAK = "\x00"  # no parser lets one through


class Oracle(Head):
    """The facts of one page; ``builder`` is the parser behind beautifulsoup4."""

    def __init__(self, url: str, html: str, builder: str = "lxml") -> None:
        super().__init__(url, html, builder)
        self.blocks = self._blocks()
        self.lines: tuple[str, ...] = ()
        self.headings: list[tuple[int, str]] = []
        self._links: Counter[tuple[str, str, str, bool]] = Counter()
        self.forms: Counter[tuple[Any, ...]] = Counter()
        self.alts: dict[str, None] = {}
        self.scripts: list[str] = []
        self.images = self.frames = 0
        self._walk()

    # ---- what is a block ----

    def _blocks(self) -> dict[int, str]:
        """Return the place of each block by the identity of its element, "hidden" included."""
        found: dict[int, str] = {}
        for tag in self.tags:
            kind = self._kind(tag)
            if kind:
                found[id(tag)] = kind
        for tag in self._outermost():
            if id(tag) not in found and is_notice(
                tag, f"{attribute(tag, 'id')} {attribute(tag, 'class')}"
            ):
                found[id(tag)] = "footer"
        for tag in self.tags:
            if id(tag) not in found and is_hidden(tag):
                found[id(tag)] = "hidden"
        return found

    def _kind(self, tag: Tag) -> str:
        role = attribute(tag, "role").lower()
        name = attribute(tag, "id").lower()
        if tag.name in ("nav", "header", "footer"):
            return place_of_block(tag, tag.name)
        for kind in (ROLES.get(role), id_kind(name)):
            if kind and place_of_block(tag, kind):
                return place_of_block(tag, kind)
        if not id_kind(name) and NOTICE.search(name):
            return "footer" if is_notice(tag, f"{name} {attribute(tag, 'class')}") else ""
        return ""

    def _outermost(self) -> list[Tag]:
        """Return the elements of the two outermost levels of the body, 200 at most."""
        body = self.soup.body
        if body is None:
            return []
        level: list[Tag] = [body]
        found: list[Tag] = []
        for _ in range(2):
            level = [child for parent in level for child in parent.find_all(True, recursive=False)][
                : 200 - len(found)
            ]
            found += level
        return found

    # ---- the walk ----

    def _walk(self) -> None:
        tokens: list[str] = []
        for tag in self.tags:
            if not self._gone(tag):
                self._collect(tag)
        if self.soup.html is not None:
            self._text(self.soup.html, tokens)
        self.lines = as_lines(tokens)

    def _collect(self, tag: Tag) -> None:
        name = tag.name
        if name == "a" or name == "button" or attribute(tag, "role") == "button":
            self._link(tag)
        if name == "form":
            self._form(tag)
        elif name == "img":
            self.images += 1
            alt = line(attribute(tag, "alt"))
            if alt:
                self.alts[alt] = None
        elif name in ("iframe", "frame"):
            self.frames += 1
        elif name == "script" and attribute(tag, "src"):
            self.scripts.append(attribute(tag, "src"))
        elif re.fullmatch("h[1-6]", name) and not self._dark(tag):
            tokens: list[str] = []
            self._text(tag, tokens)
            text = " ".join(as_lines(tokens))[:300]
            if text:
                self.headings.append((int(name[1]), text))

    def _dark(self, tag: Tag) -> bool:
        """Return whether nothing inside an element is read."""
        return any(node.name in UNSEEN or id(node) in self.blocks for node in (tag, *tag.parents))

    def _text(self, root: Tag, tokens: list[str]) -> None:
        """Add the text of an element to ``tokens``, with a break around all that end a line."""
        stack: list[Any] = list(reversed(root.contents))
        while stack:
            node = stack.pop()
            if isinstance(node, str) and not isinstance(node, NavigableString):
                tokens.append(node)
            elif isinstance(node, NavigableString):
                if not isinstance(node, PreformattedString) or isinstance(node, CData):
                    tokens.append(str(node))
            elif id(node) in self.blocks:
                tokens.append(" ")
            elif node.name in UNSEEN:
                tokens.append(" " if node.next_sibling else "")
            else:
                after = " " if touches(node) else ""
                inline = node.name in INLINE
                tokens.append("" if inline else BREAK)
                stack.append(after if inline else BREAK)
                stack.extend(reversed(node.contents))

    # ---- links and forms ----

    def _place(self, tag: Tag) -> str:
        places = [self.blocks.get(id(node), "hidden") for node in (tag, *tag.parents)]
        known = [place for place in places if place != "hidden"]
        if "footer" in known:
            return "footer"
        return known[0] if known else "main"

    def _shown(self, tag: Tag) -> str:
        """Return the text inside a link, hidden blocks left out."""
        words = []
        for node in tag.find_all(string=True):
            around = list(node.parents)
            inside = around[: around.index(tag)]
            skipped = any(id(each) in self.blocks or each.name == "noscript" for each in inside)
            if not skipped and not isinstance(node, PreformattedString):
                words.append(str(node))
        return " ".join(" ".join(words).split())[:200]

    def _link(self, tag: Tag) -> None:
        has_target = tag.name == "a" and tag.has_attr("href")
        button = tag.name == "button" or attribute(tag, "role").lower() == "button"
        if not has_target and (not button or self._form_around(tag)):
            return
        classes = attribute(tag, "class").lower()
        if tag.name == "a":
            button = button or bool(re.search(r"btn|button|(?<![a-z])cta(?![a-z])", classes))
        text = self._shown(tag) or line(attribute(tag, "aria-label"))
        text = text or line(attribute(tag, "title"))
        if not text:
            images = [each for each in tag.find_all("img", alt=True) if self._belongs(each, tag)]
            text = line(attribute(images[0], "alt")) if images else ""
        url = self.absolute(attribute(tag, "href")) if has_target else ""
        self._links[(url, text, self._place(tag), button)] += 1

    @property
    def links(self) -> Counter[tuple[str, str, str, bool]]:
        return self._links

    def _form_around(self, tag: Tag) -> bool:
        for node in (tag, *tag.parents):
            if node.name == "form":
                return True
            if id(node) in self.blocks:
                return False
        return False

    def _form(self, form: Tag) -> None:
        fields, submit = 0, ""
        names, choices = [], []
        radios = set()
        for tag in form.find_all(["input", "textarea", "select", "button", "label", "option"]):
            if not self._belongs(tag, form):
                continue
            kind = attribute(tag, "type").lower() or ("submit" if tag.name == "button" else "text")
            name = attribute(tag, "name").lower()
            if tag.name == "option":
                choices.append(line(tag.get_text(" ")))
            elif tag.name == "label":
                names.append(self._shown(tag))
            elif tag.name in ("input", "button") and kind in ("submit", "button", "image"):
                words = self._shown(tag) or attribute(tag, "value") or attribute(tag, "alt")
                submit = submit or line(words)
            elif tag.name != "button" and kind not in ("hidden", "reset", "search"):
                if name in ("s", "q", "query", "search", "keyword", "keywords"):
                    continue
                if kind != "radio" or name not in radios:
                    fields += 1
                    names += [
                        line(attribute(tag, k)) for k in ("name", "placeholder", "aria-label")
                    ]
                if kind == "radio":
                    radios.add(name)
        words = " ".join(filter(None, names)).lower()[:2000]
        kept = tuple(filter(None, choices))[:60]
        self.forms[(self.absolute(attribute(form, "action")), fields, words, submit, kept)] += 1

    def _belongs(self, tag: Tag, form: Tag) -> bool:
        """Return whether a control is in the form itself, not in a hidden or other block in it."""
        for node in (tag, *tag.parents):
            if node is form:
                return True
            if id(node) in self.blocks or node.name in ("noscript", "template"):
                return False
        return False


ROLES = {
    "navigation": "nav",
    "search": "nav",
    "menubar": "nav",
    "banner": "header",
    "contentinfo": "footer",
}


def id_kind(name: str) -> str:
    for kind, names in (("nav", MENU_IDS), ("header", HEADER_IDS), ("footer", FOOTER_IDS)):
        if name in names:
            return kind
    return ""


def place_of_block(tag: Tag, kind: str) -> str:
    """Return the place of a menu, header or footer, "" when it is part of the page itself."""
    if tag.name in ("html", "body", "main") or tag.find("main"):
        return ""
    if kind == "footer":
        return "footer"
    if tag.name in ("article", "footer") or tag.find(["article", "footer"]):
        return ""
    if kind == "header":
        if tag.find_parent(["main", "article", "section"]):
            return ""
        for heading in tag.find_all("h1"):
            if heading.get_text(strip=True) and not heading.find_parent("nav"):
                return ""
    return "nav"


def is_notice(tag: Tag, names: str) -> bool:
    return (
        tag.name in NOTICE_TAGS
        and NOTICE.search(names.lower()) is not None
        and tag.find(["h1", "main", "article"]) is None
    )


def is_hidden(tag: Tag) -> bool:
    if tag.name in ("html", "body"):
        return False
    return (
        tag.has_attr("hidden")
        or attribute(tag, "aria-hidden").lower() == "true"
        or re.search(r"display\s*:\s*none", attribute(tag, "style").lower()) is not None
    )


def touches(tag: Tag) -> bool:
    """Return whether a link or span is followed at once by another."""
    after = tag.next_sibling
    while isinstance(after, Comment):
        after = after.next_sibling
    both = ("a", "span")
    return tag.name in both and isinstance(after, Tag) and after.name in both


def as_lines(tokens: list[str]) -> tuple[str, ...]:
    pieces: list[list[str]] = [[]]
    for token in tokens:
        if token == BREAK:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return tuple(text for piece in pieces if (text := " ".join("".join(piece).split())))
