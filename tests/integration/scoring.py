"""Scores a list on the internet of the tests, in a process of its own that can be killed.

    python -m tests.integration.scoring PLACES.json LIST OUTPUT [OPTION=VALUE …]

PLACES.json says where the internet is; options are those of ``persona.prospects.options``.
"""

import sys
from pathlib import Path
from typing import Any, Final

import msgspec

from persona.capture.limits import Limits
from persona.capture.live import Reading
from persona.errors import PersonaError
from persona.prospects.options import ScoreOptions
from persona.prospects.score import score
from tests.integration.internet import LoopbackGuard, Places

SPACING: Final = 0.4
"""Seconds between two requests to a host."""


def reading(places: Places) -> Reading:
    """Return how the websites are read: quickly, and without a cache that hides requests."""
    return Reading(
        pages=4,
        store=None,
        limits=Limits(spacing_seconds=SPACING, retries=0),
        guard=LoopbackGuard(places),
    )


def main(places: str, source: str, output: str, *given: str) -> None:
    """Score the list."""
    settings: dict[str, Any] = {"workers": 1, **dict(each.split("=", 1) for each in given)}
    try:
        score(
            source,
            output,
            options=msgspec.convert(settings, ScoreOptions, strict=False),
            reading=reading(msgspec.json.decode(Path(places).read_bytes(), type=Places)),
        )
    except PersonaError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
