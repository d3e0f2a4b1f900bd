"""What a whole scored list shows: the figures of its picture, and nothing that takes a library."""

import math
from typing import Final, Literal

import msgspec

from persona.vocabulary import Persona

_Z: Final = 1.959964
"""The 97.5 % quantile of the normal distribution."""


class Share(msgspec.Struct, frozen=True):
    """How many rows of how many, with a 95 % interval of the share (Wilson)."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself, 0 where there is nothing to have a share of."""
        return self.count / self.of if self.of else 0.0


class Standing(msgspec.Struct, frozen=True):
    """One row, as it is named in the picture of a list; ``row`` counts from 1."""

    row: int
    company: str
    site: str
    leader: str
    confidence: float
    evidence: str


class Group(msgspec.Struct, frozen=True):
    """The rows of one industry or size: how many are of each persona, or undecided, or failed."""

    name: str
    rows: int
    personas: dict[Persona, int]
    undecided: int
    failed: int


class Telling(msgspec.Struct, frozen=True):
    """A piece of evidence with how many rows of a persona it is among the strongest of."""

    evidence: str
    words: str
    rows: int


class Agreement(msgspec.Struct, frozen=True):
    """How far the model agreed with labels of companies that it had not seen.

    ``decided`` is the share of the companies that got a verdict, ``met`` how often that was the
    label, from ``low`` to ``high`` (95 %). ``kappa`` is the agreement beyond chance on all of
    them, from 0 to 1; ``elsewhere`` the same where a whole source of companies was left out,
    None where that was not measured.
    """

    view: Literal["answers", "website", "both"]
    companies: int
    decided: float
    met: float
    low: float
    high: float
    kappa: float
    elsewhere: float | None


class ListSummary(msgspec.Struct, frozen=True, kw_only=True):
    """The picture of a scored list. Duplicates are counted apart, and in nothing else.

    ``personas`` are shares of the rows that have a verdict; ``reasons`` counts undecided rows by
    reason, ``failures`` failed ones by why, in words. ``confidence`` counts rows with a verdict by
    tenths of confidence (ten places, .9 to 1 last). ``industries`` and ``sizes`` are
    the commonest groups first, where the list has such a column; the rest of them in one group,
    and the rows that name none, stand last. ``retry`` is the command that
    reads again what failed, "" where nothing did that could come out differently.

    ``sites`` counts different websites, ``sites_read`` those of which a page was read, ``pages``
    their pages. ``troubled`` counts rows that were judged although something of them could not be
    used, as their ``persona_error`` says. ``labelled_by`` says whose labels the model was fitted
    to, ``agreement`` how far it met them; both are empty where the model does not say.
    """

    source: str
    output: str
    model: str
    rows: int
    scored: int
    undecided: int
    failed: int
    duplicate: int
    sites: int
    pages: int
    websites_read: bool
    personas: dict[Persona, Share]
    reasons: dict[str, int]
    failures: dict[str, int]
    confidence: tuple[int, ...]
    industries: tuple[Group, ...]
    sizes: tuple[Group, ...]
    telling: dict[Persona, tuple[Telling, ...]]
    surest: tuple[Standing, ...]
    doubtful: tuple[Standing, ...]
    remarks: tuple[str, ...]
    retry: str
    sites_read: int = 0
    troubled: int = 0
    labelled_by: str = ""
    agreement: tuple[Agreement, ...] = ()


def share_of(count: int, of: int) -> Share:
    """Return a share with Wilson's 95 % interval; from 0 to 1 where ``of`` is 0.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927), 209–212.
    """
    if not of:
        return Share(0, 0, 0.0, 1.0)
    share = count / of
    middle = (share + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    reach = _Z / (1 + _Z**2 / of) * math.sqrt(share * (1 - share) / of + (_Z / (2 * of)) ** 2)
    low, high = max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))
    return Share(count, of, low, high)
