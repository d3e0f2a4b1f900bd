"""The first play of each row, looked up.

Whether a play's trigger holds, and how urgent the play then is, depends on the answers to the few
items that the trigger mentions. For every way of answering these the plan's own rule is asked
once; of a row's plays, the one with the least precedence is the first, as in ``make_plan``.
"""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from persona.advice.plan import Candidate, consider, step_of
from persona.advice.playbook import GapPlay, Play, Playbook
from persona.advice.triggers import Facts, conditions
from persona.model.profile import build_profile
from persona.pipe import shipped_playbook, shipped_questionnaire
from persona.prospects.batch.cells import Codes
from persona.prospects.batch.weights import combined
from persona.questionnaire.answers import observe
from persona.questionnaire.items import Item, Questionnaire
from persona.vocabulary import PERSONAS, Persona

_METHODS: Final[tuple[Persona | None, ...]] = (*PERSONAS, None)

_Rank = tuple[tuple[bool, float, bool], int]
"""A candidate's precedence, then the order of the playbook; least first."""

_Found = dict[tuple[int, ...], dict[int, _Rank]]
"""By the places of the items mentioned: the least rank for ways of answering them."""


@lru_cache(maxsize=8)
def shipped_plays(items: tuple[str, ...]) -> "FirstPlays":
    """Return the first plays of rows in which only these items can be answered, made once."""
    questionnaire = shipped_questionnaire()
    chosen = [questionnaire.by_id[item] for item in items]
    return FirstPlays(chosen, questionnaire, shipped_playbook())


class FirstPlays:
    """The first plays of rows in which only some items can be answered.

    ``texts`` holds what a cell says of each play, "" first.
    """

    def __init__(
        self, items: Sequence[Item], questionnaire: Questionnaire, playbook: Playbook
    ) -> None:
        self._items = tuple(items)
        self._questionnaire = questionnaire
        self._playbook = playbook
        texts = [""]
        self._tables = []
        for persona in _METHODS:
            found, words = self._ranks(persona)
            order = sorted({rank for ranks in found.values() for rank in ranks.values()})
            texts += [words[rank[1]] for rank in order]
            self._tables.append(_Tables(found, order, len(texts) - len(order), self._sizes()))
        self.texts = pa.array(texts, pa.string())

    def _sizes(self) -> list[int]:
        return [len(item.options) + 1 for item in self._items]

    def _ranks(self, persona: Persona | None) -> tuple[_Found, dict[int, str]]:
        found: _Found = {}
        words: dict[int, str] = {}
        for order, play in enumerate(self._playbook.plays):
            places = self._mentioned(play)
            for way, candidate in self._candidates(play, places, persona):
                rank = (candidate.precedence, order)
                ranks = found.setdefault(places, {})
                ranks[way] = min(rank, ranks.get(way, rank))
                if order not in words:
                    step = step_of(candidate, persona)
                    words[order] = f"{step.name}: {step.first_action}"
        return found, words

    def _mentioned(self, play: Play | GapPlay) -> tuple[int, ...]:
        subjects = {each.subject for each in conditions(self._playbook.triggers[play.id])}
        return tuple(
            place
            for place, item in enumerate(self._items)
            if item.id in subjects or item.dimension in subjects
        )

    def _candidates(
        self, play: Play | GapPlay, places: tuple[int, ...], persona: Persona | None
    ) -> Iterator[tuple[int, Candidate]]:
        """Yield every way of answering that makes a trigger hold, with what comes of it."""
        if isinstance(play, Play) and play.persona != persona:
            return
        items = [self._items[place] for place in places]
        choices = [(None, *(option.id for option in item.options)) for item in items]
        for way, chosen in enumerate(product(*choices)):
            given = {item.id: one for item, one in zip(items, chosen, strict=True) if one}
            row = observe(given, self._questionnaire)
            candidate = consider(play, Facts(row, build_profile(row)), persona, self._playbook)
            if candidate is not None:
                yield way, candidate

    def find(self, labels: Codes, codes: Codes) -> NDArray[np.int32]:
        """Return the place in ``texts`` of each row's first play.

        ``labels`` are places in ``PERSONAS``, or one past them for undecided; ``codes`` has a row
        for each item.
        """
        found = np.zeros(len(labels), np.int32)
        for method, tables in enumerate(self._tables):
            rows = np.flatnonzero(labels == method)
            if len(rows):
                found[rows] = tables.find(codes.take(rows, axis=1))
        return found


class _Tables:
    """The plays open to one method: ranks by the answers to the items mentioned."""

    def __init__(
        self, found: _Found, order: Sequence[_Rank], first: int, sizes: Sequence[int]
    ) -> None:
        number = {rank: place for place, rank in enumerate(order)}
        self._sizes = sizes
        self._none = len(order)
        self._texts = np.append(np.arange(first, first + len(order)), 0).astype(np.int32)
        self._tables = []
        for places, ranks in found.items():
            ways = math.prod(sizes[place] for place in places)
            table = np.full(ways, self._none, np.int16)
            for way, rank in ranks.items():
                table[way] = number[rank]
            self._tables.append((places, table))

    def find(self, codes: Codes) -> NDArray[np.int32]:
        best = np.full(codes.shape[1], self._none, np.int16)
        for places, table in self._tables:
            np.minimum(best, table.take(combined(codes, places, self._sizes)), out=best)
        return self._texts.take(best)
