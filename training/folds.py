"""Folds of companies: every company in one fold, the labels spread evenly, the same every time."""

import numpy as np

from persona.training.arrays import Flags
from persona.training.drafts import key_of
from persona.training.encode import Encoded


def company_folds(data: Encoded, within: Flags, folds: int, seed: int) -> list[Flags]:
    """Return flags of companies, one array a fold; together they are ``within``.

    Companies are dealt out in a random order that depends on ``seed`` and on their names alone,
    persona by persona, judged or not, with or without website and answers: folds are alike.
    """
    generator = np.random.default_rng(seed)
    names = [key_of(one.company) for one in data.companies]
    places = sorted(range(len(names)), key=lambda place: names[place])
    shuffled = [places[turn] for turn in generator.permutation(len(names))]
    answered = np.zeros(len(names), dtype=bool)
    answered[data.row_company] = True
    kind = 8 * data.labels + 4 * data.judged + 2 * data.has_website + answered
    dealt = sorted((place for place in shuffled if within[place]), key=lambda place: kind[place])
    flags = [np.zeros(len(names), dtype=bool) for _ in range(folds)]
    for turn, place in enumerate(dealt):
        flags[turn % folds][place] = True
    return flags
