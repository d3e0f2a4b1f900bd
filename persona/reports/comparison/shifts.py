"""What moved the lead between two verdicts, exactly: each piece of evidence with its share.

The lead of persona x over persona y is the difference of their logits, and a logit is a sum
(:mod:`persona.model.evidence`). So is the change of a lead:

    lead(after) - lead(before) = sum over evidence of [margin(after) - margin(before)]

with margin(e) = weight(e, x) - weight(e, y), 0 where the evidence is missing. Where the two
verdicts are of different models, an answer's share is split at the model after:

    margin_after(new) - margin_before(old)
        = [margin_after(new) - margin_after(old)] + [margin_after(old) - margin_before(old)]

the first part being the other answer, the second the other model.
"""

import math
from collections.abc import Callable, Iterator

import msgspec

from persona.model.artefact import LoadedModel
from persona.model.evidence import Evidence, tempered
from persona.reports.comparison.structures import Lead, Origin, Shift
from persona.reports.result import Result
from persona.reports.words import AS_EVIDENCE
from persona.vocabulary import Persona


class _Sides(msgspec.Struct, frozen=True):
    """The two results, the personas whose lead is looked at, and the model after, if at hand."""

    before: Result
    after: Result
    ahead: Persona
    behind: Persona
    model: LoadedModel | None

    @property
    def same_model(self) -> bool:
        return self.before.model.sha256 == self.after.model.sha256

    def margin(self, evidence: Evidence | None) -> float:
        if evidence is None:
            return 0.0
        return evidence.toward(self.ahead) - evidence.toward(self.behind)


def lead_between(
    before: Result, after: Result, model_of: Callable[[str], LoadedModel | None]
) -> Lead:
    """Return how the lead changed from one result to another, and what changed it.

    The lead is that of the persona ahead afterwards over the one that was ahead before or, where
    that is the same, over the next nearest afterwards. ``model_of`` returns the model with a
    SHA-256; where that of the verdict afterwards is not at hand, the shares of answers that
    changed while the model changed are undivided.
    """
    ahead = after.leader
    behind = before.leader if before.leader != ahead else after.runner_up
    changed = before.model.sha256 != after.model.sha256
    model = model_of(after.model.sha256) if changed else None
    sides = _Sides(before, after, ahead, behind, model)
    shifts = sorted(
        (shift for shift in _shifts(sides) if shift.whole != 0),
        key=lambda shift: (-abs(shift.whole), shift.item),
    )
    return Lead(
        ahead=ahead,
        behind=behind,
        before=before.logits[ahead] - before.logits[behind],
        after=after.logits[ahead] - after.logits[behind],
        by_evidence=math.fsum(shift.by_evidence for shift in shifts),
        by_model=math.fsum(shift.by_model for shift in shifts),
        undivided=math.fsum(shift.undivided for shift in shifts),
        shifts=tuple(shifts),
    )


def _shifts(sides: _Sides) -> Iterator[Shift]:
    yield _start(sides)
    old = {one.item: one for one in sides.before.evidence}
    new = {one.item: one for one in sides.after.evidence}
    for item in dict.fromkeys((*old, *new)):
        yield _shift(sides, old.get(item), new.get(item))


def _start(sides: _Sides) -> Shift:
    """Return what another starting point did: another model, or a website in place of answers."""
    start = [
        each.intercept[sides.ahead] - each.intercept[sides.behind]
        for each in (sides.before, sides.after)
    ]
    whole = start[1] - start[0]
    return Shift(
        item="start",
        origin="start",
        about="Where the model stands before it knows anything",
        before=None,
        after=None,
        whole=whole,
        by_evidence=whole if sides.same_model else 0.0,
        by_model=0.0 if sides.same_model else whole,
        undivided=0.0,
    )


def _shift(sides: _Sides, old: Evidence | None, new: Evidence | None) -> Shift:
    one = new or old
    assert one is not None
    whole = sides.margin(new) - sides.margin(old)
    by_evidence, by_model, undivided = _parts(sides, old, new, whole)
    about, before, after = _in_words(sides, one)
    return Shift(
        item=one.item,
        origin=_origin(one),
        about=about,
        before=before,
        after=after,
        whole=whole,
        by_evidence=by_evidence,
        by_model=by_model,
        undivided=undivided,
    )


def _parts(
    sides: _Sides, old: Evidence | None, new: Evidence | None, whole: float
) -> tuple[float, float, float]:
    """Return what is due to the evidence, to the model, and to both at once."""
    if sides.same_model or old is None:
        return whole, 0.0, 0.0
    if new is not None and (old.option, old.value) == (new.option, new.value):
        return (0.0, whole, 0.0) if not new.is_wording else (0.0, 0.0, whole)
    reweighed = _under(sides.model, old)
    if reweighed is None:
        return 0.0, 0.0, whole
    middle = sides.margin(reweighed)
    return sides.margin(new) - middle, middle - sides.margin(old), 0.0


def _under(loaded: LoadedModel | None, old: Evidence) -> Evidence | None:
    """Return an earlier answer as another model weighs it, None where that cannot be told."""
    if loaded is None or old.option is None:
        return None
    weights = loaded.model.answers.get(old.item, {}).get(old.option)
    if weights is None:
        return None
    return Evidence(old.item, old.option, tempered(weights, loaded.model))


def _origin(evidence: Evidence) -> Origin:
    if evidence.option is not None:
        return "answer"
    return "words" if evidence.is_wording else "signal"


def _in_words(sides: _Sides, evidence: Evidence) -> tuple[str, str | None, str | None]:
    """Return what a piece of evidence is about, and what it was before and after."""
    if evidence.is_wording:
        return f"On the website: {AS_EVIDENCE[evidence.item]}", None, None
    sides_of = (sides.before, sides.after)
    answers = [each.row.answer(evidence.item) for each in sides_of]
    if any(answers):
        question = next(each.question for each in reversed(answers) if each)
        before, after = (each.text if each else None for each in answers)
        return question, before, after
    signals = [each.row.signal(evidence.item) for each in sides_of]
    says = next((each.says for each in reversed(signals) if each), evidence.item)
    before, after = (
        None if each is None or each.value is None else "found" if each.value else "not found"
        for each in signals
    )
    return f"On the website: {says}", before, after
