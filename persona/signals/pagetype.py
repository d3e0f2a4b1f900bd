"""What a page is for: from its address, corrected by what the page says about itself."""

import re
from collections.abc import Iterable
from typing import Any, Final

from persona.capture.kinds import kind_of
from persona.signals.facts import Heading
from persona.signals.jsonld import types_of
from persona.vocabulary import PageType

_DECLARED: Final[dict[str, PageType]] = {
    "JobPosting": "job",
    "Product": "product",
    "FAQPage": "support",
    "ContactPage": "contact",
    "AboutPage": "about",
    "NewsArticle": "news",
    "BlogPosting": "article",
    "TechArticle": "article",
    "Article": "article",
}
_TITLES: Final[tuple[tuple[PageType, str], ...]] = (
    ("legal", r"(?:privacy|cookies?|legal|imprint|disclaimer|terms)(?: \w+){0,4}"),
    (
        "about",
        r"about(?: \w+){0,4}|who we are|(?:our|the) (?:story|company|history)|"
        r"(?:our |the )?(?:strategy|vision|plan (?:to|for|until) 20\d\d)",
    ),
    (
        "leadership",
        r"(?:our |meet (?:the|our) |the )?(?:\w+ )?(?:leadership|management)"
        r"(?: team)?|(?:our |meet (?:the|our) |the )?team|"
        r"(?:a |the )?(?:letter|message) from (?:our|the) \w+(?: \w+)?",
    ),
    ("contact", r"contact(?: (?:us|\w+|information|details)){0,2}|get in touch"),
    ("pricing", r"pricing|plans (?:and|&) (?:pricing|prices)|prices|price list"),
    (
        "careers",
        r"careers?(?: at \w+)?|jobs(?: at \w+)?|vacancies|open positions|"
        r"work (?:at|for|with) \w+|join (?:us|our team)|employment",
    ),
    ("case_study", r"(?:our )?(?:case stud(?:y|ies)|(?:customer|success) stor(?:y|ies))"),
    ("webinar", r"(?:on.demand )?webinars?"),
    ("event", r"(?:upcoming )?events|trade shows?"),
    ("release", r"release notes|change ?log|what.s new"),
    ("partners", r"(?:our )?partners?(?: program(?:me)?)?|find a (?:partner|dealer|reseller)"),
    ("support", r"support|help cent(?:er|re)|faqs?|frequently asked questions"),
    ("news", r"press(?: releases?| room)?|news(?:room)?|in the news"),
    ("customers", r"(?:our )?(?:customers|clients)|testimonials|reviews"),
)
_ENTITLED: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _TITLES)
_SEGMENT = re.compile(r"\s*[|»•·]\s*|\s+[-–—:>~]+\s+|: ")


def type_of(
    url: str,
    title: str,
    headings: Iterable[Heading],
    objects: Iterable[dict[str, Any]],
    published: str = "",
) -> PageType:
    """Return what a page is for.

    The words of the address decide where they are known; a page that declares itself a vacancy
    is one within the careers pages too. Elsewhere a declared type, the first part of the title
    or the main headings, or a day of publication in the meta data decides. The first part of the
    title may also say that what lies at the address of a home page is none ("Contact us").
    """
    kind = kind_of(url)
    if kind == "home":
        return _entitled([title]) or kind
    declared = {name for item in objects for name in types_of(item)}
    if "JobPosting" in declared and kind in ("careers", "other"):
        return "job"
    if kind != "other":
        return kind
    names = [title, *(each.text for each in headings if each.level == 1)]
    return _declared(declared) or _entitled(names[:3]) or ("article" if published else "other")


def _declared(types: set[str]) -> PageType | None:
    """Return the page type that JSON-LD declares, None when none."""
    for name, kind in _DECLARED.items():
        if name in types:
            return kind
    return "event" if any(name.endswith("Event") for name in types) else None


def _entitled(names: Iterable[str]) -> PageType | None:
    """Return the page type that the first part of a title or a heading is the name of."""
    for name in names:
        first = _SEGMENT.split(name.lower(), maxsplit=1)[0].strip()
        for kind, pattern in _ENTITLED:
            if pattern.fullmatch(first):
                return kind
    return None
