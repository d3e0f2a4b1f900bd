"""Three artefacts to check: documents that would back, or refute, the weightiest answers."""

import msgspec

from persona.model.verdict import Verdict
from persona.observations import ObservationRow


class Check(msgspec.Struct, frozen=True):
    """One thing to look at, and the answer that it would back or refute."""

    item: str
    question: str
    text: str
    verify_with: str


def to_verify(row: ObservationRow, verdict: Verdict, most: int = 3) -> tuple[Check, ...]:
    """Return what to look at: the answers that most part the leading persona from the next."""
    checks: list[Check] = []
    for evidence in sorted(verdict.evidence, key=lambda one: -verdict.margin(one)):
        answer = row.answer(evidence.item)
        artefact = answer.verify_with if answer else None
        if answer and artefact and artefact not in {check.verify_with for check in checks}:
            checks.append(Check(answer.item, answer.question, answer.text, artefact))
    return tuple(checks[:most])
