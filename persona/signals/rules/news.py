"""News and posts: whose products they are about, how steadily they come, what they tell."""

from datetime import date
from itertools import pairwise
from statistics import fmean, median, pstdev
from typing import Final

from persona.signals.findings import Found, Missing
from persona.signals.posts import Post, posts
from persona.signals.rules.changes import learned_so_changed, new_in_kind, release_trail
from persona.signals.shares import distinct, share
from persona.signals.site import Rule, SiteFacts

WINDOW: Final = 730
"""Days in which a post counts."""
_LEAST_NEWS: Final = 3
_LEAST_POSTS: Final = 10
_LEAST_DATED: Final = 5
_LEAST_LAUNCHES: Final = 2
_LEAST_SPAN: Final = 60
"""Days between the first and the last post below which they are one burst."""
_OFTEN, _SELDOM = 31.0, 180.0
"""Days between posts that count fully, and not at all."""
_FRESH, _STALE = 60.0, 365.0
"""Days since the last post that count fully, and not at all."""


def supplier_news(site: SiteFacts) -> Found | Missing:
    """W17: the share of posts whose subject is another maker's product."""
    found = _recent(site)
    if len(found) < _LEAST_NEWS:
        return Missing("fewer than three posts")
    return _share_of(found, [post for post in found if post.kind == "supplier"])


def company_posts(site: SiteFacts) -> Found | Missing:
    """W25: the share of posts about products, the company and events."""
    found = _recent(site)
    if len(found) < _LEAST_POSTS:
        return Missing("fewer than ten posts")
    return _share_of(found, [post for post in found if post.kind != "other"])


def variant_launches(site: SiteFacts) -> Found | Missing:
    """W32: the share of launches that are new models, sizes and versions of what there was."""
    launches = [post for post in _recent(site) if post.launch]
    if len(launches) < _LEAST_LAUNCHES:
        return Missing("fewer than two launch posts")
    variant, kind = site.terms["news.W32.variant"], site.terms["news.W32.kind"]
    variants = []
    for post in launches:
        lower = post.title.lower()
        if variant.within(lower) and not kind.within(f"{lower} {post.lead}"):
            variants.append(post)
    return _share_of(launches, variants)


def post_rhythm(site: SiteFacts) -> Found | Missing:
    """W26: how often, how evenly and until when posts appeared; the number plays no part.

    The mean of three parts, each 0 to 1: the median time between posts (a month or less counts
    fully, half a year not at all), its evenness, and the age of the last post.
    """
    by_day = {post.day: post for post in _recent(site) if post.day is not None}
    days = sorted(by_day)
    if len(days) < _LEAST_DATED or (days[-1] - days[0]).days < _LEAST_SPAN:
        return Missing("fewer than five dated posts over two months")
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    parts = [_fall(median(gaps), _OFTEN, _SELDOM), 1 / (1 + pstdev(gaps) / fmean(gaps))]
    if site.today is not None:
        parts.append(_fall((site.today - days[-1]).days, _FRESH, _STALE))
    latest = (by_day[day] for day in reversed(days))
    return Found(fmean(parts), distinct(post.quote() for post in latest))


def _recent(site: SiteFacts) -> list[Post]:
    """Return the posts of the last 24 months, and those without a date."""
    return [post for post in posts(site) if post.day is None or _is_recent(post.day, site.today)]


def _is_recent(day: date, today: date | None) -> bool:
    return today is None or (today - day).days <= WINDOW


def _share_of(whole: list[Post], part: list[Post]) -> Found:
    return Found(share(len(part), len(whole)), distinct(post.quote() for post in part))


def _fall(value: float, full: float, none: float) -> float:
    """Return 1 up to ``full``, 0 from ``none`` on, and evenly less between them."""
    return min(max((none - value) / (none - full), 0.0), 1.0)


RULES: Final[dict[str, Rule]] = {
    "W17": supplier_news,
    "W25": company_posts,
    "W26": post_rhythm,
    "W32": variant_launches,
    "W47": release_trail,
    "W48": new_in_kind,
    "W49": learned_so_changed,
}
