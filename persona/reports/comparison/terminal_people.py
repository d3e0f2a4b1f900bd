"""A comparison of people in a terminal."""

from persona.layout import Paper, quoted
from persona.reports.comparison.structures import PeopleComparison, Topic
from persona.reports.comparison.track import write_track, write_track_foot, write_track_head
from persona.reports.comparison.words_people import (
    ABOUT_ALPHA,
    ABOUT_INTERVALS,
    FINDINGS,
    NO_TOPIC,
    SAME_WITHOUT,
    STATISTIC_NAMES,
    agreeing,
    figure,
    joint_notes,
    joint_words,
    spread_words,
    stands_apart,
    turning,
    who,
    without_words,
)
from persona.reports.sentences import sentence
from persona.reports.website import opinion_in_words
from persona.vocabulary import DIMENSIONS, PERSONA_NAMES, PERSONAS

_MOST_EXECUTION = 6


def write_people(paper: Paper, comparison: PeopleComparison) -> None:
    """Write who sees what, what to talk about, and what all say together."""
    _write_views(paper, comparison)
    paper.turn()
    _write_topics(paper, comparison)
    _write_execution(paper, comparison)
    paper.turn()
    _write_dimensions(paper, comparison)
    paper.turn()
    _write_joint(paper, comparison)
    _write_statistics(paper, comparison)


def _write_views(paper: Paper, comparison: PeopleComparison) -> None:
    paper.heading("Who sees what")
    for each in comparison.people:
        words = f"{each.called}: {opinion_in_words(each.opinion)}"
        paper.labelled(each.letter, words, label_width=3)
        if apart := stands_apart(each):
            paper.paragraph(apart, indent=3, dim=True)
        if each.answered < each.asked:
            answered = f"{each.answered} of {each.asked} questions on method answered"
            paper.paragraph(answered, indent=3, dim=True)


def _write_topics(paper: Paper, comparison: PeopleComparison) -> None:
    paper.heading("Talk about this first")
    if not comparison.topics:
        paper.paragraph(NO_TOPIC)
    for number, topic in enumerate(comparison.topics, 1):
        paper.paragraph(f"{number}  {topic.name}", strong=True)
        _write_sides(paper, comparison, topic)
        paper.blank()
        paper.labelled("Ask", topic.question, label_width=12, indent=3)
        paper.labelled("To look at", topic.bring, label_width=12, indent=3)
        paper.blank()
    found = [DIMENSIONS[each.dimension] for each in comparison.dimensions if each.finding]
    if found:
        paper.paragraph(FINDINGS.format("; ".join(found)))


def _write_sides(paper: Paper, comparison: PeopleComparison, topic: Topic) -> None:
    for side in topic.sides:
        people = who(side.letters, comparison.people)
        paper.labelled("·", f"{people}: {side.sees}", label_width=2, indent=3)
        said = ", ".join(dict.fromkeys(quoted(each.text) for each in side.answers))
        paper.paragraph(f"Answered {said}", indent=5, dim=True)


def _write_execution(paper: Paper, comparison: PeopleComparison) -> None:
    if not comparison.execution:
        return
    paper.heading("Where they differ on how it is carried out")
    for topic in comparison.execution[:_MOST_EXECUTION]:
        paper.paragraph(topic.question)
        for side in topic.sides:
            people = who(side.letters, comparison.people)
            said = quoted(side.answers[0].text)
            paper.labelled("·", f"{people}: {said}", label_width=2, indent=2)
        between = ". Sales and marketing answer differently" if topic.between_functions else ""
        paper.paragraph(f"{topic.name} ({topic.subject}){between}", indent=2, dim=True)
        paper.blank()
    left = len(comparison.execution) - _MOST_EXECUTION
    if left > 0:
        items = ", ".join(each.subject for each in comparison.execution[_MOST_EXECUTION:])
        paper.paragraph(f"And {left} more: {items}.", dim=True)


def _write_dimensions(paper: Paper, comparison: PeopleComparison) -> None:
    paper.heading("Dimension by dimension")
    write_track_head(paper)
    for one in comparison.dimensions:
        write_track(paper, one.dimension, one.places, agreeing(one))
    write_track_foot(
        paper,
        (each.places for each in comparison.dimensions),
        "Letters are people. Half way stands who gave one answer of either kind. People agree "
        "who are less than a level apart.",
    )


def _write_joint(paper: Paper, comparison: PeopleComparison) -> None:
    joint = comparison.joint
    paper.heading("All answers together")
    paper.paragraph(joint_words(joint), strong=True)
    paper.blank()
    for persona in PERSONAS:
        paper.labelled(PERSONA_NAMES[persona], spread_words(joint, persona), label_width=19)
    paper.blank()
    for note in joint_notes(comparison):
        paper.paragraph(note, dim=True)
    if joint.without:
        changed = turning(joint)
        if not changed:
            paper.paragraph(SAME_WITHOUT)
        for each in changed:
            paper.paragraph(f"{without_words(each, comparison.people)}.")


def _write_statistics(paper: Paper, comparison: PeopleComparison) -> None:
    paper.heading("How far the answers agree")
    for one in comparison.statistics:
        paper.labelled(STATISTIC_NAMES[one.name], sentence(figure(one)), label_width=25)
    paper.blank()
    paper.paragraph(f"{ABOUT_ALPHA} {ABOUT_INTERVALS}", dim=True)
