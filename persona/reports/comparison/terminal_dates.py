"""A comparison of dates in a terminal."""

from persona.layout import Paper, counted
from persona.reports.comparison.structures import DateComparison, Outcomes, Shift
from persona.reports.comparison.track import write_track, write_track_foot, write_track_head
from persona.reports.comparison.words import is_enough
from persona.reports.comparison.words_dates import (
    GAP_HEADINGS,
    UNSET_SCORES,
    answer_shift,
    lead_notes,
    moved,
    outcome_words,
    score_words,
)
from persona.reports.reasons import signed
from persona.reports.sentences import day, what_became
from persona.reports.website import opinion_in_words
from persona.vocabulary import GAP_NAMES, PERSONA_NAMES, PERSONAS

HOW_TO_RECORD = "Note values as they come in: persona plan RESULT.json --record PLAY=VALUE"
_MOST_SHIFTS = 6
_WIDE = 74


def write_dates(paper: Paper, comparison: DateComparison) -> None:
    """Write what moved, what moved it, and what became of the plan."""
    _write_moments(paper, comparison)
    _write_lead(paper, comparison)
    paper.turn()
    _write_courses(paper, comparison)
    _write_gaps(paper, comparison)
    paper.turn()
    for outcomes in comparison.plans:
        _write_outcomes(paper, comparison, outcomes)
    steps = [step for outcomes in comparison.plans for step in outcomes.steps]
    if steps and not any(step.records for step in steps):
        paper.paragraph(HOW_TO_RECORD, dim=True)


def _write_moments(paper: Paper, comparison: DateComparison) -> None:
    paper.heading("Then and now")
    for each in comparison.moments:
        answered = f"{each.answered} of {each.asked} questions on method"
        pages = f", {counted(each.pages, 'page')} read" if each.pages else ""
        by = f", {each.role}" if each.role else ""
        paper.labelled(
            each.letter, f"{day(each.on)}{by}: {opinion_in_words(each.opinion)}", label_width=3
        )
        paper.paragraph(f"{answered}{pages}; model {each.model}", indent=3, dim=True)
    shown = [each for each in comparison.moments if is_enough(each.opinion)]
    if len(shown) < 2:
        return
    for persona in PERSONAS:
        paper.blank()
        for each in shown:
            name = PERSONA_NAMES[persona] if each is shown[0] else ""
            label = f"{name:<19}{each.letter:<3}"
            if paper.plain:
                label = f"{PERSONA_NAMES[persona]}, {each.letter}"
            share = each.opinion.probabilities[persona]
            paper.bar(label, share, name_width=22, strong=each is shown[-1])


def _write_lead(paper: Paper, comparison: DateComparison) -> None:
    lead = comparison.lead
    paper.heading("What moved the verdict")
    if not lead.shifts:
        paper.paragraph("Nothing: every answer weighs what it did before.")
        return
    for shift in lead.shifts[:_MOST_SHIFTS]:
        write_shift(paper, shift)
    if len(lead.shifts) > _MOST_SHIFTS:
        rest = lead.shifts[_MOST_SHIFTS:]
        left = sum(each.whole for each in rest)
        words = counted(len(rest), "smaller one") + (" together" if len(rest) > 1 else "")
        paper.labelled(signed(left), words, label_width=7)
    paper.blank()
    for note in lead_notes(lead):
        paper.paragraph(note, dim=True)


def write_shift(paper: Paper, shift: Shift) -> None:
    """Write one piece of evidence with what it did, and what it was before and after."""
    paper.labelled(signed(shift.whole), answer_shift(shift), label_width=7)
    if shift.origin == "answer":
        paper.paragraph(f"{shift.about} ({shift.item})", indent=7, dim=True)


def _write_courses(paper: Paper, comparison: DateComparison) -> None:
    paper.heading("Dimension by dimension")
    write_track_head(paper)
    for course in comparison.courses:
        write_track(paper, course.dimension, course.places, moved(course))
    write_track_foot(
        paper,
        (each.places for each in comparison.courses),
        "Letters are the dates above. Half way stands one answer of either kind.",
    )


def _write_gaps(paper: Paper, comparison: DateComparison) -> None:
    if all(each.change is None for each in comparison.gaps):
        return
    paper.heading("Gaps in how it is carried out")
    for change, title in GAP_HEADINGS.items():
        names = [GAP_NAMES[each.gap] for each in comparison.gaps if each.change == change]
        if names:
            paper.labelled(title, "; ".join(names), label_width=18)
    unknown = [GAP_NAMES[each.gap] for each in comparison.gaps if each.change is None]
    if unknown:
        paper.labelled("Cannot be told", "; ".join(unknown), label_width=18)
    paper.blank()
    paper.paragraph(score_words(comparison) or UNSET_SCORES, dim=True)


def _write_outcomes(paper: Paper, comparison: DateComparison, outcomes: Outcomes) -> None:
    on = next(each.on for each in comparison.moments if each.letter == outcomes.letter)
    paper.heading(f"What became of the plan of {day(on)}")
    for step in outcomes.steps:
        paper.labelled(step.id, f"{step.name}: {outcome_words(step)}", label_width=5)
        paper.paragraph(f"In 90 days: {step.target}", indent=5, dim=True)
        for record in step.records:
            paper.labelled("·", what_became(record), label_width=2, indent=5)
