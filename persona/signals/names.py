"""The names that are a company's own: its brands and its products, as against other makers'."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

from persona.signals.jsonld import types_of
from persona.signals.page import Page

MOST_PRODUCTS: Final = 200
_SHORTEST: Final = 3
_LONGEST: Final = 40
_MOST_WORDS: Final = 5
_LEAST_SPELT: Final = 5
_LONGEST_OPENING: Final = 1000
_MOST_OPENINGS: Final = 10
_SEPARATOR = re.compile(r"\s[|\-–—:·•»>~]+\s|\s*[|»•]\s*|: ")
_LEGAL_FORM = re.compile(
    r"[\s,]+(?:inc|llc|ltd|limited|corp|corporation|co|company|gmbh|ag|ab|as|oy|bv|b\.v|sa|s\.a|"
    r"srl|s\.r\.l|spa|plc|pty|llp|lp)\.?$"
)
_MARKS = re.compile(r"[®™©℠]")
_LETTERS = re.compile(r"[^\W\d_]")
_SYMBOLS = re.compile(r"[\W_]+")
_NAMED: Final = frozenset(("Organization", "Corporation", "LocalBusiness", "WebSite", "Brand"))
_COMMON: Final = """
    home homepage welcome blog news shop store about contact website site official products
    product services solutions careers support untitled index main login search online
    company team features pricing overview resources
"""
_NO_NAME: Final = frozenset(_COMMON.split())


def brands_of(domain: str, pages: tuple[Page, ...]) -> tuple[str, ...]:
    """Return the company's own names in lower case, longest first, at least three letters each.

    From the domain's label, also as the pages spell it; the site name in the meta data; the name
    of the organisation in JSON-LD of the home page; and the part that titles share.
    """
    label = domain.lower().split(".")[0]
    names = {label, label.replace("-", " ")}
    for page in pages:
        names.add(page.site_name)
        if page.type in ("home", "about"):
            names.update(_text(item.get("name")) for item in page.data if _is_own(item, domain))
    openings = [f"{page.title}\n{page.text[:_LONGEST_OPENING]}" for page in pages]
    names.update(_spelt(label, "\n".join(openings[:_MOST_OPENINGS])))
    names.update(_from_titles([page.title for page in pages], label))
    return _longest_first(filter(None, map(_brand, names)))


def products_of(pages: tuple[Page, ...], brands: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of its own products in lower case, longest first, at most 200.

    From JSON-LD of type Product without a foreign brand, and from headings of product pages that
    read like a name rather than a kind of thing, without a foreign brand in them.
    """
    foreign: set[str] = set()
    named: set[str] = set()
    for page in pages:
        for item in page.data:
            if "Product" in types_of(item):
                brand = _brand(_text(item.get("brand")))
                if brand and not _same(brand, brands):
                    foreign.add(brand)
                else:
                    named.add(_text(item.get("name")))
    for page in pages:
        if page.type in ("product", "pricing"):
            named.update(each.text for each in page.headings if each.level == 1)
    whole = "\n".join(page.text for page in pages)
    found = {
        name
        for text in named
        if (name := _product(text, brands, whole)) and not _mentions(name, foreign)
    }
    return _longest_first(found)[:MOST_PRODUCTS]


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the names in lower-case text, at word boundaries."""
    either = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])" if either else r"(?!)")


def _from_titles(titles: list[str], label: str) -> Iterator[str]:
    """Yield the parts that at least half of the titles share, and those that spell the label."""
    parts = Counter(
        part
        for title in titles
        for part in {piece.strip() for piece in _SEPARATOR.split(title.lower())}
    )
    least = max(2, len(titles) / 2)
    for part, count in parts.items():
        spelt = _SYMBOLS.sub("", _without_form(part))
        if count >= least or (spelt and spelt == _SYMBOLS.sub("", label)):
            yield part


def _spelt(label: str, text: str) -> list[str]:
    """Return how a text spells a domain's label in several words ("steamdeck": "Steam Deck")."""
    letters = _SYMBOLS.sub("", label)
    if not _LEAST_SPELT <= len(letters) <= _LONGEST or letters not in _SYMBOLS.sub(
        "", text.lower()
    ):
        return []
    spelling = re.compile(r"[ \-'’.&]{0,3}".join(map(re.escape, letters)), re.IGNORECASE)
    return [match.group() for match in spelling.finditer(text)][:3]


def _is_own(item: dict[str, Any], domain: str) -> bool:
    """Return whether a JSON-LD object is about the company itself."""
    url = _text(item.get("url"))
    return bool(_NAMED.intersection(types_of(item))) and (not url or domain in url.lower())


def _text(value: object) -> str:
    """Return a JSON-LD value that may be a name, an object with a name, or a list of these."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _brand(name: str) -> str | None:
    """Return a name in lower case without its legal form, None when it is no usable name."""
    name = _without_form(" ".join(_MARKS.sub("", name[:200]).lower().split()))
    words = name.split()
    usable = (
        len(_LETTERS.findall(name)) >= _SHORTEST
        and len(name) <= _LONGEST
        and len(words) <= _MOST_WORDS
        and not _NO_NAME.issuperset(words)
    )
    return name if usable else None


def _without_form(name: str) -> str:
    return _LEGAL_FORM.sub("", name.strip()).strip(" ,.")


def _same(brand: str, brands: tuple[str, ...]) -> bool:
    """Return whether a brand is one of the company's own, whatever the spaces."""
    spelt = _SYMBOLS.sub("", brand)
    return any(spelt == _SYMBOLS.sub("", own) for own in brands)


def _product(text: str, brands: tuple[str, ...], whole: str) -> str | None:
    """Return a product's name in lower case without the company's, None for a kind of thing.

    A name has a figure or a capital inside a word ("X200", "FlowMaster"), or is written with
    capitals wherever the site speaks of it ("Atlas", but "industrial valves").
    """
    plain = " ".join(_MARKS.sub("", text[:200]).split())
    for own in brands:
        if plain.lower().startswith(f"{own} "):
            plain = plain[len(own) :].strip()
            break
    name = plain.lower()
    words = plain.split()
    if not 1 <= len(words) <= _MOST_WORDS or not _SHORTEST <= len(name) <= _LONGEST:
        return None
    if name in brands or _NO_NAME.issuperset(name.split()):
        return None
    if any(_is_mark(word) for word in words):
        return name
    common = name in whole or any(word.lower() in whole for word in words if word.isalpha())
    return name if plain[:1].isupper() and whole.count(plain) > 2 and not common else None


def _is_mark(word: str) -> bool:
    """Return whether a word has letters and a figure, or a capital after a small letter."""
    letters = [char for char in word if char.isalpha()]
    mixed = any(low.islower() and high.isupper() for low, high in pairwise(word))
    return mixed or (len(letters) > 0 and any(char.isdigit() for char in word))


def _mentions(name: str, foreign: set[str]) -> bool:
    return any(f" {brand} " in f" {name} " for brand in foreign)


def _longest_first(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names), key=lambda name: (-len(name), name)))
