"""Family "leaders": who leads sales and marketing, and the direction that leaders put a name to."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final, Literal, NamedTuple

from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.page import Page
from persona.signals.shares import distinct, log_count, per_thousand
from persona.signals.site import Rule, SiteFacts
from persona.signals.terms import TermLists
from persona.signals.titles import job_words
from persona.signals.written_dates import written_days

Field = Literal["sales", "marketing", "product"]

SALES_ONLY, UNDER_SALES, AT_THE_TOP = 1.0, 2.0, 3.0
FEWEST_LEADERS: Final = 3
"""Leaders a page must name for the absence of one of them to mean something."""
MONTHS_BACK: Final = 24

_CHIEF, _DIRECTOR, _MANAGER = 3, 2, 1
_RANKS: Final = (("vice", 2), ("chief", 3), ("director", 2), ("manager", 1))
"""In the order of looking: a vice president is no president, a managing director no director."""

_MOST_WORDS: Final = 12
_MOST_LINES: Final = 2000
_AHEAD: Final = 2
_MOST_SENTENCES: Final = 500
_EDGE: Final = 400
"""Characters at the beginning and the end of a post where it is signed and dated."""

_YEAR = re.compile(r"20[2-9]\d(?![\d,%/]|\.\d)")
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?=\S)[^.!?]*)*")
_BREAK = re.compile(r"[.;]\s+")
_AMOUNT = re.compile(r"[£$€]\s?\d|\d\s?%")
_NO_YEAR_AFTER: Final = frozenset("0123456789.,/#£$€-")
_NAME = re.compile(r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]*){1,3}")


class Leader(NamedTuple):
    """A line that gives a person's post: rank 3 chief, 2 director, 1 manager."""

    rank: int
    fields: frozenset[Field]
    name: str
    quote: Quote


def leadership(site: SiteFacts) -> Found | Missing:
    """W34: 1 sales led alone, 2 marketing led under sales, 3 marketing led at the top."""
    leaders = _leaders(site)
    sales = max((each.rank for each in leaders if "sales" in each.fields), default=0)
    marketing = max((each.rank for each in leaders if each.fields == {"marketing"}), default=0)
    product = max((each.rank for each in leaders if each.fields == {"product"}), default=0)
    joint = [each for each in leaders if {"sales", "marketing"} <= each.fields]
    if len(leaders) < FEWEST_LEADERS or not (sales or marketing or product == _CHIEF):
        return Missing("no leadership page names who leads sales or marketing")
    top = max(marketing, product if product == _CHIEF else 0)
    if top >= max(sales, _DIRECTOR):
        return Found(AT_THE_TOP, _proof(leaders, "marketing", "product", "sales"))
    if joint or (marketing and sales):
        return Found(UNDER_SALES, _proof(leaders, "marketing", "sales"))
    if sales:
        return Found(SALES_ONLY, _proof(leaders, "sales"))
    return Missing("no leadership page names who leads sales or marketing")


def signed_direction(site: SiteFacts) -> Found | Missing:
    """W55: dated posts signed by leaders with a year ahead and money or people behind it."""
    pages = [(page, proof) for page in site.within("Z1", "Z3") if (proof := _directed(page, site))]
    if not pages and site.today is None and not any(page.published for page in site.pages):
        return Missing("it is not known when its pages were written")
    names = tuple(each.name.lower() for each in _leaders(site) if each.rank == _CHIEF and each.name)
    quotes = [proof for page, proof in pages if _signed(page, site, names)]
    return Found(log_count(len(quotes)), distinct(quotes))


def long_range(site: SiteFacts) -> Found | Missing:
    """W56: sentences on an own aim for a year two or more ahead, per 1,000 words."""
    pages = [page for page in site.within("Z1", "Z3") if _first_ahead(page, site)]
    if not pages:
        return Missing("it is not known when its pages were written")
    sentences: dict[str, Quote] = {}
    for page in pages:
        for sentence in _ahead(page, site):
            if _is_specific(sentence.lower(), site.terms) and not _required(page, site.terms):
                sentences.setdefault(sentence, quote(sentence, page.url))
    words = sum(page.words for page in pages)
    return Found(per_thousand(len(sentences), words), distinct(sentences.values()))


def _leaders(site: SiteFacts) -> list[Leader]:
    """Return the posts named on pages about leadership, heads of regions left out."""
    found: dict[str, Leader] = {}
    for page in site.of("leadership", "about"):
        before = ""
        for line in _entries(page):
            if len(line) <= 100 and len(line.split()) <= _MOST_WORDS and not _quoted(line, before):
                leader = _leader(line, before, page, site.terms)
                if leader:
                    found.setdefault(line.lower(), leader)
            before = line
    return list(found.values())


def _entries(page: Page) -> Iterator[str]:
    """Yield the lines of a page; a line that lists several posts is taken apart."""
    for line in page.lines[:_MOST_LINES]:
        pieces = [piece.strip(" .;") for piece in _BREAK.split(line)]
        listed = len(pieces) > 2 and all(len(piece.split()) <= _MOST_WORDS for piece in pieces)
        yield from pieces if listed else [line]


