"""What a terminal shows of a website: the report of a scan, and the view beside the answers."""

from persona.capture.records import FAILURES, MOST_PAGES, Failure
from persona.layout import Paper, counted, percent
from persona.model.outside import Sighting
from persona.observations import Signal, Trace
from persona.reports.reasons import write_bars
from persona.reports.result import Opinion, Result, Website
from persona.reports.sentences import sentence
from persona.vocabulary import (
    DIMENSIONS,
    GAP_NAMES,
    PERSONA_NAMES,
    UNDECIDED,
    ZONE_OF,
    ZONES,
)

ANSWER_TOO = (
    "A website shows the outside. Answer the questionnaire to set the inside view beside it and to "
    "get a plan"
)
"""How to go on after a scan; a terminal adds the command."""
READ_MORE = f"More pages may decide it; up to {MOST_PAGES} can be read"
"""How to go on where pages leave it open; a terminal adds the option."""
TRY_AGAIN = (
    "Check the spelling and the connection. The pages of a site that refuses programs can be saved "
    "from a browser, and their folder read by persona scan."
)
UNTRAINED = (
    "The weights of website signals are a judgement and have not been fitted to companies: "
    "take this verdict as a first guess."
)
UNTRAINED_BESIDE = (
    "The weights of website signals are a judgement and have not been fitted to companies."
)
WHY_OPEN = {
    "thin": "too little to go on",
    "mixed": "it points more ways than one",
    "unreachable": "it could not be read",
    "out_of_scope": "it is not a company that these methods describe",
    "invalid_address": "it has no public website",
}
CLAIMS = {
    "website_claims_more": (
        "The website tells of more than the answers: a brochure that runs ahead of what is done, "
        "or modest answers. Look which it is."
    ),
    "answers_claim_more": (
        "The answers tell of more than the website: something done that stays private, or answers "
        "that run ahead of what is done. Look which it is."
    ),
}
_LEVELS = ("sales", "passive", "dynamic")
SIGNS = {"●": "clear sign", "◐": "some sign", "○": "faint sign"}
_CLEAR, _SOME = 0.67, 0.34
_MOST_LISTED = 12


def write_opinions(paper: Paper, website: Website, result: Result) -> None:
    """Write what answers and website say each by itself, and where they differ."""
    if website.answers_alone is None:
        return
    paper.heading("Answers and website")
    both = Opinion(result.label, result.reason, result.leader, result.probabilities)
    sides = (
        ("Answers", website.answers_alone),
        ("Website", website.website_alone),
        ("Together", both),
    )
    for name, opinion in sides:
        paper.labelled(name, opinion_in_words(opinion), label_width=12)
    if website.gate is not None:
        words = f"The website gives no verdict by itself: {website.gate.words}."
        paper.paragraph(words, dim=True)
    elif website.untrained:
        paper.paragraph(UNTRAINED_BESIDE, dim=True)
    _write_differences(paper, website)


def opinion_in_words(opinion: Opinion) -> str:
    """Return what one side says: its method with the probability, or why it leaves it open."""
    share = percent(opinion.probabilities[opinion.leader])
    leader = PERSONA_NAMES[opinion.leader].lower()
    if opinion.label != UNDECIDED:
        return f"{leader}, {share}"
    why = WHY_OPEN[opinion.reason or "mixed"]
    if opinion.reason == "mixed":
        return f"undecided, {why}; nearest {leader}, {share}"
    return f"undecided, {why}"


def _write_differences(paper: Paper, website: Website) -> None:
    if not website.differences:
        if website.gate is None:
            paper.blank()
            paper.paragraph("They differ on no dimension that both show.")
        return
    for kind, words in CLAIMS.items():
        differences = [each for each in website.differences if each.kind == kind]
        if not differences:
            continue
        paper.blank()
        paper.paragraph(words)
        for each in differences:
            name = DIMENSIONS.get(each.dimension, each.dimension)
            answers, site = _LEVELS[each.answers - 1], _LEVELS[each.website - 1]
            paper.labelled(
                "·", f"{name}: the answers point to {answers}, the website to {site}", label_width=2
            )


def found_on(result: Result, website: Website) -> list[tuple[Sighting, list[Signal]]]:
    """Return what the website shows, by dimension, the clearest signs first."""
    signals = {signal.id: signal for signal in result.row.signals}
    shown = []
    for sighting in website.sightings:
        found = [one for id_ in sighting.signals if (one := signals.get(id_)) and one.value]
        if found:
            shown.append((sighting, sorted(found, key=lambda one: -(one.clarity or 0))))
    return shown


def looked_for(result: Result, website: Website) -> list[Signal]:
    """Return what was looked for on the website and not found."""
    signals = {signal.id: signal for signal in result.row.signals}
    return [
        one
        for sighting in website.sightings
        for id_ in sighting.signals
        if (one := signals.get(id_)) and not one.value
    ]


def not_judged(result: Result) -> list[tuple[str, list[Signal]]]:
    """Return why signals are missing, with the signals; the reason of the most comes first."""
    reasons: dict[str, list[Signal]] = {}
    for signal in result.row.signals:
        if signal.missing:
            reasons.setdefault(signal.missing, []).append(signal)
    return sorted(reasons.items(), key=lambda entry: -len(entry[1]))


def unseen(website: Website) -> list[str]:
    """Return the names of the dimensions on which nothing is known from the website."""
    known = {sighting.dimension for sighting in website.sightings}
    return [name for code, name in DIMENSIONS.items() if code not in known]


