"""What is known of where tables come from: ``about.toml`` beside them, for the model card."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from persona.errors import TableError
from persona.files import read_text

_NAME = "about.toml"
_UNKNOWN = (
    "**Nobody has said where these labels and answers come from.** Whoever reads the figures "
    "below cannot know what they agree with."
)


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reader must know of the data, in Markdown: who labelled it, and what limits it."""

    origin: str = _UNKNOWN
    labelled_by: str = ""
    limits: tuple[str, ...] = ()


def read_about(tables: Sequence[Path]) -> About:
    """Return what the ``about.toml`` files beside the tables say, all together.

    The file has ``origin``, a text, and ``limits``, a list of texts. Raises TableError where one
    cannot be read; where there is none, the origin is said to be unknown.
    """
    folders = dict.fromkeys(table.parent for table in tables)
    found = [_read(folder / _NAME) for folder in folders if (folder / _NAME).is_file()]
    if not found:
        return About()
    return About(
        origin="\n\n".join(one.origin for one in found),
        labelled_by=", ".join(dict.fromkeys(one.labelled_by for one in found if one.labelled_by)),
        limits=tuple(limit for one in found for limit in one.limits),
    )


def _read(path: Path) -> About:
    try:
        return msgspec.convert(tomllib.loads(read_text(path)), About)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TableError(f"{path}: cannot be read ({error})") from None
