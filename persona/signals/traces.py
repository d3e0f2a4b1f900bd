"""Traces of how well the method is carried out, as far as a website shows them.

They are reported apart from the signals and never move the persona. Most gaps cannot be seen from
outside; a trace is given only where there is something to quote or to count.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from typing import Final

from persona.observations import Quote, Trace
from persona.signals.findings import Found, quote
from persona.signals.page import Form, Page
from persona.signals.rules.industries import tailored, templated
from persona.signals.shares import distinct
from persona.signals.site import SiteFacts
from persona.signals.terms import Terms

_OLD: Final = 36
"""Months after which a post is waste if it is still shown first."""
_PAST: Final = 12
"""Months after which an event page without a newer event is dead."""
_FEWEST_CLAIMS: Final = 4
_BESIDE: Final = 160
"""Characters on either side of a claim in which its source is looked for."""
_FEWEST_OFFERS: Final = 8
_FEWEST_LABELS: Final = 6
_FEW = 2
_LONG_FORM: Final = 4
_ALIKE: Final = 0.5
_LABEL: Final = 80
"""Characters up to which a heading or label is one, and not a sentence."""
_BETWEEN: Final = "\n|\n"
"""Between texts: no phrase reaches across it."""
_MONTH_DAYS: Final = 30.44
_WORD = re.compile(r"[^\W_]+")


def traces(facts: SiteFacts) -> tuple[Trace, ...]:
    """Return what the pages show of gaps in execution, for and against, in the order of gaps."""
    return tuple(trace for look in _LOOKS for trace in look(facts))


def _proof(facts: SiteFacts) -> Iterable[Trace]:
    """Look at claims with a number or a rank, and for what a buyer can check beside them."""
    claims: dict[str, Quote] = {}
    checkable: dict[str, Quote] = {}
    for page in facts.of("home", "about", "product", "solution"):
        for match in facts.terms["traces.suspicion.claims"].matches(page.lower):
            start, end = match.span()
            claims.setdefault(match.group(), quote(page.text, page.url, start, end))
            beside = page.lower[max(start - _BESIDE, 0) : end + _BESIDE]
            if facts.terms["traces.suspicion.sources"].within(beside):
                checkable.setdefault(match.group(), claims[match.group()])
    if len(claims) >= _FEWEST_CLAIMS:
        words = f"{len(checkable)} of {len(claims)} claims name a source that a buyer could check"
        if 2 * len(checkable) >= len(claims):
            yield Trace("suspicion", words, False, distinct(checkable.values()))
        elif 5 * len(checkable) <= len(claims):
            yield Trace("suspicion", words, True, distinct(claims.values()))
    for page in facts.of("case_study", "customers"):
        if any(form.fields >= _LONG_FORM and not _asks(facts, form) for form in page.forms):
            yield Trace("suspicion", "a form stands in front of proof", True, _title(page))
            return


def _choice(facts: SiteFacts) -> Iterable[Trace]:
    """Look for many offers alike on one page, and for what helps to choose among them."""
    choose = facts.terms["traces.inertia.choose"]
    pages = facts.of("product", "shop", "pricing", "solution", "home")
    for page in pages:
        if helps := _matching([heading.text for heading in page.headings], choose):
            words = "something helps buyers to choose"
            yield Trace("inertia", words, False, tuple(quote(each, page.url) for each in helps[:3]))
            return
    for page in pages:
        if alike := _alike(page):
            words = f"{len(alike)} offers alike stand on one page, and none is recommended"
            yield Trace("inertia", words, True, tuple(quote(each, page.url) for each in alike[:3]))
            return


def _alike(page: Page) -> list[str]:
    """Return the longest run of headings of one level whose words are mostly the same."""
    best: list[str] = []
    for level in (2, 3, 4):
        texts = [heading.text for heading in page.headings if heading.level == level]
        run = texts[:1]
        for one, other in pairwise(texts):
            run = [*run, other] if _overlap(one, other) >= _ALIKE else [other]
            best = max(best, run, key=len)
    return best if len(best) >= _FEWEST_OFFERS else []


def _overlap(one: str, other: str) -> float:
    """Return the share of words that two headings have in common; 0 where they are the same."""
    mine, theirs = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return len(mine & theirs) / len(mine | theirs) if mine != theirs else 0.0


def _trades(facts: SiteFacts) -> Iterable[Trace]:
    """Hold pages written for one industry each against one page relabelled for many."""
    own, relabelled = tailored(facts), templated(facts)
    if isinstance(own, Found) and own.value > 0:
        words = "industry pages speak of the problem and a customer of each trade"
        yield Trace("vertical", words, False, own.quotes)
    elif isinstance(relabelled, Found) and relabelled.value > 0:
        words = "industry pages are one text relabelled"
        yield Trace("vertical", words, True, relabelled.quotes)


def _menus(facts: SiteFacts) -> Iterable[Trace]:
    """Look at whose words the menus use: the firm's departments or what buyers want done."""
    home = facts.home
    if home is None:
        return
    labels = list(dict.fromkeys(link.text for link in home.links if link.place == "nav"))
    if len(labels) < _FEWEST_LABELS:
        return
    own = _matching(labels, facts.terms["traces.assumption3.own"])
    buyer = _matching(labels, facts.terms["traces.assumption3.buyer"])
    if len(buyer) >= _FEW:
        words = "the menus name what buyers want to get done"
        yield Trace("assumption3", words, False, tuple(quote(each, home.url) for each in buyer[:3]))
    elif not buyer and len(own) >= _FEW:
        words = "the menus follow the firm's own departments"
        yield Trace("assumption3", words, True, tuple(quote(each, home.url) for each in own[:3]))


