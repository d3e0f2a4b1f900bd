"""What was recorded of a plan's metrics since the plan was made."""

from collections.abc import Iterable, Sequence

import msgspec


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """A metric's value on a day.

    ``play`` is the id of a step of the plan, ``on`` an ISO date, ``value`` what was measured as
    the person wrote it ("23 %"); ``met`` says whether the 90-day target was met, None while it is
    open.
    """

    play: str
    on: str
    value: str
    met: bool | None = None
    note: str | None = None


def of_play(progress: Iterable[Record], play: str) -> tuple[Record, ...]:
    """Return what was recorded of one play, by day."""
    return tuple(sorted((one for one in progress if one.play == play), key=lambda one: one.on))


def target_met(records: Sequence[Record]) -> bool | None:
    """Return what the last of one play's records that judges its target says, None while open.

    A later value without a judgement leaves the earlier one standing.
    """
    return next((each.met for each in reversed(records) if each.met is not None), None)
