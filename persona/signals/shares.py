"""Small sums that the rules share: shares, rates, log counts, and the quotes that prove them."""

import re
from collections.abc import Iterable
from math import log1p

from persona.observations import Quote
from persona.signals.findings import MOST_QUOTES, quote
from persona.signals.page import Page


def log_count(n: int) -> float:
    """Return log(1 + n), the form in which counts enter; 0 for none."""
    return log1p(max(n, 0))


def share(part: float, whole: float) -> float:
    """Return ``part`` of ``whole`` as 0 to 1; 0 where there is no whole."""
    return min(max(part / whole, 0.0), 1.0) if whole > 0 else 0.0


def per_thousand(n: float, words: int) -> float:
    """Return how often something occurs per 1,000 words; 0 where there are no words."""
    return 1000 * n / words if words > 0 else 0.0


def distinct(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the first three quotes with different words; takes no more than it needs."""
    kept: dict[str, Quote] = {}
    for each in quotes:
        if each.text:
            kept.setdefault(each.text.lower(), each)
        if len(kept) == MOST_QUOTES:
            break
    return tuple(kept.values())


def quotes_from(page: Page, matches: Iterable[re.Match[str]]) -> tuple[Quote, ...]:
    """Return the words around the first matches in ``page.lower``, at most three, all different."""
    return distinct(quote(page.text, page.url, *match.span()) for match in matches)
