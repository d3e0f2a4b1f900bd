"""Family "events": fairs and webinars as a programme, and customers who meet each other."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final, NamedTuple

from persona.capture.kinds import is_overview, kind_of
from persona.observations import Quote
from persona.signals.dated_titles import dated_titles
from persona.signals.findings import Found, Missing, quote
from persona.signals.page import Page
from persona.signals.shares import distinct, log_count, share
from persona.signals.site import Rule, SiteFacts
from persona.signals.terms import Terms
from persona.signals.titles import job_words
from persona.signals.written_dates import written_days
from persona.vocabulary import PageType

QUARTERS: Final = 8
DAYS_BACK: Final = 730
DAYS_AHEAD: Final = 550
FEWEST_MEMBERS: Final = 10
"""Different people seen on a forum for it to be alive."""
FEWEST_POSTS: Final = 3
"""Posts of the last 90 days that must be seen with them."""
FEWEST_TIMES: Final = 3
"""Years in which a customer meeting took place for it to be a habit."""

_LIVELY_DAYS: Final = 90
_NEAR: Final = 80
_MOST_MATCHES: Final = 200
_POSTED: Final = 20
_JOINED: Final = 5
_MEETING_PAGES: Final[tuple[PageType, ...]] = (
    "event",
    "community",
    "customers",
    "news",
    "article",
    "support",
    "academy",
)
_PLACE = re.compile(
    r"\s*(?:no\.?|number|#|:)?\s*([a-z]?\d{1,4}[a-z]?(?:[-./]?[a-z]?\d{1,4})?)(?!\w)"
)
_MODEL = re.compile(r"\b[a-z]{1,4}[ -]?\d{1,4}\b|\b[a-z]{1,4}[ -]series\b")
"""A type of machine as makers number them ("tp 30"); one that stands on a product page is own."""
_MEMBER = re.compile(
    r"/(?:u|users?|members?|profiles?|people|authors?)/([^/?#]+)|[?&](?:u|uid|user|member)=(\w+)"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


class Occasion(NamedTuple):
    """An event or webinar with its first day."""

    day: date
    quote: Quote


def calendar(site: SiteFacts) -> Found | Missing:
    """W18: events of 24 months, counted by logarithm.

    Events are counted by the week in which they begin, since a list and a page of its own often
    name the same one; where more stand numbers than weeks are given, by those.
    """
    weeks = {_week(each.day): each.quote for each in _occasions(site, webinars=False)}
    stands = dict(_stands(site))
    quotes = distinct([*stands.values(), *weeks.values()])
    return Found(log_count(max(len(weeks), len(stands))), quotes)


def rhythm(site: SiteFacts) -> Found | Missing:
    """W19: quarters with an event or webinar, of eight that end with the last one announced."""
    occasions = _occasions(site, webinars=True)
    if not occasions:
        return Missing("no dated event")
    quarters: dict[int, Quote] = {}
    for each in sorted(occasions, key=lambda each: each.day):
        quarters.setdefault(_quarter(each.day), each.quote)
    last = max(*quarters, _quarter(site.today) if site.today else 0)
    lively = {number: proof for number, proof in quarters.items() if last - number < QUARTERS}
    return Found(share(len(lively), QUARTERS), distinct(lively.values()))


def product_webinars(site: SiteFacts) -> Found | Missing:
    """W22: webinars on own products among all webinars, lessons for customers left out."""
    titles = {title: proof for title, proof in _webinars(site) if title}
    if not titles:
        return Missing("no webinar")
    own = [proof for title, proof in titles.items() if _shows_product(title, site)]
    return Found(share(len(own), len(titles)), distinct(own))


def community(site: SiteFacts) -> Found | Missing:
    """W45: 1 where a forum is alive with members, or customers meet again and again."""
    proof = _lively_forum(site) or _recurring_meeting(site)
    return Found(1.0, distinct(proof)) if proof else Found(0.0)


def _occasions(site: SiteFacts, *, webinars: bool) -> list[Occasion]:
    """Return the dated events of the site within reach of today, webinars with them if asked."""
    found: list[Occasion] = []
    for page in site.of("event"):
        found += _days_on(page, site)
    if webinars:
        for page in site.of("webinar"):
            found += _days_on(page, site)
    for page in site.of("news", "article"):
        found += _announced(page, site)
    return [each for each in found if _in_reach(each.day, site.today)]


def _in_reach(day: date, today: date | None) -> bool:
    if today is None:
        return True
    return today - timedelta(days=DAYS_BACK) <= day <= today + timedelta(days=DAYS_AHEAD)


def _days_on(page: Page, site: SiteFacts) -> Iterator[Occasion]:
    """Yield the days on a page about events, days of publication left out.

    A page that is known for one by its data only ("open house" on a page of flats) gives those.
    """
    if site.terms["events.W18.not"].within(f"{page.title} {_headline(page)}".lower()):
        return
    about_events = kind_of(page.url) in ("event", "webinar")
    for each in page.dates:
        if _is_event(page, each.day) or (about_events and each.day != page.published):
            yield Occasion(each.day, _quote_of(page, each.text))
    posted = site.terms["events.dates.posted"]
    for day, start, end in written_days(page.lower, site.terms) if about_events else ():
        if day != page.published and not posted.within(page.lower[max(start - _POSTED, 0) : start]):
            yield Occasion(day, quote(page.text, page.url, start, end))


def _is_event(page: Page, day: date) -> bool:
    """Return whether a page's data give a day as that of an event."""
    return any(str(item.get("startDate", "")).startswith(day.isoformat()) for item in page.data)


