"""Recording what became of a plan: a metric's value on a day, kept in the result."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from persona.advice.progress import Record
from persona.errors import UsageError
from persona.files import decode, encode, read_bytes, write_atomically
from persona.reports.result import Result

LONGEST_VALUE: Final = 80
LONGEST_NOTE: Final = 300
"""In characters: longer texts are refused, not cut."""


def record(
    result: Result,
    play: str,
    value: str,
    *,
    on: date | str | None = None,
    met: bool | None = None,
    note: str | None = None,
) -> Result:
    """Return the result with a metric's value recorded.

    ``play`` is the id of a step of its plan, in either case; ``value`` what was measured, as the
    person writes it ("23 %"); ``on`` the day (today if left out), as a date or in ISO form;
    ``met`` whether the 90-day target was met, None while that is open. A second record of a play
    on the same day takes the place of the first. Raises UsageError, one line, for a play that is
    not in the plan, for a day that is none or before the assessment, and for texts that are
    empty, too long or hold control characters.
    """
    measured = _text("value", value, LONGEST_VALUE)
    if not measured:
        raise UsageError(f"no value is given for {play}; write what was measured")
    new = Record(
        play=_play(result, play),
        on=_day(result, on),
        value=measured,
        met=met,
        note=_text("note", note or "", LONGEST_NOTE) or None,
    )
    kept = [each for each in result.progress if (each.play, each.on) != (new.play, new.on)]
    return replace(result, progress=(*kept, new))


def record_in_file(path: Path, result: Result) -> None:
    """Write what is recorded in a result into its file, whole or not at all.

    All else in the file keeps its meaning, also what this version does not know. Raises FileError
    and OutputError.
    """
    document = decode(read_bytes(path), dict[str, Any])
    document["progress"] = msgspec.to_builtins(result.progress)
    write_atomically(path, encode(document))


def _play(result: Result, play: str) -> str:
    ids = [step.id for step in result.plan.steps]
    found = next((each for each in ids if each.lower() == play.strip().lower()), None)
    if found is None:
        has = f"the plan has {', '.join(ids)}" if ids else "the plan has no steps to record"
        raise UsageError(f"{play!r} is not a step of this plan; {has}")
    return found


def _day(result: Result, on: date | str | None) -> str:
    if isinstance(on, str):
        try:
            on = date.fromisoformat(on.strip())
        except ValueError:
            raise UsageError(f"{on!r} is not a day; write it as 2026-11-22") from None
    on = on or date.today()
    day = date(on.year, on.month, on.day).isoformat()
    if day < result.assessed_on:
        raise UsageError(f"{day} lies before the assessment of {result.assessed_on}")
    return day


def _text(what: str, text: str, most: int) -> str:
    """Return a text on one line; UsageError when it cannot be kept."""
    line = " ".join(text.split())
    if not line.isprintable():
        raise UsageError(f"the {what} holds control characters; leave them out")
    if len(line) > most:
        raise UsageError(f"the {what} has {len(line)} characters; at most {most} are taken")
    return line
