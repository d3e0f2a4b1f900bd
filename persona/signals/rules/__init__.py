"""The rules that compute the signals, one file per family."""

from functools import cache
from importlib import import_module
from typing import Final

from persona.signals.site import Rule

MODULES: Final = (
    "paths",
    "style",
    "partners",
    "jobs",
    "leaders",
    "news",
    "events",
    "material",
    "care",
)


@cache
def all_rules() -> dict[str, Rule]:
    """Return the rule of every signal, by id."""
    rules: dict[str, Rule] = {}
    for name in MODULES:
        rules |= import_module(f"{__name__}.{name}").RULES
    return rules