def write_seen(paper: Paper, result: Result, website: Website) -> None:
    """Write what the website shows by dimension, with quotes, and what was not found on it."""
    if not website.pages:
        return
    shown = found_on(result, website)
    if shown:
        paper.heading("What the website shows")
    for sighting, found in shown:
        _write_sighting(paper, sighting, found)
    if shown:
        paper.blank()
        paper.paragraph("● a clear sign, ◐ some sign, ○ a faint one.", dim=True)
    if absent := looked_for(result, website):
        words = "; ".join(f"{signal.says} ({signal.id})" for signal in absent)
        paper.heading("Looked for and not found")
        paper.paragraph(f"{sentence(words)}.", dim=True)
    _write_not_judged(paper, result, website)


def _write_sighting(paper: Paper, sighting: Sighting, found: list[Signal]) -> None:
    name = DIMENSIONS.get(sighting.dimension, sighting.dimension)
    lean = f"resembles {_LEVELS[sighting.level - 1]}" if sighting.level else "too faint to lean"
    paper.blank()
    paper.title(name, lean)
    for signal in found:
        mark = mark_of(signal)
        words = f"{sentence(signal.says)} ({signal.id})"
        paper.labelled(mark, f"{SIGNS[mark]}: {words}" if paper.plain else words, label_width=2)
        for quote in signal.quotes[:1]:
            write_quote(paper, quote.text, quote.url)


def mark_of(signal: Signal) -> str:
    """Return the mark of a signal that found something: full, half or empty, by its clarity."""
    clarity = signal.clarity or 0
    return "●" if clarity >= _CLEAR else "◐" if clarity >= _SOME else "○"


def write_quote(paper: Paper, text: str, url: str) -> None:
    """Write words from a page, and where they stand."""
    paper.paragraph(f"“{text}”", indent=2)
    paper.paragraph(url, indent=2, dim=True)


def _write_not_judged(paper: Paper, result: Result, website: Website) -> None:
    reasons = not_judged(result)
    if not reasons:
        return
    paper.heading("What could not be judged")
    if names := unseen(website):
        paper.paragraph(f"Nothing is known from the website on: {'; '.join(names).lower()}.")
        paper.blank()
    for reason, signals in reasons:
        ids = ", ".join(signal.id for signal in signals)
        paper.labelled("·", f"{sentence(reason)}: {ids}", label_width=2)


def write_traces(paper: Paper, traces: tuple[Trace, ...]) -> None:
    """Write the traces of execution, which are no part of the verdict."""
    if not traces:
        return
    paper.heading("Traces of how well it is carried out")
    for trace in traces:
        mark = "−" if trace.open else "+"
        paper.labelled(mark, f"{GAP_NAMES[trace.gap]}. {sentence(trace.words)}.", label_width=2)
        for quote in trace.quotes[:1]:
            write_quote(paper, quote.text, quote.url)
    paper.blank()
    paper.paragraph("These never move the verdict. − speaks for a gap, + against one.", dim=True)


def write_pages(paper: Paper, website: Website) -> None:
    """Write which pages were read, and which could not be, with the reason."""
    paper.heading("What was read")
    for zone in (*ZONES, None):
        pages = [page for page in website.pages if ZONE_OF[page.type] == zone]
        if pages:
            name = ZONES[zone] if zone else "other subjects"
            paper.labelled(counted(len(pages), "page"), sentence(name), label_width=12)
            listed = ", ".join(path_of(page.url) for page in pages[:_MOST_LISTED])
            more = ", …" if len(pages) > _MOST_LISTED else ""
            paper.paragraph(f"{listed}{more}", indent=12, dim=True)
    failures = unread_pages(website)
    if failures:
        paper.blank()
        paper.paragraph("Could not be read:")
        for why, count in failures:
            paper.labelled(counted(count, "page"), why, label_width=12)
    if when := when_read(website):
        paper.blank()
        paper.paragraph(f"Read {when}.", dim=True)


def unread_pages(website: Website) -> list[tuple[str, int]]:
    """Return why pages could not be read, in words, with how many."""
    failures: dict[Failure, set[str]] = {}
    for each in website.unread:
        failures.setdefault(each.failure, set()).add(path_of(each.url))
    return [(FAILURES[failure], len(paths)) for failure, paths in failures.items()]


def when_read(website: Website) -> str:
    """Return the day or days on which pages were read, "" where that is not known."""
    days = sorted(page.fetched_at[:10] for page in website.pages if page.fetched_at)
    if not days:
        return ""
    return days[0] if days[0] == days[-1] else f"between {days[0]} and {days[-1]}"


def path_of(url: str) -> str:
    """Return an address without scheme and host: all pages are one site's."""
    return f"/{url.partition('://')[2].partition('/')[2]}"


def write_site_verdict(paper: Paper, result: Result, website: Website) -> None:
    """Write the verdict of a scan: label, basis and the three probabilities."""
    words = sum(page.words for page in website.pages)
    basis = f"{counted(len(website.pages), 'page')} of {website.site} read, {words:,} words."
    if result.label == UNDECIDED:
        why = WHY_OPEN[result.reason or "mixed"]
        paper.paragraph(f"Undecided: {why}", strong=True)
        if website.gate is not None:
            paper.paragraph(f"{sentence(website.gate.words)}.")
        elif result.reason == "mixed":
            nearest = (PERSONA_NAMES[each].lower() for each in (result.leader, result.runner_up))
            paper.paragraph(f"Nearest: {', then '.join(nearest)}.")
        paper.paragraph(basis)
    else:
        paper.paragraph(PERSONA_NAMES[result.label], strong=True)
        if result.plan.method:
            paper.paragraph(result.plan.method)
        paper.paragraph(f"Probability {percent(result.confidence)}; {basis}")
    if website.untrained and result.verdict.from_website:
        paper.paragraph(UNTRAINED, dim=True)
    if result.verdict.enough and result.verdict.from_website:
        write_bars(paper, result)
