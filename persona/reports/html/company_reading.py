"""What was read, for the page: answers and pages, what was not found, and what stays unknown."""

from typing import Any

from persona.capture.records import MOST_PAGES
from persona.layout import counted
from persona.observations import PageRead, Signal
from persona.reports.html.links import link
from persona.reports.result import Result, Website
from persona.reports.sentences import day, sentence
from persona.reports.website import (
    ANSWER_TOO,
    READ_MORE,
    TRY_AGAIN,
    looked_for,
    not_judged,
    unread_pages,
    unseen,
    when_read,
)
from persona.vocabulary import DIMENSIONS, ZONE_OF, ZONES


def reading_view(result: Result) -> dict[str, Any]:
    """Return what was read and when, what was not found, and what could not be judged."""
    website = result.website
    return {
        "answers": _answered(result),
        "unknown": _unknown(result),
        "website": _website(result, website) if website is not None else None,
        "next": _next(result),
    }


def _answered(result: Result) -> str:
    """Return how many questions of each kind were answered, "" where none was asked."""
    if result.website is not None and not result.row.answers:
        return ""
    known, execution = len(result.verdict.from_answers), result.execution
    return (
        f"{known} of {result.asked} questions on method and {execution.known} of "
        f"{execution.asked} on how it is carried out were answered on {day(result.assessed_on)}."
    )


def _unknown(result: Result) -> list[str]:
    """Return the dimensions on which no question was answered."""
    if not result.row.answers and result.website is not None:
        return []
    return [
        DIMENSIONS.get(each.dimension, each.dimension)
        for each in result.profile.standings
        if not each.known
    ]


def _website(result: Result, website: Website) -> dict[str, Any]:
    return {
        "site": website.site,
        "count": counted(len(website.pages), "page"),
        "words": f"{sum(page.words for page in website.pages):,}",
        "when": _when(website),
        "gate": sentence(website.gate.words) if website.gate is not None else "",
        "zones": _zones(website),
        "unread": [
            {"count": counted(count, "page"), "why": sentence(why)}
            for why, count in unread_pages(website)
        ],
        "looked_for": [_sign(each) for each in looked_for(result, website)],
        "not_judged": [
            {"why": sentence(why), "signs": [_sign(each) for each in signals]}
            for why, signals in (not_judged(result) if website.pages else ())
        ],
        "unseen": unseen(website) if website.pages else [],
    }


def _sign(signal: Signal) -> dict[str, str]:
    return {"says": sentence(signal.says), "id": signal.id}


def _when(website: Website) -> str:
    """Return the day or days of reading as they are read, "" where they are not known."""
    return " ".join(day(word) for word in when_read(website).split(" "))


def _zones(website: Website) -> list[dict[str, Any]]:
    """Return the pages by what they are about."""
    zones = []
    for zone in (*ZONES, None):
        pages = [page for page in website.pages if ZONE_OF[page.type] == zone]
        if pages:
            name = ZONES[zone] if zone else "other subjects"
            zones.append(
                {"name": sentence(name), "count": counted(len(pages), "page"),
                 "pages": [_page(each) for each in pages]}
            )  # fmt: skip
    return zones


def _page(page: PageRead) -> dict[str, Any]:
    return {
        "page": link(page.url),
        "words": counted(page.words, "word"),
        "on": day((page.fetched_at or "")[:10]),
    }


def _next(result: Result) -> list[str]:
    """Return how to go on after a scan."""
    website = result.website
    if website is None or result.row.answers:
        return []
    steps = []
    if result.reason == "unreachable":
        steps.append(TRY_AGAIN)
    elif result.reason in ("thin", "mixed") and 1 < len(website.pages) < MOST_PAGES:
        steps.append(f"{READ_MORE}.")
    return [*steps, f"{ANSWER_TOO}."]
