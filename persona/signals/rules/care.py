"""Family "care": what a company does for customers after they bought, and for those not buying."""

from collections.abc import Iterator
from typing import Final

from persona.observations import Quote
from persona.signals.dated_titles import dated_titles
from persona.signals.findings import Found, Missing, quote
from persona.signals.page import Form, Heading, Page
from persona.signals.posts import own_title, title_quote
from persona.signals.rules.material import case_studies
from persona.signals.shares import distinct, log_count, share
from persona.signals.site import Rule, SiteFacts
from persona.signals.terms import Terms
from persona.signals.written_dates import day_of_line
from persona.vocabulary import PageType

_SIGNUP_ALONE: Final = 2.0
_OPEN_ARCHIVE: Final = 3.0
_LEAST_ISSUES: Final = 6
_MOST_FIELDS: Final = 3
_LEAST_FREE: Final = 0.5
"""Share of letters that must not be about the product."""
_LEAST_COURSES: Final = 2
_LEAST_ACADEMY: Final = 60
"""Words below which an academy is a name in a menu."""
_OFFERS: Final[tuple[PageType, ...]] = ("product", "solution")
_ARRANGED: Final = ("onboarding", "review")
"""Kinds that count on the pages of the offer too: there, talk of success is a promise."""
_KINDS: Final = ("onboarding", "review", "success", "outcome", "voice")


def lasting_outcomes(site: SiteFacts) -> Found | Missing:
    """W24: the share of case studies that report a figure over a year or more, or a new purchase.

    A company's own age and experience, and warranties, are no such time.
    """
    cases = case_studies(site)
    if not cases:
        return Missing("no case study")
    proofs = [proof for page in cases if (proof := _lasting(site, page)) is not None]
    return Found(share(len(proofs), len(cases)), distinct(proofs))


def _lasting(site: SiteFacts, page: Page) -> Quote | None:
    terms = {
        name: site.terms[f"care.W24.{name}"]
        for name in ("outcome", "lasting", "repeat", "credentials")
    }
    if not terms["outcome"].within(page.lower):
        return None
    for name in ("lasting", "repeat"):
        for match in terms[name].matches(page.lower):
            if not terms["credentials"].within(page.lower[match.start() : match.end() + 25]):
                return quote(page.text, page.url, *match.span())
    return None


def academy(site: SiteFacts) -> Found | Missing:
    """W44: whether those who use the product are taught, with courses that can be seen.

    Schools that live by selling courses, and training that the law demands, are not meant.
    """
    if _is_school(site):
        return Missing("teaching is what it sells")
    proofs = [proof for page in site.of("academy") if (proof := _teaching(site, page)) is not None]
    return Found(1.0 if proofs else 0.0, distinct(proofs))


def _is_school(site: SiteFacts) -> bool:
    """Return whether courses are the offer: its name says so, or the headings of its home page."""
    school = site.terms["care.W44.school"]
    names = [*site.brands, *(heading.text.lower() for heading in _home_headings(site))]
    return school.within(" | ".join(names))


def _home_headings(site: SiteFacts) -> tuple[Heading, ...]:
    return tuple(each for each in site.home.headings if each.level == 1) if site.home else ()


def _teaching(site: SiteFacts, page: Page) -> Quote | None:
    terms = {name: site.terms[f"care.W44.{name}"] for name in ("course", "learners", "sold", "law")}
    if page.words < _LEAST_ACADEMY or terms["course"].distinct(page.lower) < _LEAST_COURSES:
        return None
    if not terms["learners"].within(page.lower) and not site.names_own(page.lower):
        return None
    taught = terms["course"].count(page.lower)
    if terms["sold"].count(page.lower) >= taught or terms["law"].count(page.lower) * 2 >= taught:
        return None
    if terms["sold"].distinct(page.lower) >= _LEAST_COURSES:
        return None
    match = terms["course"].first(page.lower)
    return quote(page.text, page.url, *match.span()) if match else None


