"""The vacancies that a site shows: their titles, the work they are for, and adverts read whole."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from persona.observations import Quote
from persona.signals.findings import quote
from persona.signals.page import Heading, Link, Page
from persona.signals.remembered import once
from persona.signals.site import SiteFacts
from persona.signals.terms import Terms
from persona.signals.titles import JobWords, Role, job_words, roles_of, tidy

SHORTEST_ADVERT: Final = 30
"""In words; less is a teaser, which says nothing about duties."""

MOST_VACANCIES: Final = 300
"""From one source of a page, and per site; a longer list adds nothing to a share."""

_SYSTEMS: Final = (
    "greenhouse.io",
    "lever.co",
    "workable.com",
    "ashbyhq.com",
    "smartrecruiters.com",
    "bamboohr.com",
    "recruitee.com",
    "teamtailor.com",
    "personio.",
    "jobvite.com",
    "icims.com",
    "myworkdayjobs.com",
    "breezy.hr",
    "applytojob.com",
    "pinpointhq.com",
    "taleo.net",
    "successfactors.",
    "paylocity.com",
    "ultipro.com",
    "rippling-ats.com",
    "ats.rippling.com",
    "join.com",
    "hibob.com",
    "jazz.co",
    "recruiterbox.com",
    "catsone.com",
    "freshteam.com",
    "zohorecruit.",
    "linkedin.com/jobs/view",
    "indeed.com/viewjob",
)
"""Hosts of applicant systems; a link there from a careers page is a vacancy."""

_NO_VACANCY = re.compile(
    r"/(?:people|team|blog|stor(?:y|ies)|news|profiles?|in|testimonials?|events?|author)(?:/|$)"
)
_QUOTED = re.compile(r"^[“\"‘]|[”\"’]$")
_LONGEST_TITLE: Final = 200
_LONGEST_ADVERT: Final = 20_000
_MOST_HEADINGS: Final = 1000
_SHORT_HEADING: Final = 4
"""Words of a heading that names a list."""
_DENIED: Final = 25
"""How far before a duty a denial of it may stand, in characters."""


class Advert(NamedTuple):
    """The words of one advert: ``page.text[start:end]``."""

    page: Page
    start: int
    end: int


class Vacancy(NamedTuple):
    """One vacancy; ``url`` is the page where its title stands, ``advert`` None if not read."""

    title: str
    url: str
    roles: frozenset[Role]
    advert: Advert | None = None


class _Sight(NamedTuple):
    """A vacancy as seen on one page; ``target`` is the address of its own page, or ""."""

    title: str
    page: Page
    target: str = ""
    advert: Advert | None = None


@once
def vacancies(site: SiteFacts) -> tuple[Vacancy, ...]:
    """Return the vacancies on a site's careers and job pages, each once, in the order met."""
    words = job_words(site.terms)
    sights: list[_Sight] = []
    for page in site.of("careers"):
        sights += _listed(page, words, site)
    for page in site.of("job"):
        for sight in _advertised(page, words, site):
            _merge(sights, sight)
    return tuple(
        Vacancy(sight.title, sight.page.url, roles_of(sight.title, site.terms), sight.advert)
        for sight in sights[:MOST_VACANCIES]
    )


def duties(advert: Advert, phrases: Terms, denials: Terms) -> dict[str, Quote]:
    """Return the different wordings of phrases that an advert holds, each with a quote.

    A phrase denied just before ("no commission") does not count.
    """
    page, start, end = advert
    lower = page.lower[start:end]
    found: dict[str, Quote] = {}
    for match in phrases.matches(lower):
        if match.group() in found:
            continue
        before = lower[max(match.start() - _DENIED, 0) : match.start()]
        if not denials.within(re.split(r"[.!?;:•]", before)[-1]):
            span = start + match.start(), start + match.end()
            found[match.group()] = quote(page.text, page.url, *span)
    return found


def _listed(page: Page, words: JobWords, site: SiteFacts) -> list[_Sight]:
    """Return the vacancies on a careers page: from its data, links, headings, then lines."""
    kept = [_Sight(title, page) for title in islice(_posted(page), MOST_VACANCIES)]
    links = {link.url: tidy(link.text) for link in page.links if _leads_to_job(link, page, words)}
    _add(kept, (_Sight(title, page, _key(url)) for url, title in links.items()))
    if not site.terms["jobs.titles.closed"].within(page.lower):
        _add(kept, _under_headings(page, words))
        _add(kept, (_Sight(title, page) for title in _in_lines(page, words, site)))
    return kept


def _add(kept: list[_Sight], more: Iterable[_Sight]) -> None:
    """Add what better sources have not given: a heading may be the beginning of a link's text."""
    known = [_plain(sight.title) for sight in kept]
    own: set[str] = set()
    for sight in islice(more, MOST_VACANCIES):
        name = _plain(sight.title)
        position = next((i for i, other in enumerate(known) if _same(name, other)), None)
        if position is None and (sight.target or name not in own):
            own.add(name)
            kept.append(sight)
        elif position is not None:
            old = kept[position]
            kept[position] = old._replace(
                target=old.target or sight.target, advert=old.advert or sight.advert
            )


