"""What a page is for, judged from the words of its address and of the link that leads to it.

The words are in ``kindwords``. A section of the path decides ("/blog/…") unless a later one says
it better ("/company/careers"); only where no section is known do the words of the last one count
("/dental-case-studies", "/acme-vs-other").
"""

import re
from functools import lru_cache
from typing import Final, cast

from persona.capture.kindwords import (
    ENTRIES,
    HEADS,
    HOSTS,
    OPENINGS,
    PLAIN,
    SECTIONS,
    SMALL,
    STAYS,
    WITHIN,
)
from persona.vocabulary import ZONE_OF, PageType, Zone

_LOCALE: Final = re.compile(r"[a-z]{2}(?:[-_](?:[a-z]{2}|latn|hans|hant|419))?|global|intl")
_FILE_END: Final = re.compile(r"\.(?:html?|php\d?|aspx?|jsp|cfm|do|shtml|xhtml)$")
_SPLIT: Final = re.compile(r"[^a-z0-9]+")
_NUMBERED: Final = re.compile(r"[?&](?:p|page_id|id|cat|post|product|product_id)=")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:-\d\d?){0,2}")
_SECOND_LEVEL: Final = frozenset(("co", "com", "org", "net", "ac", "gov", "edu", "or", "ne"))
_INDEX: Final = frozenset(("index", "home", "default", "main", "homepage", "start", "welcome"))
_QUERY_KEYS: Final = frozenset(("page", "p", "view", "section", "route", "content"))
_LONGEST: Final = 300
_LONGEST_TEXT: Final = 40
_TITLE_WORDS: Final = 4
_OVERVIEW_DEPTH: Final = 3


def kind_of(url: str, text: str = "") -> PageType:
    """Return what the page at an absolute ``url`` is for, "other" where its words do not tell.

    ``text`` is that of a link to it; it counts where the address says nothing or is vague.
    """
    host, sections = _sections(url[:_LONGEST])
    if not sections and host is None:
        return "other" if _NUMBERED.search(url) else "home"
    label = _of_sections(host, sections)
    if text and (label is None or label in PLAIN) and len(text) <= _LONGEST_TEXT:
        label = _exact(_slug(text.lower())) or label
    if sections and (label is None or label in PLAIN):
        label = _of_words(sections[-1]) or label
    return cast(PageType, PLAIN.get(label, label)) if label else "other"


def is_overview(url: str) -> bool:
    """Return whether an address names a section as a whole ("/blog/"), not one page within it."""
    host, sections = _sections(url[:_LONGEST])
    if not sections:
        return host is not None
    return len(sections) <= _OVERVIEW_DEPTH and _exact(sections[-1]) is not None


def zone_of(kind: PageType) -> Zone | None:
    """Return the zone of the website that a kind of page belongs to, None for legal and other."""
    return ZONE_OF[kind]


@lru_cache(maxsize=256)
def _sections(url: str) -> tuple[str | None, tuple[str, ...]]:
    """Return what the host's first label says, and the path's sections without language marks."""
    lower = url.lower()
    rest = lower[lower.find("//") + 2 :] if "//" in lower else lower
    rest, _, query = rest.partition("#")[0].partition("?")
    host, _, path = rest.partition("/")
    names = [_FILE_END.sub("", part) for part in path.split("/") if part]
    if names and names[-1] in _INDEX:
        names.pop()
    if query:
        names += _named_in(query)
    first = 0
    while first < len(names) and names[first] not in SECTIONS and _LOCALE.fullmatch(names[first]):
        first += 1
    return _of_host(host), tuple(name for name in names[first:] if name)


def _named_in(query: str) -> list[str]:
    """Return the sections that a query names ("?page=about")."""
    pairs = (pair.partition("=") for pair in query.split("&")[:8])
    return [value for key, _, value in pairs if key in _QUERY_KEYS and value.isalpha()]


@lru_cache(maxsize=1024)
def _of_host(host: str) -> str | None:
    """Return what a subdomain is for ("blog.example.com"), None for the main site."""
    labels = host.partition(":")[0].split(".")
    national = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return HOSTS.get(labels[0]) if len(labels) > (3 if national else 2) else None


def _of_sections(host: str | None, sections: tuple[str, ...]) -> str | None:
    """Return what the host and the sections say together, None when none is known."""
    label, at = host, -1
    for place, section in enumerate(sections):
        named = _exact(section)
        if named is None:
            if label is None and _YEAR.fullmatch(section):
                label, at = "article", place
        elif label is None or named == label or named in WITHIN.get(label, ()):
            label, at = named, place
    if label in ENTRIES and at + 1 < len(sections) and sections[at + 1] not in STAYS:
        return ENTRIES[label]
    return label


@lru_cache(maxsize=4096)
def _exact(section: str) -> str | None:
    """Return what one section is when all of its words are known together."""
    label = SECTIONS.get(section)
    if label is None and not section.isalpha():
        label = SECTIONS.get(_slug(section))
    return label


def _slug(text: str) -> str:
    """Return the words that carry meaning, joined by hyphens."""
    words = [word for word in _SPLIT.split(text) if word]
    return "-".join([word for word in words if word not in SMALL] or words)


@lru_cache(maxsize=4096)
def _of_words(section: str) -> str | None:
    """Return what the words of an unknown section suggest, None when nothing."""
    words = [word for word in _SPLIT.split(section) if word]
    if len(words) < 2:
        return None
    if "vs" in words or "versus" in words or words[-1] in ("alternative", "alternatives"):
        return "product"
    if words[-1] == "us":
        return "about"
    numbered = words[0].isdigit() and len(words[0]) < 3
    if len(words) > 2 and (numbered or words[0] in OPENINGS):
        return "article"
    if len(words) > _TITLE_WORDS:
        return None
    if words[1] in ("at", "with", "in"):
        return HEADS.get(words[0])
    return HEADS.get("-".join(words[-2:])) or HEADS.get(words[-1])
