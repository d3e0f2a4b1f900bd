"""What of a page its readers see: its headings and its text, line by line."""

from itertools import chain
from typing import Final

from selectolax.lexbor import LexborNode

from persona.signals.facts import Heading
from persona.signals.tree import Elements, Kind, number_of

MOST_HEADINGS: Final = 1000
LONGEST_HEADING: Final = 300

_UNSEEN: Final[tuple[Kind, ...]] = ("unseen", "script", "frame", "title")
_LOOSE: Final = frozenset(("a", "span"))
_BODY: Final = number_of("body")
_MOST_ANCESTORS: Final = 40
_BREAK: Final = "\x1d"


def join_inline(elements: Elements, root: LexborNode) -> None:
    """Take unseen elements and comments out of the tree, and inline elements from their text.

    Something unseen is read as a space.

    Afterwards every piece of text that is read in one go is one node. Two links or spans that
    touch are read as two words.
    """
    for node in chain(*(elements[kind] for kind in _UNSEEN)):
        if node.next is not None:
            node.insert_before(" ")
        node.decompose(recursive=False)
    for node in elements["comment"]:
        node.decompose(recursive=False)
    links = [node for node in elements["link"] if node.tag == "a"]
    spans = elements["span"]
    for node in (*links, *spans):
        after = node.next
        if after is not None and after.tag in _LOOSE:
            node.insert_after(" ")
    for node in (*links, *spans, *elements["inline"]):
        node.unwrap(delete_empty=True)
    root.merge_text_nodes()


def headings_of(nodes: list[LexborNode]) -> tuple[Heading, ...]:
    """Return the headings that have text and are still in the tree, on one line each."""
    found = []
    for node in nodes[:MOST_HEADINGS]:
        text = " ".join(node.text(separator=" ").split())[:LONGEST_HEADING]
        if text and _is_seen(node):
            found.append(Heading(int((node.tag or "h6")[1]), text))
    return tuple(found)


def _is_seen(node: LexborNode) -> bool:
    """Return whether none of the elements around a node, 40 at most, was taken out of the tree."""
    parent = node.parent
    for _ in range(_MOST_ANCESTORS):
        if parent is None:
            return False
        if parent.tag_id == _BODY:
            return True
        parent = parent.parent
    return True


def lines_of(body: LexborNode | None) -> tuple[str, ...]:
    """Return the text, one line for each piece between two breaks, with single spaces."""
    if body is None:
        return ()
    text = body.text(separator=_BREAK, skip_empty=True)
    return tuple([line for piece in text.split(_BREAK) if (line := " ".join(piece.split()))])


def lower_of(text: str) -> str:
    """Return text in lower case, character for character as long as it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join([low if len(low := char.lower()) == 1 else char for char in text])
