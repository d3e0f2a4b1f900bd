"""The ten controls: what explains a website and must never move the persona."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from math import log1p
from typing import Final

from persona.capture.records import Capture
from persona.observations import Control
from persona.signals.languages import words_by_language
from persona.signals.scope import front_pages, said_on
from persona.signals.shares import per_thousand
from persona.signals.site import SiteFacts
from persona.signals.terms import Terms
from persona.signals.vendors import BUILDERS, GENERATORS, TOOLS

Value = float | str | None

_MARGIN: Final = 1.0
"""By how much the best trade must lead; on labelled companies a smaller lead is a coin toss."""
_FEWEST_WORDS_TO_BUYERS: Final = 3
_CONSUMER_BELOW, _BUSINESS_FROM = 0.4, 0.7
_FIRST_WEB_YEAR: Final = 1993
_MOST_EMPLOYEES: Final = 3_000_000
_TOP, _BOTTOM = 60_000, 20_000
"""Of the first page's source, in characters, that are searched for tools and for a copyright."""
_SAMPLE: Final = 6_000
"""Of the text of a page, in characters, that its trade and buyers are judged by."""
_FRONT_PAGES: Final = 3
"""Pages at most that are looked at for that: of the front, and of its offers."""

_ADDRESS = re.compile(r"/[\w./-]{5,120}")
_NUMBER = re.compile(r"\d[\d.,]*")
_SINCE = re.compile(r"[^0-9<]{0,50}((?:19|20)\d\d)\s{0,3}(?:-|–|—|&ndash;|to)\s{0,3}20\d\d")
_COPYRIGHT: Final = (("©",), ("&copy;",), ("&#169;",), ("copyright", "Copyright", "COPYRIGHT"))


class _Site:
    """A site as the controls look at it: its pages, and what two of them need alike."""

    def __init__(self, facts: SiteFacts, capture: Capture) -> None:
        self.facts = facts
        self.terms = facts.terms
        self.html = capture.pages[0].html if capture.pages else ""

    @cached_property
    def front(self) -> str:
        """What stands first on the pages that show its trade, and the labels of their menus."""
        front, offers = front_pages(self.facts), self.facts.of("product", "solution", "shop")
        pages = tuple(dict.fromkeys((*front[:_FRONT_PAGES], *offers[:_FRONT_PAGES])))
        *texts, labels = said_on(pages)
        return "\n|\n".join((*(text[:_SAMPLE] for text in texts), labels[:_SAMPLE]))

    @cached_property
    def source(self) -> str:
        """The addresses of all scripts, and those in the source of the first page read."""
        scripts = {source for page in self.facts.pages for source in page.scripts}
        return "\n".join(scripts.union(_ADDRESS.findall(self.html[:_TOP])))


def controls(facts: SiteFacts, capture: Capture) -> tuple[Control, ...]:
    """Return the ten controls in the order of the catalogue, None where one is not known."""
    site = _Site(facts, capture)
    return tuple(Control(id_, value=rule(site)) for id_, rule in _RULES.items())


def _trade(site: _Site) -> str | None:
    """K01: the trade whose words the front pages use most, when one clearly leads."""
    names = site.terms.names("controls.K01")
    weights = {name: _weight(site.terms[name], site.front) for name in names}
    best, second = sorted(weights.values(), reverse=True)[:2]
    if best - second < _MARGIN:
        return None
    return max(weights, key=weights.__getitem__).rpartition(".")[2]


def _weight(terms: Terms, said: str) -> float:
    """Return the sum over different wordings of log(1 + occurrences)."""
    wordings = [match.group() for match in terms.matches(said)]
    return sum(log1p(count) for count in Counter(wordings).values()) if wordings else 0.0


def _volume(site: _Site) -> float | None:
    """K02: log(1 + words) of the pages read."""
    return log1p(sum(page.words for page in site.facts.pages)) if site.facts.pages else None


