"""The joint verdict: the answers of all, each person's weighed alike, with the spread.

The contribution of a question is the mean of the contributions of those who answered it; whoever
left it out adds nothing and takes nothing away. The sum is exact, as for one person:

    logit(k) = intercept(k) + sum over questions of mean over people of weight(answer, k)
"""

import math
from collections.abc import Sequence

from persona.model.artefact import LoadedModel, Weights
from persona.model.evidence import add, intercept_of, probabilities, ranked
from persona.model.verdict import Verdict, decide
from persona.reports.comparison.structures import Joint, Without
from persona.reports.comparison.taking import letters
from persona.reports.result import Opinion, Result
from persona.vocabulary import PERSONAS


def opinion_of(verdict: Verdict) -> Opinion:
    """Return a verdict without its evidence."""
    return Opinion(verdict.label, verdict.reason, verdict.leader, verdict.probabilities)


def joint_verdict(
    results: Sequence[Result], verdicts: Sequence[Verdict], model: LoadedModel
) -> Joint:
    """Return the verdict of all together; ``verdicts`` are each person's, by the same model.

    Leaving one of two people out says nothing new, so that ``without`` is then empty.
    """
    opinion, known = _pooled(verdicts, model)
    leave_out = letters(len(results)) if len(results) > 2 else ()
    return Joint(
        opinion=opinion,
        answered=known,
        ranges={
            persona: (
                min(each.probabilities[persona] for each in verdicts),
                max(each.probabilities[persona] for each in verdicts),
            )
            for persona in PERSONAS
        },
        without=tuple(
            Without(letter, _pooled([*verdicts[:place], *verdicts[place + 1 :]], model)[0])
            for place, letter in enumerate(leave_out)
        ),
        model=model.model.name,
    )


def _pooled(verdicts: Sequence[Verdict], model: LoadedModel) -> tuple[Opinion, int]:
    """Return the verdict of people together, and how many questions one of them answered."""
    said: dict[str, list[Weights]] = {}
    for verdict in verdicts:
        for evidence in verdict.evidence:
            said.setdefault(evidence.item, []).append(evidence.weights)
    totals = add([intercept_of(model.model), *map(_mean, said.values())])
    shares = probabilities(totals)
    label, reason = decide(shares, len(said), model.model.thresholds)
    leader = PERSONAS[ranked(totals)[0]]
    by_persona = dict(zip(PERSONAS, shares, strict=True))
    return Opinion(label, reason, leader, by_persona), len(said)


def _mean(weights: Sequence[Weights]) -> Weights:
    sales, passive, dynamic = (math.fsum(column) / len(weights) for column in zip(*weights))  # noqa: B905
    return (sales, passive, dynamic)