def _merge(kept: list[_Sight], sight: _Sight) -> None:
    """Put the advert of a job page to the vacancy that a list already names, or add it."""
    key, name = _key(sight.page.url), _plain(sight.title)
    by_address = (i for i, other in enumerate(kept) if other.target == key)
    by_title = (
        i
        for i, other in enumerate(kept)
        if not other.advert and not other.target and _same(name, _plain(other.title))
    )
    position = next(by_address, next(by_title, None))
    if position is None:
        kept.append(sight)
    else:
        kept[position] = sight._replace(target=key)


def _posted(page: Page) -> Iterator[str]:
    """Yield the titles of the job postings in the page's data."""
    for item in page.data:
        kinds, title = item.get("@type"), item.get("title") or item.get("name")
        posting = "JobPosting" in (kinds if isinstance(kinds, list) else [kinds])
        if posting and isinstance(title, str) and tidy(title[:_LONGEST_TITLE]):
            yield tidy(title[:_LONGEST_TITLE])


def _leads_to_job(link: Link, page: Page, words: JobWords) -> bool:
    """Return whether a link of a careers page is the title of a vacancy."""
    if link.place != "main" or not link.url.startswith("http") or link.url == page.url:
        return False
    if any(system in link.url for system in _SYSTEMS):
        return not words.label_a_button(link.text)
    return words.name_a_job(tidy(link.text)) and not _NO_VACANCY.search(urlsplit(link.url).path)


def _under_headings(page: Page, words: JobWords) -> Iterator[_Sight]:
    """Yield the headings that are job titles, with the advert below where there is one."""
    position = 0
    starts: list[tuple[int, int, str]] = []
    for heading in page.headings[:_MOST_HEADINGS]:
        found = page.text.find(heading.text, position)
        if found >= 0:
            position = found + len(heading.text)
        starts.append((found, heading.level, heading.text))
    for number, (start, level, text) in enumerate(starts):
        if not words.name_a_job(tidy(text)):
            continue
        ends = (at for at, rank, _ in starts[number + 1 :] if at > start and rank <= level)
        yield _Sight(tidy(text), page, "", _advert(page, start, next(ends, len(page.text))))


def _in_lines(page: Page, words: JobWords, site: SiteFacts) -> Iterator[str]:
    """Yield the lines below "current vacancies" that are job titles and not under a testimonial."""
    opening = site.terms["jobs.titles.openings"]
    below = any(_heads_list(heading, site) for heading in page.headings)
    if not below and not opening.within(page.lower):
        return
    before = ""
    for line in page.lines:
        below = below or opening.within(line.lower())
        if below and words.name_a_job(tidy(line)) and not _QUOTED.search(before):
            yield tidy(line)
        before = line


def _heads_list(heading: Heading, site: SiteFacts) -> bool:
    """Return whether a page's main heading names the list as a whole ("Jobs")."""
    short = heading.level == 1 and len(heading.text.split()) <= _SHORT_HEADING
    return short and site.terms["jobs.titles.lists"].within(heading.text.lower())


def _advertised(page: Page, words: JobWords, site: SiteFacts) -> Iterator[_Sight]:
    """Yield the vacancy of a job page, or those in its data."""
    titles = list(_posted(page)) or list(_headline(page, words, site))
    for title in titles[:MOST_VACANCIES]:
        start = max(page.lower.find(title.lower()), 0)
        yield _Sight(title, page, _key(page.url), _advert(page, start, len(page.text)))


def _headline(page: Page, words: JobWords, site: SiteFacts) -> Iterator[str]:
    """Yield the title of a job page: the first heading, or piece of its title, that is one."""
    pieces = [heading.text for heading in page.headings if heading.level <= 2]
    pieces += re.split(r"\s[|–—-]\s", page.title)
    for piece in pieces:
        if words.name_a_job(tidy(piece)):
            yield tidy(piece)
            return
    first = next((heading.text for heading in page.headings if heading.level == 1), "")
    if (
        not words.label_a_button(first)
        and site.terms["jobs.titles.duties"].distinct(page.lower) > 1
    ):
        yield tidy(first)


def _advert(page: Page, start: int, end: int) -> Advert | None:
    if start < 0 or page.text.count(" ", start, end) < SHORTEST_ADVERT:
        return None
    return Advert(page, start, min(end, start + _LONGEST_ADVERT))


def _key(url: str) -> str:
    """Return an address without scheme, www, query and final slash, to compare pages by."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if "id=" in parts.query else ""
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/") + query


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower()))


def _same(one: str, other: str) -> bool:
    """Return whether one title begins the other: lists add place and hours to it."""
    short, long = sorted((one, other), key=len)
    return bool(short) and (long == short or long.startswith(short + " "))
