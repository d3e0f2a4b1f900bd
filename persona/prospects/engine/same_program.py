"""Whether workers elsewhere run the same program: another one may judge otherwise."""

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

import msgspec

from persona.errors import EngineError


class Program(msgspec.Struct, frozen=True):
    """What runs somewhere: the version of persona, and of Python without its last number."""

    persona: str
    python: str


def this_program() -> Program:
    """Return what runs in this process."""
    try:
        number = version("persona")
    except PackageNotFoundError:
        number = "unknown"
    return Program(number, ".".join(platform.python_version_tuple()[:2]))


def check_programs(found: Mapping[str, Program]) -> None:
    """Raise EngineError when a worker, named by its address, runs something else than we do."""
    here = this_program()
    for worker, there in found.items():
        if there != here:
            raise EngineError(
                f"worker {worker} runs {_named(there)}, this is {_named(here)}; "
                "install the same on every machine"
            )


def _named(program: Program) -> str:
    return f"persona {program.persona} on Python {program.python}"
