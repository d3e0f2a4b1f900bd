"""One labelled company: what is known of it, and what annotators said of it."""

from collections.abc import Mapping
from typing import Final

import msgspec

from persona.observations import Wording
from persona.vocabulary import PERSONAS, Reason

JUDGED: Final = 0.5
"""Least weight of a company that is judged."""


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that tables say of one company.

    ``informants`` maps the name of an informant ("" where a table names none) to answers, option
    id by item id. ``signals`` holds the known signals alone, ``controls`` what is known of k_…
    columns, by column name. ``gate`` is why the website gives no verdict by itself. ``points`` are
    soft labels in the order of ``vocabulary.PERSONAS`` that add to 1, ``label`` a persona,
    "undecided" or None where the company is not labelled, and ``reason`` why it is undecided.
    Companies with a ``weight`` below ``JUDGED`` help fitting and are never judged.
    """

    company: str
    informants: Mapping[str, Mapping[str, str]] = {}
    signals: Mapping[str, float] = {}
    controls: Mapping[str, str] = {}
    wording: Wording | None = None
    gate: Reason | None = None
    points: tuple[float, float, float] | None = None
    label: str | None = None
    reason: str | None = None
    source: str = ""
    weight: float = 1.0

    @property
    def has_website(self) -> bool:
        """True when anything is known from a website."""
        return bool(self.signals) or self.wording is not None

    @property
    def is_decided(self) -> bool:
        """True when the label names a persona."""
        return self.label in PERSONAS

    @property
    def place(self) -> int:
        """The place of the label in ``vocabulary.PERSONAS``, -1 where it names none."""
        return next((at for at, persona in enumerate(PERSONAS) if persona == self.label), -1)

    @property
    def is_judged(self) -> bool:
        """True when verdicts on the company are compared with its label."""
        return self.is_decided and self.weight >= JUDGED