def _builder(site: _Site) -> str | None:
    """K03: the builder that the pages name, or whose scripts and files they use."""
    for page in site.facts.pages:
        named = page.generator.lower()
        if known := next((each for each in GENERATORS if named.startswith(each)), None):
            return known
    source = site.source
    return next((name for part, name in BUILDERS.items() if part in source), None)


def _language(site: _Site) -> str | None:
    """K04: the language that most words are in."""
    words = words_by_language(site.facts)
    del words[""]
    return max(words, key=words.__getitem__) if words.total() else None


def _age(site: _Site) -> float | None:
    """K05: years from the first year that the pages date themselves by to the day of capture."""
    if site.facts.today is None:
        return None
    years = [day.year for day in _days(site.facts)]
    years += _since(site.html[-_BOTTOM:])
    known = [year for year in years if _FIRST_WEB_YEAR <= year <= site.facts.today.year]
    return float(site.facts.today.year - min(known)) if known else None


def _since(bottom: str) -> Iterator[int]:
    """Yield the first years of "© 2004-2024", by the last of each mark in a page's source."""
    for marks in _COPYRIGHT:
        at = max(map(bottom.rfind, marks))
        if at >= 0 and (found := _SINCE.match(bottom, at)):
            yield int(found[1])


def _days(facts: SiteFacts) -> Iterator[date]:
    for page in facts.pages:
        if page.published:
            yield page.published
        yield from (dated.day for dated in page.dates)


def _buyers(site: _Site) -> str | None:
    """K06: whom the front pages speak to."""
    business, consumer = (
        site.terms[f"controls.K06.{name}"].distinct(site.front) for name in ("business", "consumer")
    )
    if business + consumer < _FEWEST_WORDS_TO_BUYERS:
        return None
    share = business / (business + consumer)
    if share >= _BUSINESS_FROM:
        return "business"
    return "consumer" if share <= _CONSUMER_BELOW else "both"


def _tools(site: _Site) -> float | None:
    """K07: trackers, automation, chat and advertising tools found on the pages."""
    if not site.facts.pages:
        return None
    source = site.source
    return float(len({name for part, name in TOOLS.items() if part in source}))


def _images(site: _Site) -> float | None:
    """K08: images per 1,000 words."""
    words = sum(page.words for page in site.facts.pages)
    return per_thousand(sum(page.images for page in site.facts.pages), words) if words else None


def _employees(site: _Site) -> float | None:
    """K09: the employees that the company says it has, the most where it names several numbers."""
    found = [_count(page.data) for page in site.facts.pages]
    staff = site.terms["controls.K09.staff"]
    for page in site.facts.of("about", "leadership", "careers"):
        for match in staff.matches(page.lower):
            number = _NUMBER.search(match.group())
            found.append(_whole(number.group()) if number else None)
    known = [count for count in found if count and 1 < count <= _MOST_EMPLOYEES]
    return float(max(known)) if known else None


def _count(data: tuple[dict[str, object], ...]) -> int | None:
    """Return numberOfEmployees of JSON-LD, a number or an object with one."""
    for each in data:
        stated = each.get("numberOfEmployees")
        if isinstance(stated, dict):
            stated = stated.get("value") or stated.get("minValue")
        if isinstance(stated, (int, str)) and (count := _whole(str(stated))):
            return count
    return None


def _whole(written: str) -> int | None:
    digits = re.sub(r"(?<=\d)[,.](?=\d{3}(?!\d))", "", written.strip()).rstrip(".,")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


def _borrowed(site: _Site) -> float | None:
    """K10: the share of text that other firms have too; needs their pages."""
    return site.facts.corpus.borrowed(site.facts) if site.facts.corpus else None


_RULES: Final[dict[str, Callable[[_Site], Value]]] = {
    "K01": _trade,
    "K02": _volume,
    "K03": _builder,
    "K04": _language,
    "K05": _age,
    "K06": _buyers,
    "K07": _tools,
    "K08": _images,
    "K09": _employees,
    "K10": _borrowed,
}
