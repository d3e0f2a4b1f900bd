"""The posts of a site: its single articles and news, and the titles that its lists show."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Final, Literal, NamedTuple
from weakref import WeakKeyDictionary

from persona.capture.kinds import kind_of
from persona.capture.kindwords import SECTIONS
from persona.observations import Quote
from persona.signals.dated_titles import dated_titles
from persona.signals.findings import quote
from persona.signals.makes import makes_of
from persona.signals.names import pattern_of
from persona.signals.page import Heading, Page
from persona.signals.remembered import once
from persona.signals.site import SiteFacts
from persona.signals.written_dates import day_of_line
from persona.vocabulary import PageType

PostKind = Literal["product", "company", "event", "supplier", "other"]

MOST_POSTS: Final = 1_000
_TYPES: Final[tuple[PageType, ...]] = ("article", "news")
_LEAST_ENTRIES: Final = 3
"""Titles with a link of their own from which on a page is a list."""
_LEAST_WORDS: Final = 80
"""Of a page that is a post by itself."""
_SHORTEST: Final = 3
_LONGEST: Final = 30
"""Words of a title."""
_LEAD: Final = 400
"""Characters of a post, after its title, in which it says what it is about."""
_ALIKE: Final = 40
"""Characters in which a link and the heading it stands for agree."""
_NEAR: Final = 4
"""Lines between a title and its date."""
_TELLING: Final = ("how ", "why ", "what ", "when ", "which ", "who ", "where ")
"""Openings of an article's title, in which a launch or an award is a subject and not a deed."""
_LISTS: Final = ("launch", "product", "company", "event", "maker", "verbs", "duty", "pleased")
_SUFFIX = re.compile(r"\s+[|–—·»]\s+|\s+-\s+")


class Post(NamedTuple):
    """One post: ``lead`` is the beginning of its text in lower case, "" where only listed.

    ``launch`` says whether it announces something new in the offer, its own or a supplier's.
    """

    title: str
    lead: str
    day: date | None
    page: Page
    kind: PostKind
    launch: bool

    def quote(self) -> Quote:
        """Return the post's title as a quote."""
        return _found_in(self.page, self.title)


_LISTED: WeakKeyDictionary[SiteFacts, dict[int, dict[str, date | None]]] = WeakKeyDictionary()


@once
def posts(site: SiteFacts) -> tuple[Post, ...]:
    """Return the posts of a site, each once, at most 1,000; found once for all rules.

    What listed companies must publish (results, dealings in shares) is left out.
    """
    judge = _Judge(site)
    found: dict[str, Post] = {}
    for title, lead, day, page in _pieces(site):
        key = " ".join(title.lower().split())
        post = judge.post(title, lead, day, page)
        if post is not None and (key in found or len(found) < MOST_POSTS):
            found[key] = _fuller(found.get(key), post)
    return tuple(found.values())


def _fuller(one: Post | None, other: Post) -> Post:
    """Return the post that was read rather than listed, with the day that either gives."""
    if one is None:
        return other
    best, rest = (one, other) if one.lead else (other, one)
    return best._replace(day=best.day or rest.day)


def own_title(page: Page) -> str:
    """Return a page's first heading of level 1, or its title without the company's name."""
    for heading in page.headings:
        if heading.level == 1 and heading.text:
            return heading.text
    return max(_SUFFIX.split(page.title), key=len, default="").strip()


def title_quote(page: Page) -> Quote:
    """Return a page's title as it stands on the page, or else the page's first words."""
    return _found_in(page, own_title(page))


def _found_in(page: Page, title: str) -> Quote:
    if title in page.text or any(title == heading.text for heading in page.headings):
        return quote(title, page.url)
    return quote(page.text, page.url, 0, min(len(page.text), 100))


def is_list(page: Page, site: SiteFacts) -> bool:
    """Return whether a page of articles or news is a list of posts, not one post."""
    if len(_listed(page, site)) < _LEAST_ENTRIES:
        return page.words < _LEAST_WORDS
    return len(own_title(page).split()) < _SHORTEST or _is_section(page)


def _is_section(page: Page) -> bool:
    """Return whether the address ends with a section's name ("/blog/", "/news/page/2")."""
    parts = [part for part in page.path.lower().split("/") if part and not part.isdigit()]
    return not parts or parts[-1].partition(".")[0] in SECTIONS or "page" in parts[-1:]


def _pieces(site: SiteFacts) -> Iterator[tuple[str, str, date | None, Page]]:
    """Yield title, lead and day of each post, with the page that shows it."""
    for page in site.of(*_TYPES):
        if is_list(page, site):
            for title, day in _listed(page, site).items():
                yield title, "", day, page
        else:
            title = own_title(page)
            if title:
                yield title, _lead(page, title), page.published or _own_day(page, site), page


def _listed(page: Page, site: SiteFacts) -> dict[str, date | None]:
    """Return the titles of posts that a page lists, with their days; found once for all rules.

    They lead to pages of their own, or, in a section's list, stand beside days.
    """
    seen = _LISTED.setdefault(site, {})
    if id(page) not in seen:
        seen[id(page)] = _list_of(page, site)
    return seen[id(page)]


def _list_of(page: Page, site: SiteFacts) -> dict[str, date | None]:
    linked = _linked(page)
    dated = dated_titles(page, site.terms) if _is_section(page) else {}
    if len(dated) > len(linked):
        return dict(dated)
    days = _days(page, site, linked) if len(linked) >= _LEAST_ENTRIES else {}
    return {title: days.get(title.lower()) for title in linked}


