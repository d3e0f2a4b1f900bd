"""Advice for those who choose to change method; never part of a plan."""

import msgspec

from persona.advice.execution import Execution
from persona.advice.playbook import EvolvePath, Playbook
from persona.advice.triggers import Facts, matches
from persona.vocabulary import Label

_NO_PATH: dict[Label, str] = {
    "dynamic_marketer": "No path is offered from here: a dynamic marketer stays, or goes back.",
    "undecided": "No path is offered while the method is open: settle that question first.",
}

DECENT = 0.5
"""The execution score from which a change of method may be thought of."""


class EvolveAdvice(msgspec.Struct, frozen=True, kw_only=True):
    """What to think about first, whether the company is ready, and the paths open to it.

    ``no_path`` says why there is none; ``unmet`` names the paths whose needs, as far as answers
    can show them, are not met.
    """

    question: str
    good_reasons: tuple[str, ...]
    poor_reasons: tuple[str, ...]
    first: str
    readiness: str
    no_path: str | None
    unmet: tuple[str, ...]
    paths: tuple[EvolvePath, ...]
    staying: str


def advise_evolving(
    facts: Facts, label: Label, execution: Execution, playbook: Playbook
) -> EvolveAdvice:
    """Return the advice on changing method for a company that runs on ``label``."""
    evolve = playbook.evolve
    paths = tuple(path for path in evolve.path if path.from_ == label)
    return EvolveAdvice(
        question=evolve.question,
        good_reasons=evolve.good_reasons,
        poor_reasons=evolve.poor_reasons,
        first=evolve.first,
        readiness=_readiness(execution),
        no_path=_NO_PATH.get(label),
        unmet=tuple(
            path.id
            for path in paths
            if path.needs and not matches(playbook.triggers[path.id], facts)
        ),
        paths=paths,
        staying=evolve.staying,
    )


def _readiness(execution: Execution) -> str:
    if execution.score is None:
        return "Your execution is not known yet: answer the execution questions first."
    figure = f"Your execution score is {execution.score:.0%}"
    if execution.score < DECENT:
        return f"{figure}, below half: raise it before you change anything."
    return f"{figure}: that condition is met."
