"""The evidence of a website's words: each adds its own weight, by how much of it the site uses.

    share(word) = rarity(word) * (1 + ln count(word)) / length
    length      = root of the sum of squares of the numerators, over the part's known words
    adds(word, k) = share(word) * weight(word, k) / T

This is sublinear TF-IDF with Euclidean length 1 in each part, so that a site of 3 pages and one
of 60 count alike. ``T`` is the temperature of the site model. Words that the model does not know
add nothing.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Final

from persona.model.artefact import Model, Weights, WordWeights
from persona.model.evidence import Evidence, WordWeight, add, scaled
from persona.observations import WORD_PARTS, ObservationRow

MOST_SHOWN: Final = 8
"""Words kept with the evidence of a part, for readers."""

_TELLS_NOTHING: Final = frozenset(
    (  # noqa: SIM905
        "a about above accept accessibility account after all also an and any are as at back be "
        "because been before being between both bottom browser but by can click close com "
        "conditions contact content cookie cookies copyright could did do does down each email "
        "english facebook faq faqs few for forgot from full get google has have her here him his "
        "home how html http https if in info instagram into is it its javascript just legal like "
        "link linkedin links log login mail main map may menu mobile more most much must "
        "navigation next no not now of off on one only open or other our out over own page pages "
        "password pinterest policy prev previous print privacy read register reserved rights rss "
        "same search see share sign site sitemap skip so some such terms than that the their "
        "them then there these they this those through to toggle too top twitter two under up us "
        "use very view was web website were what when where which while who why will with would "
        "you your youtube"
    ).split()
)
"""Words of grammar and of every website's furniture: they count, and showing them explains
nothing."""


def weigh_words(row: ObservationRow, model: Model, share: float = 1.0) -> tuple[Evidence, ...]:
    """Return the evidence of each part of the wording in which the model knows a word.

    ``share`` is how much of the weight counts.
    """
    if row.wording is None or model.site is None:
        return ()
    tables, temperature = model.site.words, model.site.temperature
    weighed = {
        part: _weigh(row.wording.part(part), tables.get(part, {}), temperature, share)
        for part in WORD_PARTS
    }
    return tuple(_evidence(part, words) for part, words in weighed.items() if words)


def known_words(evidence: Iterable[Evidence]) -> int:
    """Return how many different words of the model stand behind evidence, part by part."""
    return round(math.fsum(one.value or 0 for one in evidence if one.is_wording))


def _weigh(
    counts: Mapping[str, int], table: Mapping[str, WordWeights], temperature: float, share: float
) -> list[tuple[str, Weights]]:
    """Return what each known word adds."""
    used = [
        (word, row[0] * (1 + math.log(count)), row)
        for word, count in counts.items()
        if count > 0 and (row := table.get(word)) is not None
    ]
    length = math.sqrt(math.fsum(size * size for _, size, _ in used))
    found = []
    for word, size, (_, *weights) in used if length > 0 else ():
        sales, passive, dynamic = (size / length * weight for weight in weights)
        found.append((word, scaled((sales, passive, dynamic), temperature, share)))
    return found


def _evidence(part: str, words: list[tuple[str, Weights]]) -> Evidence:
    telling = [pair for pair in words if not _TELLS_NOTHING.issuperset(pair[0].split("_"))]
    apart = sorted(telling, key=lambda pair: (min(pair[1]) - max(pair[1]), pair[0]))
    return Evidence(
        item=part,
        option=None,
        weights=add([weights for _, weights in words]),
        value=float(len(words)),
        words=tuple(WordWeight(word, weights) for word, weights in apart[:MOST_SHOWN]),
    )