def _lead(page: Page, title: str) -> str:
    start = max(page.lower.find(title.lower()), 0)
    return page.lower[start + len(title) : start + len(title) + _LEAD].strip() or " "


def _own_day(page: Page, site: SiteFacts) -> date | None:
    """Return the day written among the first lines of a post."""
    days = (day_of_line(line, site.terms) for line in page.lines[:12])
    return next((day for day in days if day is not None), None)


def _linked(page: Page) -> tuple[str, ...]:
    """Return the titles of posts that a page leads to: linked headings, or else plain links."""
    titles: dict[str, Heading] = {}
    for heading in page.headings:
        if _SHORTEST <= len(heading.text.split()) <= _LONGEST:
            titles.setdefault(heading.text[:_ALIKE].lower(), heading)
    found: dict[str, None] = {}
    for link in page.links:
        named = titles.get(link.text[:_ALIKE].lower()) if link.place == "main" else None
        if named is not None and link.url.split("?")[0].rstrip("/") != page.url.rstrip("/"):
            found[named.text] = None
    if len(found) < _LEAST_ENTRIES and _is_section(page):
        found.update(dict.fromkeys(_plain_links(page)))
    return tuple(found)


def _plain_links(page: Page) -> Iterator[str]:
    """Yield the words of the first link to each article or news page."""
    seen: set[str] = set()
    for link in page.links:
        titled = link.place == "main" and _SHORTEST < len(link.text.split()) <= _LONGEST
        if titled and link.url not in seen and kind_of(link.url) in _TYPES:
            seen.add(link.url)
            yield link.text


def _days(page: Page, site: SiteFacts, linked: tuple[str, ...]) -> dict[str, date]:
    """Return the days that stand beside the titles of a list, by title in lower case."""
    found = {each.text.lower(): each.day for each in page.dates if each.text}
    titles = {title.lower() for title in linked}
    if titles & found.keys():
        return found
    lines = [line.lower() for line in page.lines]
    first = next((at for at, line in enumerate(lines) if line in titles), len(lines))
    step = 0
    for number, line in enumerate(page.lines):
        day = day_of_line(line, site.terms)
        if day is not None:
            step = step or (-1 if first <= number else 1)
            title = _nearest(lines, titles, number, step)
            found.setdefault(title, day)
    return found


def _nearest(lines: list[str], titles: set[str], number: int, step: int) -> str:
    """Return the title nearest to a date's line, looking one way only; "" when none is near."""
    near = lines[number : number + _NEAR] if step > 0 else lines[max(number - _NEAR, 0) : number]
    return next((line for line in near[::step] if line in titles), "")


class _Judge:
    """Judges what a post is about; its own and other names are those of the site."""

    def __init__(self, site: SiteFacts) -> None:
        self._site = site
        self._terms = {name: site.terms[f"news.posts.{name}"] for name in _LISTS}

    @cached_property
    def _makes(self) -> re.Pattern[str]:
        return pattern_of(makes_of(self._site))

    def post(self, title: str, lead: str, day: date | None, page: Page) -> Post | None:
        """Return the post with its kind, None for a duty of listed companies."""
        lower = title.lower()
        if self._terms["duty"].within(lower):
            return None
        kind = self._kind(title, lower, lead, page)
        launch = kind in ("product", "supplier") and self._terms["launch"].within(lower)
        return Post(title, lead, day, page, kind, launch)

    def _kind(self, title: str, lower: str, lead: str, page: Page) -> PostKind:
        own = self._site.names_own(lower)
        if page.type == "article" and lower.startswith(_TELLING):
            return "product" if own else "other"
        if self._is_suppliers(title, lower):
            return "supplier"
        if self._terms["event"].within(lower):
            return "event"
        if self._terms["company"].within(lower):
            return "company"
        if own or self._terms["launch"].within(lower) or self._terms["product"].within(lower):
            return "product"
        return "company" if self._terms["pleased"].within(lead) else "other"

    def _is_suppliers(self, title: str, lower: str) -> bool:
        """Return whether a title's subject is a maker's product.

        "Now stocking …" says so; "Makita launches …" does where the site offers that make, and so
        does any other title with a make of its line card.
        """
        if self._makes.search(title.lower()) and not self._site.names_own(title.lower()):
            return True
        maker = self._terms["maker"].first(lower)
        if maker is not None:
            after = title[maker.end() :].strip()
            if after[:1].isupper() and not self._site.names_own(after.lower()[:40]):
                return True
        verb = self._terms["verbs"].first(lower)
        if verb is None:
            return False
        subject = title[: verb.start()].strip(" :,'’\"“")
        if not subject[:1].isupper() or self._site.names_own(subject.lower()):
            return False
        return len(subject.split()) <= 4 and self._offers(subject.lower())

    def _offers(self, make: str) -> bool:
        """Return whether the pages of the offer name a make."""
        whole = re.compile(rf"(?<![^\W_]){re.escape(make)}(?![^\W_])")
        offer = self._site.of("product", "shop", "partners", "home", "about", "solution")
        return any(make in page.lower and whole.search(page.lower) for page in offer) or any(
            whole.fullmatch(alt.lower()) for page in offer for alt in page.alts
        )
