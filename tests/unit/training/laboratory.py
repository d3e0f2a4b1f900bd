"""Made-up companies with answers, signals and words, as numbers to fit to; for tests of fitting."""

import random
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from persona.observations import Wording
from persona.questionnaire.items import Questionnaire, load_questionnaire
from persona.signals.catalogue import Catalogue, load_catalogue
from persona.training.companies import Company
from persona.training.encode import Encoded, encode
from persona.training.settings import Settings
from persona.vocabulary import PERSONAS

QUICK = Settings(
    answer_shrinkages=(4.0,), site_shrinkages=(0.3,), min_answers=6, min_words=3, folds=3
)
"""Settings under which a fit takes little time, and websites of few words count."""

SAID = (("quote", "dealer", "visit"), ("quality", "family", "local"), ("trial", "learn", "survey"))
"""Words that websites of each persona mostly use."""
COMMON = ("home", "about", "team", "contact", "news", "world", "price", "order")
SIGNALS = {
    **dict.fromkeys(("W01", "W02", "W05", "W14"), (0.0, 0.1, 0.4, 2.0, 9.0)),
    **dict.fromkeys(("W57", "W58"), (2.0, 3.0)),
}
"""Signals with the values that they take; the last two are codes."""


@cache
def questionnaire() -> Questionnaire:
    return load_questionnaire()


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def companies(each: int = 8, *, noise: float = 0.5, seed: int = 0) -> list[Company]:
    """Return companies, ``each`` of a persona; a share ``noise`` of what is known is random.

    Every third has two informants, every fourth no website, every fifth no answers.
    """
    chance = random.Random(seed)
    made = []
    for number in range(3 * each):
        place = number % 3
        asked = ["one", "two"] if number % 9 < 3 else ["one"]
        made.append(
            Company(
                company=f"c{number:03}.example",
                informants={name: _answers(place, noise, chance) for name in asked},
                signals={name: chance.choice(values) for name, values in SIGNALS.items()},
                controls={"k_industry": chance.choice("abc"), "k_size": chance.choice("xy")},
                wording=_wording(place, noise, chance),
                points=_points(place, chance),
                label=PERSONAS[place],
                source=("mill", "shop")[number % 2],
            )
        )
    return [
        replace(one, informants={}) if number % 5 == 4
        else replace(one, signals={}, wording=None) if number % 4 == 3
        else one
        for number, one in enumerate(made)
    ]  # fmt: skip


def encoded(made: Sequence[Company] | None = None) -> Encoded:
    """Return companies as numbers."""
    return encode(companies() if made is None else made, questionnaire(), catalogue())


def relabelled(made: Sequence[Company], places: Iterable[int]) -> list[Company]:
    """Return the companies with other labels and points at these places."""
    changed = list(made)
    for place in places:
        one = changed[place]
        label = PERSONAS[(PERSONAS.index(one.label) + 1) % 3] if one.is_decided else PERSONAS[0]
        points = [float(persona == label) for persona in PERSONAS]
        changed[place] = replace(one, label=label, points=(points[0], points[1], points[2]))
    return changed


def answers_like(label: str, items: int = 28) -> dict[str, str]:
    """Return the likeliest answers of a persona to the first items."""
    place = PERSONAS.index(label)
    asked = questionnaire().of_kind("persona")[:items]
    return {
        item.id: max(item.options, key=lambda option: option.p[place] if option.p else 0).id
        for item in asked
    }


def wording(text: Mapping[str, int], **parts: dict[str, int]) -> Wording:
    """Return the wording of a website with a text, and other parts."""
    return Wording(parts.get("links", {}), parts.get("labels", {}), dict(text))


def _answers(place: int, noise: float, chance: random.Random) -> dict[str, str]:
    given = {}
    for item in questionnaire().of_kind("persona"):
        likely = max(item.options, key=lambda option: option.p[place] if option.p else 0)
        if chance.random() > 0.1:
            given[item.id] = (chance.choice(item.options) if chance.random() < noise else likely).id
    return given


def _wording(place: int, noise: float, chance: random.Random) -> Wording:
    def words(count: int) -> dict[str, int]:
        own = [each for said in SAID for each in said] if chance.random() < noise else SAID[place]
        chosen = [chance.choice((*own, *COMMON)) for _ in range(count)]
        return {word: chance.randint(1, 5) for word in sorted(set(chosen))}

    return Wording(words(6), words(3), words(12))


def _points(place: int, chance: random.Random) -> tuple[float, float, float]:
    most = chance.choice((0.6, 0.8, 1.0))
    points = [(1 - most) / 2] * 3
    points[place] = most
    return points[0], points[1], points[2]
