"""The forms of a page: what they ask for and where they lead."""

from typing import Final

from selectolax.lexbor import LexborNode

from persona.signals.facts import Form
from persona.signals.links import Addresses, one_line

MOST_FORMS: Final = 50
MOST_CONTROLS: Final = 2000
MOST_CHOICES: Final = 60
LONGEST_NAMES: Final = 2000
_CONTROLS: Final = "input,textarea,select,button,label,option"
_UNFILLED: Final = frozenset(("hidden", "submit", "button", "image", "reset", "search"))
_PRESSED: Final = frozenset(("submit", "button", "image"))
_SEARCH: Final = frozenset(("s", "q", "query", "search", "keyword", "keywords"))


def forms_of(nodes: list[LexborNode], addresses: Addresses) -> tuple[Form, ...]:
    """Return the forms, at most 50."""
    return tuple(_form(node, addresses) for node in nodes[:MOST_FORMS])


def buttons_in(nodes: list[LexborNode]) -> set[int]:
    """Return the memory ids of the buttons and links that look like one inside forms."""
    return {
        button.mem_id
        for node in nodes[:MOST_FORMS]
        for button in node.css("button,[role=button]")[:MOST_CONTROLS]
    }


def _form(form: LexborNode, addresses: Addresses) -> Form:
    fields, submit = 0, ""
    names: list[str] = []
    choices: list[str] = []
    radios: set[str] = set()
    for node in form.css(_CONTROLS)[:MOST_CONTROLS]:
        tag = node.tag
        if tag == "option":
            if len(choices) < MOST_CHOICES and (choice := one_line(node.text(separator=" "))):
                choices.append(choice)
            continue
        if tag == "label":
            names.append(one_line(node.text(separator=" ")))
            continue
        attributes = node.attributes
        kind = (attributes.get("type") or ("submit" if tag == "button" else "text")).lower()
        if tag in ("input", "button") and kind in _PRESSED:
            submit = submit or _pressed(node, attributes)
        elif _is_filled_in(tag or "", kind, attributes, radios):
            fields += 1
            names += [
                one_line(attributes.get(key)) for key in ("name", "placeholder", "aria-label")
            ]
    return Form(
        action=addresses.absolute(form.attributes.get("action") or ""),
        fields=fields,
        names=" ".join(filter(None, names)).lower()[:LONGEST_NAMES],
        submit=submit,
        choices=tuple(choices),
    )


def _is_filled_in(tag: str, kind: str, attributes: dict[str, str | None], radios: set[str]) -> bool:
    """Return whether a visitor fills a control in; the radio buttons of one name count once."""
    name = (attributes.get("name") or "").lower()
    if tag == "button" or kind in _UNFILLED or name in _SEARCH:
        return False
    if kind == "radio":
        if name in radios:
            return False
        radios.add(name)
    return True


def _pressed(node: LexborNode, attributes: dict[str, str | None]) -> str:
    """Return the words on a button."""
    return one_line(node.text(separator=" ") or attributes.get("value") or attributes.get("alt"))
