"""The models at hand: those that ship with the program and those that the user installed.

An installed model is a copy named after its content, so that no copy is ever written over.
Switching copies first and then replaces one small file (see :mod:`persona.model.pointer`):
whatever interrupts it, the old model or the new one is in use.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from persona.errors import FileError, ModelError
from persona.files import read_bytes, write_atomically
from persona.home import make_folder
from persona.model.artefact import SHIPPED_MODEL, LoadedModel
from persona.model.pointer import Choice, held, read_choices, write_choices

Opener = Callable[[Path], LoadedModel]
"""Opens and checks a model file; raises ModelError."""

SHORT = 12
"""Digits of a SHA-256 that are shown, and that name an installed file."""

_LEAST_DIGITS = 6
_WAY_ON = "choose another with: persona models use NAME; or go back with: persona models rollback"


class Named(msgspec.Struct, frozen=True):
    """A model by name, hash and file."""

    name: str
    sha256: str
    file: str


class Switch(msgspec.Struct, frozen=True):
    """A change of the model in use.

    ``before`` is None when the model before could not be opened; ``passed_over`` tells of
    earlier models that could not be gone back to.
    """

    before: Named | None
    after: Named
    passed_over: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """False when the model chosen was in use already."""
        return self.before is None or self.before.file != self.after.file


class Shelf:
    """The models at hand, with the one in use; ``state`` is the user's folder."""

    def __init__(self, state: Path, opener: Opener, shipped: Path = SHIPPED_MODEL) -> None:
        self.state = state
        self.installed = state / "models"
        self.open = opener
        self.shipped = shipped

    def files(self) -> list[Path]:
        """Return all model files, sound or not: the shipped ones first, each group by name."""
        return [*sorted(self.shipped.parent.glob("persona-*.json")),
                *sorted(self.installed.glob("*.json"))]  # fmt: skip

    def is_shipped(self, file: Path) -> bool:
        """Return whether a file is one of those that ship with the program."""
        return _same(file.parent, self.shipped.parent)

    def file_of(self, choice: Choice) -> Path:
        """Return where a chosen model is."""
        return (self.shipped.parent if choice.shipped else self.installed) / choice.file

    def file_in_use(self) -> Path:
        """Return the file of the model in use, sound or not; ModelError if it is not known."""
        chosen = read_choices(self.state)
        return self.file_of(chosen[-1]) if chosen else self.shipped

    def current(self) -> LoadedModel:
        """Return the model in use; ModelError says how to go on when it is gone or damaged."""
        chosen = read_choices(self.state)
        return self.open_choice(chosen[-1]) if chosen else self.open(self.shipped)

    def open_choice(self, choice: Choice) -> LoadedModel:
        """Return a chosen model; ModelError when it is gone, damaged or another one by now."""
        try:
            loaded = self.open(self.file_of(choice))
        except ModelError as error:
            raise ModelError(f"the model in use cannot be used: {error}; {_WAY_ON}") from None
        if loaded.sha256 != choice.sha256:
            raise ModelError(
                f"the model in use is not the one that was chosen: {self.file_of(choice)} has "
                f"SHA-256 {loaded.sha256[:SHORT]} and had {choice.sha256[:SHORT]}; {_WAY_ON}"
            )
        return loaded

    def find(self, name: str) -> Path:
        """Return the file of a model by its name, its file's name, its hash, or by path."""
        as_path = Path(name)
        if as_path.suffix == ".json" and as_path.is_file():
            return as_path
        called = [(file, loaded) for file, loaded in self._sound() if _fits(name, file, loaded)]
        if len({loaded.sha256 for _, loaded in called}) > 1:
            files = ", ".join(file.name for file, _ in called)
            raise ModelError(f"several models are called {name!r}: {files}; name the file")
        named = [file for file, _ in called] or [each for each in self.files() if each.name == name]
        if named:
            return named[0]
        if as_path.name != name or as_path.suffix or as_path.exists():
            return as_path
        raise ModelError(
            f"no model {name!r}; 'persona models' lists those at hand, and a model file "
            "elsewhere is named by its path"
        )

    def use(self, source: Path) -> Switch:
        """Check a model file, copy it to the user's models, and put it in use."""
        loaded = self.open(source)
        with held(self.state):
            try:
                chosen = read_choices(self.state)
                before = self._named(chosen)
            except ModelError:
                chosen, before = (), None
            choice = self._install(source, loaded)
            after = _named(loaded, self.file_of(choice))
            if before is None or before.file != after.file:
                write_choices(self.state, (*chosen, choice))
        return Switch(before, after)

    def rollback(self) -> Switch:
        """Put the model before in use again, and the shipped one when there is none before it."""
        with held(self.state):
            chosen = read_choices(self.state)
            if not chosen:
                raise ModelError(
                    "nothing to go back to: the model that ships with the program is in use"
                )
            before, passed_over = self._named(chosen), []
            chosen = chosen[:-1]
            while chosen:
                try:
                    after = _named(self.open_choice(chosen[-1]), self.file_of(chosen[-1]))
                    break
                except ModelError:
                    passed_over.append(chosen[-1].file)
                    chosen = chosen[:-1]
            else:
                after = _named(self.open(self.shipped), self.shipped)
            write_choices(self.state, chosen)
        return Switch(before, after, tuple(passed_over))

    def _named(self, chosen: tuple[Choice, ...]) -> Named | None:
        if not chosen:
            return _named(self.open(self.shipped), self.shipped)
        with suppress(ModelError):
            return _named(self.open_choice(chosen[-1]), self.file_of(chosen[-1]))
        return None

    def _install(self, source: Path, loaded: LoadedModel) -> Choice:
        """Return a model at hand with the content of ``source``, copied if there is none yet."""
        for file, other in self._sound():
            if other.sha256 == loaded.sha256:
                return Choice(file.name, loaded.sha256, self.is_shipped(file))
        slug = re.sub(r"[^a-z0-9]+", "-", loaded.model.name.lower()).strip("-")[:40] or "model"
        target = self.installed / f"{slug}-{loaded.sha256[:SHORT]}.json"
        make_folder(self.installed)
        try:
            write_atomically(target, read_bytes(source))
        except FileError as error:
            raise ModelError(f"model {error}") from None
        if self.open(target).sha256 != loaded.sha256:
            raise ModelError(f"model {source}: it changed while it was copied; try again")
        return Choice(target.name, loaded.sha256, shipped=False)

    def _sound(self) -> Iterator[tuple[Path, LoadedModel]]:
        for file in self.files():
            with suppress(ModelError):
                yield file, self.open(file)


def _fits(name: str, file: Path, loaded: LoadedModel) -> bool:
    by_hash = len(name) >= _LEAST_DIGITS and loaded.sha256.startswith(name.lower())
    return by_hash or name in (loaded.model.name, file.stem, file.name)


def _named(loaded: LoadedModel, file: Path) -> Named:
    return Named(loaded.model.name, loaded.sha256, str(file))


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
