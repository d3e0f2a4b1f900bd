"""An HTML page as a parser sees it, for tests that ask what is on it."""

import re
from html.parser import HTMLParser
from itertools import pairwise

_VOID = frozenset(("meta", "br", "link", "img", "input", "hr", "base", "wbr"))


class Page(HTMLParser):
    """Elements of a page in order, each with its attributes, and the text within it."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._texts: list[list[str]] = []
        self._open: list[int] = []
        self.problems: list[str] = []
        self.feed(content.decode())
        self.close()
        self.problems += [f"<{self.tags[place][0]}> is not closed" for place in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._texts.append([])
        if tag not in _VOID:
            self._open.append(len(self.tags) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self.tags[self._open[-1]][0] != tag:
            self.problems.append(f"</{tag}> closes nothing")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for place in self._open:
            self._texts[place].append(data)

    def named(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of all elements with a name."""
        return [attributes for name, attributes in self.tags if name == tag]

    def texts(self, tag: str, **having: str) -> list[str]:
        """Return the text of all elements with a name and attributes, spaces squeezed."""
        return [
            re.sub(r"\s+", " ", "".join(text)).strip()
            for (name, attributes), text in zip(self.tags, self._texts, strict=True)
            if name == tag and all(attributes.get(key) == value for key, value in having.items())
        ]


def assert_sound(page: Page) -> None:
    """Check that a page is put together as a browser and a screen reader need it.

    Every element is closed, an id stands once, what is named or linked within the page is there,
    and headings go down one level at a time from the only one of the first level.
    """
    assert page.problems == []
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.tags:
        named = attributes.get("aria-labelledby", "").split()
        named += [attributes["href"][1:]] if attributes.get("href", "").startswith("#") else []
        assert set(named) <= set(ids)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def assert_inert(page: Page, links: str = r"(?!)") -> None:
    """Check that nothing on a page runs or is fetched; links out of it match ``links``."""
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & {
        tag for tag, _ in page.tags
    }
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert not {"src", "srcset", "xlink:href"} & set(attributes)
        if tag == "a" and not attributes["href"].startswith("#"):
            assert re.match(links, attributes["href"])
            assert "noreferrer" in attributes["rel"]
    policy = next(one["content"] for one in page.named("meta") if "http-equiv" in one)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not re.search(r"@import|url\((?!#)|http", page.texts("style")[0])
