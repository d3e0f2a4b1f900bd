"""What must be the same for a run to be gone on with, and how it differs, in words."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final, Literal

import msgspec

from persona.errors import FileError
from persona.files import decode, encode
from persona.layout import clean, shorten

_SHOWN: Final = 3
_WIDEST: Final = 60


class RunKey(msgspec.Struct, frozen=True, kw_only=True):
    """What the results of a run follow from.

    ``sha256``, ``bytes`` and ``rows`` are the list's, ``shards`` how many it is divided into.
    ``columns`` maps what is used ("website", "p05") to the heading it stands under; ``options``
    maps those that matter for the result ("--pages") to their values as typed, "" where one was
    not given. ``model`` is its name, ``version`` this program's.
    """

    sha256: str
    bytes: int
    rows: int
    shards: int
    columns: dict[str, str]
    options: dict[str, str]
    model: str
    model_sha256: str
    version: str


class RunState(msgspec.Struct, frozen=True):
    """A run's key with how it stands.

    ``failed`` is None until the list has been written, then how many rows are worth another try.
    """

    key: RunKey
    failed: int | None = None
    schema: Literal["persona-run/1"] = "persona-run/1"

    @property
    def mark(self) -> str:
        """Twelve digits that differ where keys do."""
        return sha256(encode(self.key)).hexdigest()[:12]


def read_state(content: bytes) -> RunState | None:
    """Return what a file says of a run, or None where it is damaged or of another kind."""
    try:
        return decode(content, RunState)
    except FileError:
        return None


def differences(was: RunKey, now: RunKey) -> str:
    """Return what differs between two keys in one line, "" where nothing does."""
    return "; ".join(
        [
            *_list_changes(was, now),
            *_changes(was.columns, now.columns, "the column of {} was {}, is now {}", "none"),
            *_changes(was.options, now.options, "{} was {}, is now {}", "not given"),
            *_program_changes(was, now),
        ]
    )


def _list_changes(was: RunKey, now: RunKey) -> Iterator[str]:
    if (was.sha256, was.bytes) == (now.sha256, now.bytes):
        return
    if was.rows != now.rows:
        yield f"the list has changed since (it had {was.rows:,} rows, now {now.rows:,})"
    elif was.bytes != now.bytes:
        yield f"the list has changed since (it had {was.bytes:,} bytes, now {now.bytes:,})"
    else:
        yield "the list has changed since (as many rows and bytes, but others)"


def _changes(was: dict[str, str], now: dict[str, str], words: str, nothing: str) -> list[str]:
    names = sorted(
        name for name in was.keys() | now.keys() if was.get(name, "") != now.get(name, "")
    )
    lines = [
        words.format(name, _shown(was.get(name), nothing), _shown(now.get(name), nothing))
        for name in names[:_SHOWN]
    ]
    if len(names) > _SHOWN:
        lines.append(f"and {len(names) - _SHOWN} more like it")
    return lines


def _program_changes(was: RunKey, now: RunKey) -> Iterator[str]:
    if was.model != now.model:
        yield f"the model was {was.model}, is now {now.model}"
    elif was.model_sha256 != now.model_sha256:
        yield f"the model {now.model} has other weights than before"
    if was.version != now.version:
        yield f"persona was {was.version}, is now {now.version}"
    elif was.shards != now.shards and was.rows == now.rows:
        yield f"the list was divided into {was.shards:,} shards, is now into {now.shards:,}"


def _shown(value: str | None, nothing: str) -> str:
    return shorten(clean(value), _WIDEST) if value else nothing