def after_sale_care(site: SiteFacts) -> Found | Missing:
    """W46: kinds of planned care for customers, log(1 + n): repair on request is none of them.

    The kinds: onboarding, reviews at intervals, people charged with customers' success, agreed
    outcomes, customers heard on the offer.
    """
    found: dict[str, Quote] = {}
    for kind in _KINDS:
        offers = _OFFERS if kind in _ARRANGED else ()
        for page in site.of("support", "customers", "academy", *offers):
            proof = _care(site, page, kind)
            if proof is not None:
                found[kind] = proof
                break
    return Found(log_count(len(found)), distinct(found.values()))


def _care(site: SiteFacts, page: Page, kind: str) -> Quote | None:
    match = site.terms[f"care.W46.{kind}"].first(page.lower)
    if match is None:
        return None
    if kind == "onboarding" and site.terms["care.W46.staff"].within(page.lower):
        return None
    return quote(page.text, page.url, *match.span())


def open_letter(site: SiteFacts) -> Found | Missing:
    """W57: 3 for a letter with an open archive of six issues, half of them free of the product.

    2 for a box to sign up and no such archive; without either there is no letter to judge.
    """
    signup: Quote | None = None
    for page in site.pages:
        if page.zone == "Z3" and (proofs := _archive(site, page)):
            return Found(_OPEN_ARCHIVE, distinct(proofs))
        signup = signup or _signup(site, page)
    if signup is None:
        return Missing("no letter is offered")
    return Found(_SIGNUP_ALONE, (signup,))


def _archive(site: SiteFacts, page: Page) -> list[Quote]:
    """Return the titles of open letters, nothing where there are too few or too salesy ones."""
    letter, issue = site.terms["care.W57.letter"], site.terms["care.W57.issue"]
    title = f"{own_title(page)} {page.title} {page.path}".lower().replace("-", " ")
    if not site.terms["care.W57.hint"].within(page.lower):
        return []
    archive = site.terms["care.W57.archive"].within(page.lower)
    if not letter.within(title) and not archive:
        return []
    issues = list(dict.fromkeys(_issues(page)))
    numbered = sum(issue.within(text.lower()) for text in issues)
    dated = max(
        len({each.day for each in page.dates}),
        sum(day_of_line(line, site.terms) is not None for line in page.lines),
        len(dated_titles(page, site.terms)),
    )
    if len(issues) < _LEAST_ISSUES or max(numbered, dated) < _LEAST_ISSUES:
        return []
    free = [text for text in issues if not _sells(site, text.lower())]
    enough = share(len(free), len(issues)) >= _LEAST_FREE
    return [quote(text, page.url) for text in free] if enough else []


def _issues(page: Page) -> Iterator[str]:
    """Yield the titles of pages that a page's text leads to, as long as a subject line."""
    for link in page.links:
        if link.place == "main" and 3 <= len(link.text.split()) <= 25:
            yield link.text


def _sells(site: SiteFacts, title: str) -> bool:
    lists = ("launch", "product", "company", "event")
    return site.names_own(title) or any(
        site.terms[f"news.posts.{name}"].within(title) for name in lists
    )


def _signup(site: SiteFacts, page: Page) -> Quote | None:
    letter, signup = site.terms["care.W57.letter"], site.terms["care.W57.signup"]
    for form in page.forms:
        words = f"{form.names} {form.submit}".lower()
        if not 0 < form.fields <= _MOST_FIELDS or "mail" not in words:
            continue
        if signup.within(words) or letter.within(words):
            return _offer(page, form, signup, letter)
    return None


def _offer(page: Page, form: Form, signup: Terms, letter: Terms) -> Quote:
    """Return the button that offers the letter, or the words on the page that do."""
    submit = form.submit.lower()
    if signup.within(submit) or letter.within(submit):
        return quote(form.submit, page.url)
    told = letter.first(page.lower) or signup.first(page.lower)
    if told is not None:
        return quote(page.text, page.url, *told.span())
    return quote(form.submit, page.url) if form.submit else title_quote(page)


RULES: Final[dict[str, Rule]] = {
    "W24": lasting_outcomes,
    "W44": academy,
    "W46": after_sale_care,
    "W57": open_letter,
}
