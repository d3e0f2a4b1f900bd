"""Articles: whose shadow they stand in, whom they help, which steps of the way they cover."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from math import log, log1p
from typing import Final
from urllib.parse import urlsplit

from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.page import Page
from persona.signals.posts import Post, is_list, own_title, posts, title_quote
from persona.signals.shares import distinct, share
from persona.signals.site import Rule, SiteFacts
from persona.signals.terms import Terms
from persona.vocabulary import PageType

_MOST_LINKED: Final = 10
_FEWEST_ARTICLES: Final = 2
_LEAST_ARTICLE: Final = 250
"""Words below which a page is no article that could help anybody."""
_OWN_SHARE: Final = 0.002
"""Share of words that name the company or its products, from which on an article is about it."""
_LEAST_OWN: Final = 2
"""Times that it must name them for that: one name in a short article is its signature."""
_LEAST_FIGURES: Final = 4
_LEAST_PITCHES: Final = 3
_LEAST_PROOFS: Final = 2
"""Of figures, first-hand knowledge, sources and method: what filler has at most one of."""

_LEAST_PIECES: Final = 15
_LEAST_PLACED: Final = 8
_STEPS: Final = ("proof", "use", "requirements", "options", "problem")
_STEP_OF: Final[dict[PageType, str]] = {
    "case_study": "proof",
    "support": "use",
    "docs": "use",
    "academy": "use",
}

_NAME = re.compile(r"[A-Z0-9][\w.&+'’-]*(?: [A-Z0-9][\w.&+'’-]*){0,2}")
_FIGURE = re.compile(r"\d[\d.,]*")
_YEAR = re.compile(r"(?:19|20)\d\d")


def leader_pages(site: SiteFacts) -> Found | Missing:
    """W06: pages entitled "X alternative", "we versus X" or "switch from X", X another's name.

    As a share of the pages on products and resources. "Wood or vinyl" names no rival, and two
    products of its own are no rivals.
    """
    pages = site.within("Z2", "Z3")
    proofs = [proof for page in pages if (proof := _rivalry(site, page)) is not None]
    return Found(share(len(proofs), len(pages)), distinct(proofs))


def _rivalry(site: SiteFacts, page: Page) -> Quote | None:
    title = own_title(page)
    lower = title.lower()
    terms = site.terms
    for match in terms["material.W06.alternative"].matches(lower):
        before, after = _rival_before(title[: match.start()]), _rival(title[match.end() :])
        rival = after if match.group().endswith(("to", "for")) else before
        if _is_foreign(site, page, rival):
            return title_quote(page)
    for match in terms["material.W06.switching"].matches(lower):
        if _is_foreign(site, page, _rival(title[match.end() :])):
            return title_quote(page)
    for match in terms["material.W06.versus"].matches(lower):
        sides = _rival_before(title[: match.start()]), _rival(title[match.end() :])
        own = [site.names_own(side) for side in (lower[: match.start()], lower[match.end() :])]
        if own.count(True) == 1 and _is_foreign(site, page, sides[own.index(False)]):
            return title_quote(page)
    return None


def _rival(text: str) -> str:
    """Return the name that a text begins with, "" when it begins with none."""
    match = _NAME.match(text.lstrip(" :-–"))
    return match.group() if match else ""


def _rival_before(text: str) -> str:
    """Return the last word of a text when it is written like a name."""
    words = text.split()
    return words[-1] if words and _NAME.fullmatch(words[-1]) else ""


def _is_foreign(site: SiteFacts, page: Page, name: str) -> bool:
    """Return whether a name is another firm's: always written as a name, and not its own."""
    plain = name.strip(".,:;!?’'")
    if len(plain) < 2 or plain.isdigit() or site.names_own(plain.lower()):
        return False
    first = plain.split()[0]
    whole = r"(?<!\w){}(?!\w)"
    written = len(re.findall(whole.format(re.escape(first)), page.text))
    return written > 1 and not re.search(whole.format(re.escape(first.lower())), page.text)


def subject_test(site: SiteFacts) -> Found | Missing:
    """W36: the share of its ten most linked articles that help beyond its own product.

    Such an article names the company and its products in less than 0.2 % of its words and in no
    heading, does not end in selling, and knows something: figures, own tests, sources, a method.
    Filler written for search engines knows nothing and is not counted as help. One good article
    is no habit: it counts as one of two.
    """
    articles = _most_linked(site)
    if not articles:
        return Missing("no article")
    news = {post.page.url for post in posts(site) if post.lead and post.kind != "other"}
    proofs = [
        proof
        for page in articles
        if page.url not in news and (proof := _help(site, page)) is not None
    ]
    return Found(share(len(proofs), max(len(articles), _FEWEST_ARTICLES)), distinct(proofs))


def helpful(site: SiteFacts) -> tuple[str, ...]:
    """Return the addresses of its most linked articles that help beyond its own product."""
    return tuple(page.url for page in _most_linked(site) if _help(site, page) is not None)


def _most_linked(site: SiteFacts) -> list[Page]:
    articles = [
        page
        for page in site.of("article")
        if page.words >= _LEAST_ARTICLE and not is_list(page, site)
    ]
    if len(articles) <= _MOST_LINKED:
        return articles
    linked = Counter(link.url.rstrip("/") for page in site.pages for link in page.links)
    return sorted(articles, key=lambda page: -linked[page.url.rstrip("/")])[:_MOST_LINKED]