def _announced(page: Page, site: SiteFacts) -> Iterator[Occasion]:
    """Yield the posts, or entries of a list of posts, that invite to a fair."""
    attending = site.terms["events.W18.attending"]
    title = _headline(page)
    if page.published and attending.within(title.lower()):
        yield Occasion(page.published, quote(title, page.url))
    for each in page.dates:
        if attending.within(each.text.lower()):
            yield Occasion(each.day, _quote_of(page, each.text))


def _headline(page: Page) -> str:
    """Return the first main heading of a page, or its title."""
    return next((heading.text for heading in page.headings if heading.level == 1), page.title)


def _quote_of(page: Page, words: str) -> Quote:
    """Return words of a page's data as a quote, or its first heading where they are not shown."""
    start = page.lower.find(words.lower()) if words else -1
    if start >= 0:
        return quote(page.text, page.url, start, start + len(words))
    return quote(page.headings[0].text if page.headings else page.title, page.url)


def _stands(site: SiteFacts) -> Iterator[tuple[str, Quote]]:
    """Yield stand numbers at fairs, each with a quote: "hall 4 stand b12"."""
    fair = site.terms["events.W18.fair"]
    for page in site.of("event", "news", "article"):
        if page.published and not _in_reach(page.published, site.today):
            continue
        for start, end in _places(page.lower, site.terms["events.W18.stands"]):
            if fair.within(page.lower[max(start - _NEAR, 0) : end + _NEAR]):
                number = " ".join(re.findall(r"\w+", page.lower[start:end]))
                yield number, quote(page.text, page.url, start, end)


def _places(lower: str, words: Terms) -> list[tuple[int, int]]:
    """Return where hall and stand numbers stand; hall and stand side by side are one place."""
    spans: list[tuple[int, int]] = []
    for match in sorted(words.matches(lower), key=lambda each: each.start()):
        place = _PLACE.match(lower, match.end())
        if place is None:
            continue
        start = match.start()
        if spans and start - spans[-1][1] <= _JOINED:
            start = spans.pop()[0]
        spans.append((start, place.end()))
    return spans[:_MOST_MATCHES]


def _webinars(site: SiteFacts) -> Iterator[tuple[str, Quote]]:
    """Yield title in lower case and quote of each webinar: pages of their own, and lists."""
    training = site.terms["events.W22.training"]
    for page in site.of("webinar", "event"):
        for title in _titles(page, site):
            if not training.within(title.lower()):
                yield " ".join(title.lower().split()), quote(title, page.url)


