"""Values that a notebook draws."""

from importlib import import_module
from typing import ClassVar

import msgspec


class Drawn(msgspec.Struct, frozen=True):
    """A value with a picture of its own in a notebook.

    ``drawing`` names the module whose function ``draw`` takes the value and returns HTML.
    """

    drawing: ClassVar[str] = "persona.reports.html.notebook"

    def _repr_html_(self) -> str:
        # Pictures are reports, and reports stand on these values: found by name when one is
        # asked for, they cost nothing before, and imports still point one way.
        drawn: str = import_module(self.drawing).draw(self)
        return drawn
