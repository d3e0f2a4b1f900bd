"""What a terminal shows of a website: the report of a scan, and the view beside the answers."""

from collections import Counter
from collections.abc import Iterable

from persona.capture.records import FAILURES
from persona.layout import Paper, percent
from persona.model.evidence import Evidence
from persona.model.outside import Sighting
from persona.observations import Signal, Trace
from persona.reports.result import Opinion, Result, Website
from persona.vocabulary import (
    DIMENSIONS,
    GAP_NAMES,
    PERSONA_NAMES,
    PERSONAS,
    UNDECIDED,
    ZONE_OF,
    ZONES,
)

UNTRAINED = (
    "The weights of website signals are a judgement and have not been fitted to companies: "
    "take this verdict as a first guess."
)
WHY_OPEN = {
    "thin": "too little to go on",
    "mixed": "it points more ways than one",
    "unreachable": "it could not be read",
    "out_of_scope": "it is not a company that these methods describe",
    "invalid_address": "it has no public website",
}
_CLAIMS = {
    "website_claims_more": (
        "The website claims more than the answers: a brochure that runs ahead of what is done, or "
        "modest answers."
    ),
    "answers_claim_more": (
        "The answers claim more than the website: strength that stays private, or a flattering "
        "view."
    ),
}
_LEVELS = ("sales", "passive", "dynamic")
_WIDE = 80
_NAME_WIDTH = 19


def write_opinions(paper: Paper, website: Website, result: Result) -> None:
    """Write what answers and website say each by itself, and together."""
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
        paper.labelled(name, _in_words(opinion), label_width=12)
    if website.gate is not None:
        paper.paragraph(f"By itself the website gives no verdict: {website.gate.words}.", dim=True)
    _write_differences(paper, website)


def _in_words(opinion: Opinion) -> str:
    share = percent(opinion.probabilities[opinion.leader])
    leader = PERSONA_NAMES[opinion.leader].lower()
    if opinion.label != UNDECIDED:
        return f"{leader}, {share}"
    why = WHY_OPEN[opinion.reason or "mixed"]
    if opinion.reason == "mixed":
        return f"undecided, {why}; nearest {leader}, {share}"
    return f"undecided, {why}"


def _write_differences(paper: Paper, website: Website) -> None:
    paper.blank()
    if not website.differences:
        seen = sum(sighting.level is not None for sighting in website.sightings)
        if seen:
            paper.paragraph("On no dimension that both show do they disagree.")
        return
    paper.paragraph("They disagree, and neither is averaged away:")
    for kind, words in _CLAIMS.items():
        differences = [each for each in website.differences if each.kind == kind]
        if not differences:
            continue
        paper.blank()
        paper.paragraph(words)
        for each in differences:
            name = DIMENSIONS.get(each.dimension, each.dimension)
            views = f"answers {_LEVELS[each.answers - 1]}, website {_LEVELS[each.website - 1]}"
            paper.labelled("·", f"{name}: {views}", label_width=2)


def write_seen(paper: Paper, result: Result, website: Website) -> None:
    """Write what the website shows, dimension by dimension, with quotes."""
    if not website.pages:
        return
    paper.heading("What the website shows")
    weights = {one.item: one for one in result.verdict.from_signals}
    signals = {signal.id: signal for signal in result.row.signals}
    for sighting in website.sightings:
        _write_sighting(paper, sighting, [signals[one] for one in sighting.signals], weights)
    _write_missing(paper, result.row.signals, website)


def _write_sighting(
    paper: Paper, sighting: Sighting, signals: list[Signal], weights: dict[str, Evidence]
) -> None:
    found = [signal for signal in signals if signal.value]
    found.sort(key=lambda signal: -_force(weights[signal.id]))
    name = DIMENSIONS.get(sighting.dimension, sighting.dimension)
    lean = f"resembles {_LEVELS[sighting.level - 1]}" if sighting.level else "leans nowhere"
    paper.blank()
    paper.title(name, lean)
    for signal in found:
        paper.labelled("·", f"{_sentence(signal.says)} ({signal.id})", label_width=2)
        for quote in signal.quotes[:1]:
            write_quote(paper, quote.text, quote.url)
    looked = len(signals) - len(found)
    if looked:
        things = "one sign" if looked == 1 else f"{looked} signs"
        paper.paragraph(f"Looked for and not found: {things}.", indent=2, dim=True)


