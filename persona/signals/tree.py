"""The elements of a page that carry facts, gathered in one walk over each of its parts."""

from typing import Final, Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

Kind = Literal[
    "link", "form", "image", "frame", "script", "meta", "title", "base", "time", "heading",
    "span", "inline", "comment", "unseen",
]  # fmt: skip
Elements = dict[Kind, list[LexborNode]]

_NAMES: Final[dict[Kind, str]] = {
    "link": "a button",
    "form": "form",
    "image": "img",
    "frame": "iframe frame",
    "script": "script",
    "meta": "meta",
    "title": "title",
    "base": "base",
    "time": "time",
    "heading": "h1 h2 h3 h4 h5 h6",
    "span": "span",
    "inline": "abbr b bdi big cite code em font i mark q s small strong sub sup tt u wbr",
    "unseen": "audio canvas datalist noembed noframes object option select style svg template "
    "textarea video",
}


def _numbers() -> dict[int, Kind]:
    """Return the kind of element for the parser's number of its name."""
    maker = LexborHTMLParser("<p><!-- --></p>")
    numbers: dict[int, Kind] = {
        maker.create_node(name).tag_id: kind
        for kind, names in _NAMES.items()
        for name in names.split()
    }
    comments = maker.css("p")[0].iter(include_text=True)
    for node in comments:
        if node.is_comment_node:
            numbers[node.tag_id] = "comment"
    return numbers


_KIND_OF: Final = _numbers()


def number_of(name: str) -> int:
    """Return the parser's number for the name of an element."""
    return LexborHTMLParser("").create_node(name).tag_id


def new_elements() -> Elements:
    """Return an empty list for each kind of element."""
    return {kind: [] for kind in (*_NAMES, "comment")}


def by_number(elements: Elements) -> dict[int, list[LexborNode]]:
    """Return the lists of elements by the parser's numbers for their names."""
    return {number: elements[kind] for number, kind in _KIND_OF.items() if kind in elements}


def gather(root: LexborNode, lists: dict[int, list[LexborNode]]) -> None:
    """Add the elements from ``root`` on down to their lists, in the order of the page."""
    listed = lists.get
    for node in root.traverse():
        found = listed(node.tag_id)
        if found is not None:
            found.append(node)