def _help(site: SiteFacts, page: Page) -> Quote | None:
    """Return the words that show that an article helps beyond the product, None if it does not."""
    if _is_about_itself(site, page):
        return None
    if any(site.names_own(heading.text.lower()) for heading in page.headings):
        return None
    if site.terms["material.W36.pitch"].count(page.lower) >= _LEAST_PITCHES:
        return None
    proofs = list(islice(_knowledge(site, page), _LEAST_PROOFS))
    if len(proofs) < _LEAST_PROOFS:
        return None
    start, stop = proofs[0]
    return quote(page.text, page.url, start, stop)


def _is_about_itself(site: SiteFacts, page: Page) -> bool:
    least = max(_LEAST_OWN, _OWN_SHARE * page.words)
    if sum(map(page.lower.count, (*site.products, *site.brands))) < least:
        return False
    return len(site.own_names.findall(page.lower)) >= least


def _knowledge(site: SiteFacts, page: Page) -> Iterator[tuple[int, int]]:
    """Yield the place of each kind of knowledge in an article."""
    for name in ("firsthand", "source", "method"):
        match = site.terms[f"material.W36.{name}"].first(page.lower)
        if match is not None:
            yield match.span()
    figures = [match.span() for match in _FIGURE.finditer(page.text) if _is_exact(match)]
    if len(figures) >= max(_LEAST_FIGURES, page.words / 150):
        yield figures[len(figures) // 2]
    headed = site.terms["material.W36.headed"]
    if _cites(site, page) or any(headed.within(each.text.lower()) for each in page.headings):
        yield (0, 0)


def _is_exact(figure: re.Match[str]) -> bool:
    """Return whether a figure tells something: a share, a sum, a fraction, a number above 99."""
    text, (start, end) = figure.string, figure.span()
    written = figure.group().rstrip(".,")
    if text[start - 1 : start] in ("£", "$", "€") or text[end : end + 2].lstrip()[:1] == "%":
        return True
    if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
        return False
    exact = len(written) > 2 and not _YEAR.fullmatch(written)
    return exact and text[start - 1 : start] not in ("/", "-", "–")


def _cites(site: SiteFacts, page: Page) -> bool:
    """Return whether the text of a page leads to at least two other sites."""
    hosts = {
        urlsplit(link.url).hostname or ""
        for link in page.links
        if link.place == "main" and link.url.startswith("http") and len(link.text) > 2
    }
    return sum(bool(host) and site.domain not in host for host in hosts) >= _LEAST_PROOFS


def journey(site: SiteFacts) -> Found | Missing:
    """W40: how evenly its material covers problem, options, requirements, proof and use.

    The entropy over the five steps, 1 when all are covered alike. The number of pieces on a step
    enters as log(1 + n), so that a large manual does not count as a narrow view.
    """
    if len(posts(site)) + len(site.within("Z3", "Z4")) < _LEAST_PIECES:
        return Missing("fewer than fifteen pieces")
    pieces = dict(_pieces(site))
    placed: dict[str, list[Quote]] = {}
    for step, proof in pieces.values():
        if step:
            placed.setdefault(step, []).append(proof)
    if len(pieces) < _LEAST_PIECES or sum(map(len, placed.values())) < _LEAST_PLACED:
        return Missing("fewer than fifteen pieces")
    weights = [log1p(len(proofs)) for proofs in placed.values()]
    parts = [weight / sum(weights) for weight in weights]
    entropy = -sum(part * log(part) for part in parts) / log(len(_STEPS))
    proofs = (placed[step][0] for step in _STEPS if step in placed)
    return Found(min(max(entropy, 0.0), 1.0), distinct(proofs) if entropy > 0 else ())


def _pieces(site: SiteFacts) -> Iterator[tuple[str, tuple[str, Quote]]]:
    """Yield title in lower case, step ("" when its title does not tell) and quote of each piece."""
    terms = [(step, site.terms[f"material.W40.{step}"]) for step in _STEPS]
    for post in _solid(site):
        yield post.title.lower(), (_step(post.title.lower(), terms), post.quote())
    for page in site.within("Z3", "Z4"):
        title = own_title(page)
        if title and page.type not in ("article", "news", "event", "release", "partners"):
            step = _STEP_OF.get(page.type) or _step(title.lower(), terms)
            yield title.lower(), (step, title_quote(page))


def _solid(site: SiteFacts) -> list[Post]:
    """Return the posts beyond the product that know something: filler covers no step.

    Of those that are only listed the text is not known; they count where most that were read do.
    """
    others = [post for post in posts(site) if post.kind == "other"]
    read = [post for post in others if post.lead]
    knowing = [post for post in read if next(_knowledge(site, post.page), None) is not None]
    if not knowing or len(knowing) * 2 < len(read):
        return knowing
    return knowing + [post for post in others if not post.lead]


def _step(title: str, terms: list[tuple[str, Terms]]) -> str:
    return next((step for step, phrases in terms if phrases.within(title)), "")


RULES: Final[dict[str, Rule]] = {"W06": leader_pages, "W36": subject_test, "W40": journey}
