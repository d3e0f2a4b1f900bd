"""What the page of a comparison of people shows."""

from typing import Any

from persona.layout import percent
from persona.reports.comparison.structures import PeopleComparison, Side, Topic
from persona.reports.comparison.words_people import (
    ABOUT_ALPHA,
    ABOUT_INTERVALS,
    FINDINGS,
    NAMED,
    NO_TOPIC,
    SAME_WITHOUT,
    STATISTIC_NAMES,
    agreeing,
    figure,
    joint_notes,
    joint_words,
    stands_apart,
    turning,
    without_words,
)
from persona.reports.dimensions import about
from persona.reports.html.comparison_dimensions import dimensions_view
from persona.reports.html.kinds import KINDS
from persona.reports.html.marks import sign
from persona.reports.html.spread_chart import Mark, spread_chart
from persona.reports.sentences import sentence
from persona.reports.website import opinion_in_words
from persona.vocabulary import DIMENSIONS, PERSONA_NAMES, PERSONAS


def people_view(comparison: PeopleComparison) -> dict[str, Any]:
    """Return the sections of a comparison of people, by key."""
    return {
        "views": _views(comparison),
        "talk": _talk(comparison),
        "differ": [_topic(comparison, each) for each in comparison.execution],
        "dimensions": _dimensions(comparison),
        "joint": _joint(comparison),
        "agree": {
            "rows": [(STATISTIC_NAMES[one.name], sentence(figure(one)))
                     for one in comparison.statistics],
            "notes": [ABOUT_ALPHA, ABOUT_INTERVALS],
        },
    }  # fmt: skip


def _views(comparison: PeopleComparison) -> list[dict[str, Any]]:
    return [
        {
            "sign": sign(each.letter, number),
            "letter": each.letter,
            "called": each.called,
            "opinion": sentence(opinion_in_words(each.opinion)),
            "answered": f"{each.answered} of {each.asked} questions on method answered",
            "apart": stands_apart(each),
        }
        for number, each in enumerate(comparison.people)
    ]


def _talk(comparison: PeopleComparison) -> dict[str, Any]:
    findings = [DIMENSIONS[each.dimension] for each in comparison.dimensions if each.finding]
    return {
        "topics": [_topic(comparison, each) for each in comparison.topics],
        "nothing": "" if comparison.topics else NO_TOPIC,
        "findings": FINDINGS.format("; ".join(findings)) if findings else "",
    }


def _topic(comparison: PeopleComparison, topic: Topic) -> dict[str, Any]:
    return {
        "name": topic.name,
        "subject": topic.subject,
        "about": about(topic.subject),
        "question": topic.question,
        "bring": topic.bring,
        "between": topic.between_functions,
        "sides": [_side(comparison, each) for each in topic.sides],
    }


def _side(comparison: PeopleComparison, side: Side) -> dict[str, Any]:
    there = [
        (sign(each.letter, number), each.called if len(side.letters) <= NAMED else "")
        for number, each in enumerate(comparison.people)
        if each.letter in side.letters
    ]
    return {
        "who": there,
        "many": f"{len(there)} people" if len(there) > NAMED else "",
        "sees": sentence(side.sees),
        "answers": list(dict.fromkeys(each.text for each in side.answers)),
    }


def _dimensions(comparison: PeopleComparison) -> dict[str, Any]:
    return dimensions_view(
        "Where everybody stands on every dimension",
        [(each.letter, each.called) for each in comparison.people],
        [(each, agreeing(each)) for each in comparison.dimensions],
        "Agreement",
    )


def _joint(comparison: PeopleComparison) -> dict[str, Any]:
    joint, people = comparison.joint, comparison.people
    changed = [f"{without_words(each, people)}." for each in turning(joint)]
    return {
        "verdict": joint_words(joint),
        "notes": joint_notes(comparison),
        "without": changed or ([SAME_WITHOUT] if joint.without else []),
        "model": joint.model,
        "bars": [
            {
                "name": PERSONA_NAMES[persona],
                "share": percent(joint.opinion.probabilities[persona]),
                "range": " to ".join(percent(each) for each in joint.ranges[persona]),
                "chart": spread_chart(
                    f"joint-{KINDS[persona]}",
                    PERSONA_NAMES[persona],
                    KINDS[persona],
                    [Mark(each.letter, each.opinion.probabilities[persona]) for each in people],
                    joint.opinion.probabilities[persona],
                ),
            }
            for persona in PERSONAS
        ],
    }