def _leader(line: str, before: str, page: Page, terms: TermLists) -> Leader | None:
    lower = line.lower()
    rank = next((n for name, n in _RANKS if terms[f"leaders.titles.{name}"].within(lower)), 0)
    if not rank or not job_words(terms).can_be_a_title(line):
        return None
    if rank < _CHIEF and terms["leaders.titles.lesser"].within(lower):
        return None
    fields: tuple[Field, ...] = ("sales", "marketing", "product")
    held = {name for name in fields if terms[f"leaders.titles.{name}"].within(lower)}
    if "marketing" in held:
        held.discard("product")
    return Leader(rank, frozenset(held), _name(line, before, terms), quote(line, page.url))


def _name(line: str, before: str, terms: TermLists) -> str:
    """Return the name of who holds a post, before it in its line or in the line above, or ""."""
    for words in (line.partition(",")[0], before):
        if _NAME.fullmatch(words) and not job_words(terms).name_a_job(words):
            return words
    return ""


def _quoted(line: str, before: str) -> bool:
    """Return whether a line names who gave a testimonial: it stands below words in quotes."""
    return any(mark in line for mark in '“”"') or before.endswith(("”", '"', "’"))


def _proof(leaders: list[Leader], *fields: Field) -> tuple[Quote, ...]:
    ranked = sorted(leaders, key=lambda each: -each.rank)
    return distinct(each.quote for field in fields for each in ranked if field in each.fields)


def _first_ahead(page: Page, site: SiteFacts) -> int | None:
    """Return the first year that is well ahead: two after the page was written, and to come."""
    if page.published is None:
        return site.today.year + _AHEAD if site.today else None
    return max(page.published.year + _AHEAD, site.today.year + 1 if site.today else 0)


def _ahead(page: Page, site: SiteFacts) -> Iterator[str]:
    """Yield the sentences of a page on an own aim for a year well ahead."""
    first = _first_ahead(page, site)
    if first is not None and _has_year(page.text, first):
        for sentence in islice(_naming(page, first), _MOST_SENTENCES):
            if _is_own(sentence.lower(), site):
                yield sentence.strip()


def _naming(page: Page, first: int) -> Iterator[str]:
    """Yield the sentences that name a year from ``first`` on."""
    for line in page.lines:
        if _has_year(line, first):
            yield from (each for each in _SENTENCE.findall(line) if _has_year(each, first))


def _has_year(text: str, first: int) -> bool:
    return any(
        int(year.group()) >= first and text[year.start() - 1 : year.start()] not in _NO_YEAR_AFTER
        for year in _YEAR.finditer(text)
    )


def _is_own(lower: str, site: SiteFacts) -> bool:
    """Return whether a sentence states the company's own aim, not a forecast, law or custom."""
    own = site.terms["leaders.W56.own"].within(lower) or site.names_own(lower)
    aim = site.terms["leaders.W56.aim"].within(lower)
    return own and aim and not site.terms["leaders.W56.others"].within(lower)


def _is_specific(lower: str, terms: TermLists) -> bool:
    return bool(_AMOUNT.search(lower)) or terms["leaders.W56.specific"].within(lower)


def _directed(page: Page, site: SiteFacts) -> Quote | None:
    """Return the resource that a dated page puts behind a year ahead, None without one."""
    if next(_ahead(page, site), None) is None or _required(page, site.terms):
        return None
    day = page.published or _dated_at_the_edge(page, site.terms)
    if day is None or (site.today and day < site.today - timedelta(days=MONTHS_BACK * 30.5)):
        return None
    resource = site.terms["leaders.W55.resources"].first(page.lower)
    return quote(page.text, page.url, *resource.span()) if resource else None


def _required(page: Page, terms: TermLists) -> bool:
    """Return whether a page is a report that law or a stock exchange requires."""
    return terms["leaders.W56.statutory"].within(page.lower)


def _dated_at_the_edge(page: Page, terms: TermLists) -> date | None:
    """Return a day written near the beginning or the end of a page, None when there is none."""
    edges = page.lower[:_EDGE], page.lower[-_EDGE:]
    return next((each.day for edge in edges for each in written_days(edge, terms)), None)


def _signed(page: Page, site: SiteFacts, names: tuple[str, ...]) -> bool:
    """Return whether a leader signed a page: by its data, or in a short line of its own.

    A page about the company names its leaders anyway; it is signed if it also says "I".
    """
    if page.zone == "Z1" and not site.terms["leaders.W55.first_person"].within(page.lower):
        return False
    signers, reported = site.terms["leaders.W55.signers"], site.terms["leaders.W55.reported"]
    if any(signers.within(title) or name in names for name, title in _authors(page)):
        return True
    before = ""
    for line in page.lines[:_MOST_LINES]:
        lower = line.lower()
        if len(lower) <= 100 and len(lower.split()) <= _MOST_WORDS and not _quoted(line, before):
            known = lower.removeprefix("by ").startswith(names) if names else False
            if known or (signers.within(lower) and not reported.within(lower)):
                return True
        before = line
    return False


def _authors(page: Page) -> Iterator[tuple[str, str]]:
    """Yield name and post, in lower case, of the authors in a page's data."""
    for item in page.data:
        given = item.get("author")
        for author in given if isinstance(given, list) else [given]:
            if isinstance(author, dict):
                yield str(author.get("name", "")).lower(), str(author.get("jobTitle", "")).lower()


RULES: Final[dict[str, Rule]] = {
    "W34": leadership,
    "W55": signed_direction,
    "W56": long_range,
}
