"""The facts of one page, in the form in which the rules see them."""

from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec

from persona.vocabulary import ZONE_OF, PageType, Zone

Place = Literal["main", "nav", "footer"]


class Link(NamedTuple):
    """A link: ``url`` absolute without fragment (mailto: and tel: as they are).

    ``text`` is its text, or its label or image's alternative text, at most 200 characters;
    ``place`` "nav" covers header and menus; ``button`` whether it looks like a button
    (role=button, or a class with btn, button or cta), buttons outside forms included (url "").
    """

    url: str
    text: str
    place: Place
    button: bool


class Form(NamedTuple):
    """A form: ``fields`` counts what a visitor fills in; hidden, submit and search excluded.

    ``names`` holds names, labels and placeholders in lower case; ``submit`` the text of its
    button; ``choices`` the options of its selects, at most 60.
    """

    action: str
    fields: int
    names: str
    submit: str
    choices: tuple[str, ...]


class Heading(NamedTuple):
    """A heading of level 1 to 6 outside menus and footer."""

    level: int
    text: str


class Dated(NamedTuple):
    """A day given on the page, with the words it stands beside (a title in a list of posts)."""

    day: date
    text: str


class Page(msgspec.Struct, frozen=True, eq=False):
    """The facts of one page.

    ``lines`` is the visible text without navigation, header, footer, cookie and legal blocks,
    one piece of text per line; ``text`` the same with single spaces; ``lower`` the same in lower
    case, character for character as long as ``text``. ``words`` counts the words of ``text``.
    ``data`` holds the JSON-LD objects, flattened and bounded. ``published`` is the page's own
    date. ``language`` is an ISO 639-1 code judged from the words, "" when too few. ``scripts``
    are the addresses of scripts as written; ``refresh`` is where a refresh tag leads, "" when
    nowhere.
    """

    url: str
    path: str
    title: str
    description: str
    site_name: str
    declared_language: str
    language: str
    lines: tuple[str, ...]
    text: str
    lower: str
    words: int
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    forms: tuple[Form, ...]
    data: tuple[dict[str, Any], ...]
    published: date | None
    dates: tuple[Dated, ...]
    alts: tuple[str, ...]
    generator: str
    scripts: tuple[str, ...]
    images: int
    frames: int
    refresh: str
    type: PageType

    @property
    def zone(self) -> Zone | None:
        """The zone of the website that the page belongs to; None for legal and other pages."""
        return ZONE_OF[self.type]
