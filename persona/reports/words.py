"""What a website's words suggest: which way they lean, and which of them tell most."""

from persona.layout import Paper
from persona.model.artefact import Weights
from persona.model.evidence import Evidence
from persona.model.outside import LEAST_LEAD
from persona.model.verdict import Verdict
from persona.model.words import known_words
from persona.vocabulary import PERSONAS

PART_NAMES = {
    "links": "Names of links and pages",
    "labels": "Link texts",
    "text": "Text",
}
AS_EVIDENCE = {
    "links": "words in the names of its links and pages",
    "labels": "the texts of its links",
    "text": "words of its text",
}
_MOST_NAMED = 4
_SHORT = ("sales", "passive", "dynamic")


def write_words(paper: Paper, verdict: Verdict) -> None:
    """Write which way the words of a website lean, part by part, and the words that tell most.

    Nothing is written where there is too little for a verdict: a few words lean by chance.
    """
    if not verdict.from_words or not verdict.enough:
        return
    paper.heading("What its words suggest")
    paper.paragraph(
        f"The model knows {known_words(verdict.from_words):,} of the words and link texts on this "
        "website from those of labelled companies. Below stand the ones that lean most toward each "
        "method. Each adds a little, and none decides alone."
    )
    for one in verdict.from_words:
        paper.blank()
        toward = lean_of(one)
        lean = "toward none" if toward is None else f"toward {_SHORT[toward]}"
        paper.title(PART_NAMES[one.item], lean)
        for index, words in leaning_words(one):
            paper.labelled(_SHORT[index], ", ".join(words), label_width=9, indent=2)


def named_words(evidence: Evidence, leader: int, rival: int, toward_leader: bool) -> str:
    """Return a part of the wording as evidence, with words that give it its direction.

    ``leader`` and ``rival`` are places in ``PERSONAS``.
    """
    sign = 1 if toward_leader else -1
    words = [
        f"“{as_read(each.word)}”"
        for each in evidence.words
        if sign * (each.weights[leader] - each.weights[rival]) > 0
    ]
    such = f"such as {', '.join(words[:_MOST_NAMED])}" if words else "many that tell a little each"
    return f"{AS_EVIDENCE[evidence.item]}, {such}"


def as_read(word: str) -> str:
    """Return a word, or the words of a link, as they are read."""
    return word.replace("_", " ")


def leaning_words(evidence: Evidence) -> list[tuple[int, list[str]]]:
    """Return the words of a part that tell most, by the place in ``PERSONAS`` they lean to."""
    found = []
    for index in range(len(PERSONAS)):
        words = [as_read(each.word) for each in evidence.words if _toward(each.weights) == index]
        if words:
            found.append((index, words))
    return found


def lean_of(evidence: Evidence) -> int | None:
    """Return the place in ``PERSONAS`` that a part of the wording leans to, None where to none."""
    return _toward(evidence.weights, LEAST_LEAD)


def _toward(weights: Weights, least: float = 0.0) -> int | None:
    """Return the persona with more than the others by at least this much; None when level."""
    second, first = sorted(weights)[1:]
    return weights.index(first) if first > second and first - second >= least else None