def _titles(page: Page, site: SiteFacts) -> Iterator[str]:
    """Yield the titles of webinars on a page: its own, or those that it lists."""
    buttons, webinar = job_words(site.terms), site.terms["events.W22.webinar"]
    if page.type == "webinar" and not is_overview(page.url):
        yield _headline(page)
        return
    for title in dated_titles(page, site.terms):
        if page.type == "webinar" or webinar.within(title.lower()):
            yield title
    for link in page.links:
        if link.place != "main" or len(link.text.split()) < 3 or buttons.label_a_button(link.text):
            continue
        known = kind_of(link.url) == "webinar" and not is_overview(link.url)
        if known or (page.type == "event" and webinar.within(link.text.lower())):
            yield link.text


def _shows_product(title: str, site: SiteFacts) -> bool:
    """Return whether a webinar's title names an own product, or is that of a demonstration.

    The name of the firm before a colon ("Acme Webinar: …") only says whose webinar it is.
    """
    head, _, rest = title.partition(":")
    if rest and site.terms["events.W22.webinar"].within(head):
        title = rest
    if site.names_own(title) or site.terms["events.W22.product"].within(title):
        return True
    models = [match[0] for match in _MODEL.finditer(title)]
    return any(model in page.lower for model in models for page in site.of("product"))


def _lively_forum(site: SiteFacts) -> list[Quote]:
    """Return quotes from a forum where many people posted of late, or nothing."""
    members: set[str] = set()
    quotes: list[Quote] = []
    posts = 0
    for page in site.of("community"):
        talk = list(islice(site.terms["events.W45.forum"].matches(page.lower), 2))
        if not talk:
            continue
        found = (_MEMBER.search(link.url) for link in page.links)
        members.update(match[1] or match[2] for match in found if match)
        posts += _recent(page, site)
        quotes += [quote(page.text, page.url, *match.span()) for match in talk]
    return quotes if len(members) >= FEWEST_MEMBERS and posts >= FEWEST_POSTS else []


def _recent(page: Page, site: SiteFacts) -> int:
    """Count posts of the 90 days before the capture."""
    days = [each.day for each in page.dates]
    days += [each.day for each in written_days(page.lower, site.terms)]
    until = site.today or max(days, default=date.min)
    fresh = sum(0 <= (until - day).days <= _LIVELY_DAYS for day in days)
    return fresh + site.terms["events.W45.ago"].count(page.lower)


def _recurring_meeting(site: SiteFacts) -> list[Quote]:
    """Return quotes on a meeting of customers held in three years or more, or nothing."""
    years: dict[str, Quote] = {}
    for page in site.of(*_MEETING_PAGES):
        for match in islice(site.terms["events.W45.meeting"].matches(page.lower), _MOST_MATCHES):
            if not _is_ours(page, match.span(), site):
                continue
            near = _around(page, match.span(), _NEAR // 2)
            proof = quote(page.text, page.url, *match.span())
            if site.terms["events.W45.recurring"].within(near) or _since(near, site):
                return [proof]
            for year in _YEAR.findall(near):
                years.setdefault(year, proof)
    return list(years.values()) if len(years) >= FEWEST_TIMES else []


def _is_ours(page: Page, span: tuple[int, int], site: SiteFacts) -> bool:
    """Return whether a meeting is the company's own, and not that of a maker it writes about."""
    if page.type in ("event", "community"):
        return True
    near = _around(page, span, _NEAR)
    return site.terms["events.W45.ours"].within(near) or site.names_own(near)


def _around(page: Page, span: tuple[int, int], reach: int) -> str:
    return page.lower[max(span[0] - reach, 0) : span[1] + reach]


def _since(near: str, site: SiteFacts) -> bool:
    """Return whether words near a meeting say that it began two or more years ago."""
    match = site.terms["events.W45.since"].first(near)
    year = _YEAR.search(match.group()) if match else None
    return bool(year and site.today and int(year.group()) <= site.today.year - FEWEST_TIMES + 1)


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


RULES: Final[dict[str, Rule]] = {
    "W18": calendar,
    "W19": rhythm,
    "W22": product_webinars,
    "W45": community,
}
