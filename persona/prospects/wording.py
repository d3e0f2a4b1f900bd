"""Sentences about a whole list: what it is made of, and how far its figures can be trusted."""

from typing import Final

import msgspec

from persona.layout import percent
from persona.prospects.summary import Agreement, ListSummary
from persona.vocabulary import NONE_IS_BETTER, PERSONA_NAMES, PERSONAS

_BY: Final = {
    "answers": "by answers alone",
    "website": "by the website alone",
    "both": "by answers and website",
}


class Limit(msgspec.Struct, frozen=True):
    """Something that the figures cannot say, with a title."""

    title: str
    text: str


def lede(summary: ListSummary) -> str:
    """Return one sentence on what a list is made of."""
    if not summary.rows:
        return "The list has no rows."
    if summary.rows == 1:
        return f"The list has one row, which {_only(summary)}."
    rest = [
        f"{count:,} {one if count == 1 else more}"
        for count, one, more in (
            (summary.undecided, "is undecided", "are undecided"),
            (summary.failed, "failed", "failed"),
            (summary.duplicate, "repeats an earlier row", "repeat an earlier row"),
        )
        if count
    ]
    told = "; ".join(filter(None, (_most_often(summary), _joined(rest))))
    return f"Of {summary.rows:,} rows, {told}."


def _only(summary: ListSummary) -> str:
    """Return what became of the only row."""
    if summary.failed:
        return "failed"
    if summary.undecided:
        return "is undecided"
    methods = [PERSONA_NAMES[each] for each in PERSONAS if summary.personas[each].count]
    return f"is judged {methods[0].lower()}" if methods else "repeats an earlier one"


def _most_often(summary: ListSummary) -> str:
    """Return how many verdicts there are, and which method is named most, if one is."""
    if not summary.scored:
        return "none has a verdict"
    have = f"{summary.scored:,} {'has' if summary.scored == 1 else 'have'} a verdict"
    counts = sorted((summary.personas[each].count for each in PERSONAS), reverse=True)
    first = max(PERSONAS, key=lambda each: summary.personas[each].count)
    name = PERSONA_NAMES[first].lower()
    if counts[0] == summary.scored:
        return f"{have}, {'which is' if summary.scored == 1 else 'all of them'} {name}"
    if counts[0] == counts[1]:
        return have
    return f"{have}, most often {name} ({percent(counts[0] / summary.scored)} of the verdicts)"


def _joined(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def share_notes(summary: ListSummary) -> list[str]:
    """Return how the shares and their intervals are to be read."""
    notes = [f"{NONE_IS_BETTER} A company can run any of them well or badly."]
    if summary.scored:
        notes.append(
            "The interval says how far off these shares may lie if the companies were drawn from a "
            "larger market: 19 such intervals of 20 hold that market's share. It knows nothing of "
            "wrong verdicts."
        )
    return notes


def confidence_notes(summary: ListSummary, sure: int) -> list[str]:
    """Return how sure the verdicts are as a whole; ``sure`` is a tenth of confidence."""
    share = sum(summary.confidence[sure:]) / summary.scored
    return [
        f"{percent(share)} of the verdicts have a probability of {sure * 10}% or more.",
        "A probability of 80% says that of ten companies like this one, eight would get the same "
        "label from those who labelled the companies that the model learned from.",
    ]


def reading_notes(summary: ListSummary) -> list[str]:
    """Return what a list was judged by, and what was left out."""
    if not summary.websites_read:
        return ["No website was read: rows were judged by what stands in the list."]
    unread = summary.sites - summary.sites_read
    notes = ["A few public pages of each website were weighed, those in English."]
    if unread:
        whose = "one website" if unread == 1 else f"{unread:,} websites"
        notes.append(f"Of {whose} no page was read.")
    return notes


def limits_of(summary: ListSummary) -> list[Limit]:
    """Return what the figures of a list cannot say, in plain words."""
    whose = f" by {summary.labelled_by}" if summary.labelled_by else ""
    return [
        Limit(
            "These are verdicts of a model, not facts.",
            f"The model learned from companies labelled{whose}. How far it meets such labels is "
            "all that was measured; nobody has asked these companies.",
        ),
        *map(_agreement, summary.agreement),
        *_elsewhere(summary.agreement),
        *_outside(summary),
        Limit(
            "It sorts by method, not by quality.",
            f"{NONE_IS_BETTER} Nothing here says how well a company does what it does, "
            "or whether it is a good prospect.",
        ),
        Limit(
            "Undecided and failed rows are no fourth method.",
            "They are left out of the shares. Where they are many, the shares describe the rest.",
        ),
    ]


def _agreement(one: Agreement) -> Limit:
    return Limit(
        f"Judged {_BY[one.view]}, {percent(one.met)} of the verdicts met the label.",
        f"Measured on {one.companies:,} companies that the model had not seen (interval "
        f"{percent(one.low)} to {percent(one.high)}); it gave {percent(one.decided)} of them a "
        "verdict.",
    )


def _elsewhere(agreement: tuple[Agreement, ...]) -> list[Limit]:
    falls = [
        f"from {one.kappa:.2f} to {one.elsewhere:.2f} {_BY[one.view]}"
        for one in agreement
        if one.elsewhere is not None
    ]
    if not falls:
        return []
    return [
        Limit(
            "Expect less on companies unlike those it learned from.",
            "On a scale from 0, as good as guessing, to 1, always the same, agreement fell "
            f"{_joined(falls)} when the companies came from a source that it had never met.",
        )
    ]


def _outside(summary: ListSummary) -> list[Limit]:
    if not summary.websites_read:
        return []
    return [
        Limit(
            "A website shows only a part.",
            "It is how a company wants to be seen, on the few pages that were read, on one day. "
            "Pages in other languages than English are not judged.",
        )
    ]