def _matching(texts: list[str], terms: Terms) -> list[str]:
    """Return the short texts that hold one of the terms; searched together, once."""
    short = [text for text in texts if len(text) <= _LABEL]
    joined = _BETWEEN.join(short).lower()
    found = {joined.count(_BETWEEN, 0, match.start()) for match in terms.matches(joined)}
    return [short[number] for number in sorted(found)]


def _enquiries(facts: SiteFacts) -> Iterable[Trace]:
    """Look at enquiry forms, for the time by which or the person by whom they are answered."""
    silent: Page | None = None
    for page in facts.pages:
        if not any(_asks(facts, form) for form in page.forms):
            continue
        for name in ("reply", "person"):
            promise = facts.terms[f"traces.black_hole.{name}"].first(page.lower)
            if promise is not None:
                words = "an enquiry form says when or by whom it is answered"
                shown = quote(page.text, page.url, *promise.span())
                yield Trace("black_hole", words, False, (shown,))
                return
        silent = silent or page
    if silent is not None:
        words = "no enquiry form that was read says when or by whom it is answered"
        yield Trace("black_hole", words, True, _title(silent))


def _asks(facts: SiteFacts, form: Form) -> bool:
    """Return whether a form takes an enquiry: not a search, a log-in, or a letter's sign-up."""
    return form.fields >= _FEW and facts.terms["traces.black_hole.enquiry"].within(form.names)


def _leftovers(facts: SiteFacts) -> Iterable[Trace]:
    """Look for old posts still shown first, and event pages on which nothing is to come."""
    if facts.today is None:
        return
    if facts.home is not None:
        newest = _newest(facts.home)
        if newest and _months(newest[0], facts.today) > _OLD:
            words = f"the newest post that the home page shows is of {newest[0]:%B %Y}"
            yield Trace("waste", words, True, newest[1])
    events = [found for page in facts.of("event") if (found := _newest(page))]
    if events:
        last = max(events, key=lambda found: found[0])
        if _months(last[0], facts.today) > _PAST:
            words = f"the last event on its event pages was in {last[0]:%B %Y}"
            yield Trace("waste", words, True, last[1])


def _newest(page: Page) -> tuple[date, tuple[Quote, ...]] | None:
    """Return the latest day beside a post or event of a page, with its words."""
    dated = [each for each in page.dates if each.text]
    if not dated:
        return None
    newest = max(dated, key=lambda each: each.day)
    return newest.day, (quote(newest.text, page.url),)


def _months(then: date, today: date) -> float:
    return (today - then).days / _MONTH_DAYS


def _title(page: Page) -> tuple[Quote, ...]:
    """Return the page's first heading as a quote."""
    return tuple(quote(heading.text, page.url) for heading in page.headings[:1])


_LOOKS: Final[tuple[Callable[[SiteFacts], Iterable[Trace]], ...]] = (
    _choice,
    _proof,
    _menus,
    _leftovers,
    _enquiries,
    _trades,
)