def _force(evidence: Evidence) -> float:
    return max(evidence.weights) - min(evidence.weights)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def write_quote(paper: Paper, text: str, url: str) -> None:
    """Write words from a page, and where they stand."""
    paper.paragraph(f"“{text}”", indent=2)
    paper.paragraph(url, indent=2, dim=True)


def _write_missing(paper: Paper, signals: Iterable[Signal], website: Website) -> None:
    reasons = Counter(signal.missing for signal in signals if signal.missing)
    if not reasons:
        return
    known = {sighting.dimension for sighting in website.sightings}
    unseen = [name for code, name in DIMENSIONS.items() if code not in known]
    paper.heading("What could not be judged")
    if unseen:
        paper.paragraph(f"Nothing is known from the website on: {'; '.join(unseen).lower()}.")
        paper.blank()
    several = [(reason, count) for reason, count in reasons.most_common() if count > 1]
    single = [reason for reason, count in reasons.items() if count == 1]
    for reason, count in several:
        paper.labelled(f"{count} signals", reason, label_width=12)
    if single:
        paper.labelled(f"{len(single)} more", "; ".join(single), label_width=12)


def write_traces(paper: Paper, traces: tuple[Trace, ...]) -> None:
    """Write the traces of execution, which are no part of the verdict."""
    if not traces:
        return
    paper.heading("Traces of how well it is carried out")
    for trace in traces:
        mark = "○" if trace.open else "●"
        paper.labelled(mark, f"{GAP_NAMES[trace.gap]}. {_sentence(trace.words)}.", label_width=2)
        for quote in trace.quotes[:1]:
            write_quote(paper, quote.text, quote.url)
    paper.blank()
    paper.paragraph("These never move the verdict. ○ speaks for a gap, ● against one.", dim=True)


def write_pages(paper: Paper, website: Website) -> None:
    """Write which pages were read, and which could not be, with the reason."""
    paper.heading("What was read")
    zones = Counter(ZONE_OF[page.type] for page in website.pages)
    for zone, name in ZONES.items():
        if zones[zone]:
            paper.labelled(_count(zones[zone], "page"), name, label_width=12)
    if zones[None]:
        paper.labelled(_count(zones[None], "page"), "of other kinds", label_width=12)
    failures = Counter(each.failure for each in website.unread)
    if failures:
        paper.blank()
        paper.paragraph("Could not be read:")
        for failure, count in failures.most_common():
            paper.labelled(_count(count, "page"), FAILURES[failure], label_width=12)
    days = sorted(page.fetched_at[:10] for page in website.pages if page.fetched_at)
    if days:
        when = days[0] if days[0] == days[-1] else f"between {days[0]} and {days[-1]}"
        paper.blank()
        paper.paragraph(f"Read {when}.", dim=True)


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def write_site_verdict(paper: Paper, result: Result, website: Website) -> None:
    """Write the verdict of a scan: label, basis and the three probabilities."""
    words = sum(page.words for page in website.pages)
    basis = f"{_count(len(website.pages), 'page')} of {website.site} read, {words:,} words."
    if result.label == UNDECIDED:
        why = WHY_OPEN[result.reason or "mixed"]
        paper.paragraph(f"Undecided: {why}", strong=True)
        if website.gate is not None and result.reason == website.gate.reason:
            paper.paragraph(f"{_sentence(website.gate.words)}.")
        paper.paragraph(basis)
    else:
        paper.paragraph(PERSONA_NAMES[result.label], strong=True)
        if result.plan.method:
            paper.paragraph(result.plan.method)
        paper.paragraph(f"Probability {percent(result.confidence)}; {basis}")
    if website.untrained and result.verdict.from_signals:
        paper.paragraph(UNTRAINED, dim=True)
    if not result.verdict.from_signals:
        return
    paper.blank()
    for persona in PERSONAS:
        strong = persona == result.leader and result.verdict.enough
        share = result.probabilities[persona]
        paper.bar(PERSONA_NAMES[persona], share, name_width=_NAME_WIDTH, strong=strong)
