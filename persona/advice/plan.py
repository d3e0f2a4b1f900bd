"""The plan: at most three plays, chosen and put in order by a fixed rule.

Rule: of the plays whose trigger holds, the first is the one furthest from good among those
whose measure can be taken within a fortnight; the others follow by distance alone. On a tie,
what counts doubly for the method comes first, then the order of the playbook. No two plays of
one plan treat the same weakness. Plays belong to one method; a company is never given those of
another, and an undecided company is given only plays against gaps that hurt any method.
"""

from collections.abc import Iterator

import msgspec

from persona.advice.playbook import GapPlay, Play, Playbook
from persona.advice.triggers import Facts, Match, matches
from persona.drawn import Drawn
from persona.model.profile import Profile
from persona.observations import Answer, ObservationRow
from persona.vocabulary import CORE_ITEMS, PERSONAS, UNDECIDED, Gap, Label, Persona

MOST_PLAYS = 3


class Because(msgspec.Struct, frozen=True):
    """An answer that a recommendation rests on."""

    item: str
    question: str
    text: str


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One play of a plan, in words a chief executive can act on."""

    id: str
    name: str
    what: str
    how: str | None
    because: tuple[Because, ...]
    also_when: str | None
    first_action: str
    owner: str
    metric: str
    target: str
    measure: str
    source: str


class Plan(Drawn, frozen=True, kw_only=True):
    """The plays to do now, in order, with what to press and what to guard.

    ``method`` and ``ambition`` say what the method is and how to be the best at it. ``waiting``
    names plays whose trigger also holds and that were left for later. ``note`` says why there
    are few or none.
    """

    method: str | None
    ambition: str | None
    steps: tuple[Step, ...]
    waiting: tuple[str, ...]
    strengths: tuple[str, ...]
    guards: tuple[str, ...]
    note: str | None


class Candidate(msgspec.Struct, frozen=True):
    """A play whose trigger holds, with the conditions that made it hold.

    ``core`` says that one of the answers they rest on counts doubly for the method.
    """

    play: Play | GapPlay
    matches: tuple[Match, ...]
    core: bool

    @property
    def chief(self) -> Match:
        """The condition that is furthest from good."""
        return max(self.matches, key=lambda match: match.distance)

    @property
    def weakness(self) -> str:
        """The dimension or execution item that is furthest from good."""
        answer = self.chief.answers[0]
        return answer.dimension or answer.item

    @property
    def urgency(self) -> tuple[float, bool]:
        """What plays are put in order by, the least first."""
        return (-self.chief.distance, not self.core)

    @property
    def precedence(self) -> tuple[bool, float, bool]:
        """What the first play is chosen by: the first of the candidates with the least."""
        return (not self.play.fortnight, *self.urgency)


def make_plan(row: ObservationRow, label: Label, profile: Profile, playbook: Playbook) -> Plan:
    """Return the plan for a company that runs on ``label``."""
    persona = _method(label)
    candidates = list(_candidates(Facts(row, profile), persona, playbook))
    chosen = _choose(candidates)
    method = playbook.method[persona] if persona else None
    return Plan(
        method=method.sentence if method else None,
        ambition=method.ambition if method else None,
        steps=tuple(step_of(candidate, persona) for candidate in chosen),
        waiting=tuple(each.play.id for each in candidates if each not in chosen),
        strengths=method.strengths if method else (),
        guards=method.guards if method else (),
        note=_note(label, bool(row.of_kind("execution")), bool(chosen)),
    )


def first_step(
    row: ObservationRow, label: Label, profile: Profile, playbook: Playbook
) -> Step | None:
    """Return the first step of the plan that ``make_plan`` makes, None where it has none."""
    persona = _method(label)
    candidates = list(_candidates(Facts(row, profile), persona, playbook))
    if not candidates:
        return None
    return step_of(min(candidates, key=lambda each: each.precedence), persona)


def step_against(gap: Gap, label: Label, playbook: Playbook) -> Step:
    """Return the step against one gap, for a company that runs on ``label``."""
    play = next(each for each in playbook.gap_play if each.gap == gap)
    return step_of(Candidate(play, (), core=False), _method(label))


def _method(label: Label) -> Persona | None:
    return next((each for each in PERSONAS if each == label), None)


def _candidates(facts: Facts, persona: Persona | None, playbook: Playbook) -> Iterator[Candidate]:
    for play in playbook.plays:
        candidate = consider(play, facts, persona, playbook)
        if candidate is not None:
            yield candidate


def consider(
    play: Play | GapPlay, facts: Facts, persona: Persona | None, playbook: Playbook
) -> Candidate | None:
    """Return a play as a candidate if it is open to a method and its trigger holds.

    ``persona`` is None for an undecided company.
    """
    if isinstance(play, Play) and play.persona != persona:
        return None
    found = matches(playbook.triggers[play.id], facts)
    if not found:
        return None
    items = {answer.item for match in found for answer in match.answers}
    return Candidate(play, found, not items.isdisjoint(CORE_ITEMS[persona] if persona else ()))


def _choose(candidates: list[Candidate]) -> list[Candidate]:
    ranked = sorted(candidates, key=lambda each: each.urgency)
    first = sorted(candidates, key=lambda each: each.precedence)[:1]
    chosen: list[Candidate] = []
    for candidate in (*first, *ranked):
        treated = {each.weakness for each in chosen}
        if len(chosen) < MOST_PLAYS and candidate.weakness not in treated:
            chosen.append(candidate)
    return chosen


def step_of(candidate: Candidate, persona: Persona | None) -> Step:
    """Return a candidate as a step of the plan of a company that runs on a method."""
    play = candidate.play
    tuned = play.tuned[persona] if isinstance(play, GapPlay) and persona else None
    answers = dict.fromkeys(answer for match in candidate.matches for answer in match.answers)
    return Step(
        id=play.id,
        name=play.name,
        what=play.what,
        how=tuned.how if tuned else None,
        because=tuple(_because(answer) for answer in answers),
        also_when=play.also_when if isinstance(play, Play) else None,
        first_action=tuned.first_action if tuned else play.first_action,
        owner=play.owner,
        metric=play.metric,
        target=play.target,
        measure=play.measure,
        source=play.source,
    )


def _because(answer: Answer) -> Because:
    return Because(answer.item, answer.question, answer.text)


def _note(label: Label, execution_known: bool, any_play: bool) -> str | None:
    if not execution_known:
        ask = "None of the twelve execution questions (E01 to E12) is answered"
        if label == UNDECIDED and not any_play:
            return f"{ask}, and the method is open; answer more questions to get a plan."
        return f"{ask}; with them the plan would also treat gaps in carrying the method out."
    if label == UNDECIDED:
        return (
            "The method is open, so no method's own plays are given; "
            "these close gaps that hurt any method."
            if any_play
            else "The method is open and no gap shows in your answers."
        )
    return None if any_play else "No trigger holds: your answers show no weakness to treat first."
