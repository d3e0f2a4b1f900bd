"""Choosing the model: what is at hand, whether it is sound, switching and going back."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from persona.errors import ModelError
from persona.home import state_folder
from persona.model.artefact import LoadedModel, Thresholds
from persona.model.shelf import Shelf, Switch
from persona.pipe import open_model


class Entry(msgspec.Struct, frozen=True):
    """One model file at hand.

    ``problem`` says why it cannot be used, and the figures are then empty. ``metrics`` holds
    what was measured when it was trained, by name.
    """

    name: str
    file: str
    shipped: bool
    in_use: bool
    created: str = ""
    method: str = ""
    rows: int = 0
    trained: bool = False
    metrics: dict[str, float] = {}
    sha256: str = ""
    problem: str | None = None


class Overview(msgspec.Struct, frozen=True):
    """The models at hand; ``problem`` says why the one in use cannot be used, if so."""

    models: tuple[Entry, ...]
    problem: str | None


class Description(msgspec.Struct, frozen=True):
    """A model in short: the entry, and what else a reader asks of it.

    ``signals`` and ``words`` count what carries weight; ``signal_rows`` the labelled rows that
    the website's weights were fitted to.
    """

    entry: Entry
    thresholds: Thresholds
    site_min_probability: float | None
    site_min_words: int | None
    signals: int
    words: int
    signal_rows: int
    data_sha256: str
    notes: str
    card: str | None


def models() -> Overview:
    """Return the models at hand, those that cannot be used included."""
    shelf = _shelf()
    problem = None
    try:
        in_use: Path | None = shelf.file_in_use()
        shelf.current()
    except ModelError as error:
        problem = str(error)
        in_use = _file_in_use(shelf)
    return Overview(tuple(_entry(shelf, file, in_use) for file in shelf.files()), problem)


def describe_model(name: str) -> Description:
    """Return a model at hand, or one named by path, in short; ModelError if it is not usable."""
    shelf = _shelf()
    file = shelf.find(name)
    model = shelf.open(file).model
    card = file.with_suffix(".md")
    return Description(
        entry=_entry(shelf, file, _file_in_use(shelf)),
        thresholds=model.thresholds,
        site_min_probability=model.site.min_probability if model.site else None,
        site_min_words=model.site.min_words if model.site else None,
        signals=len(model.signals),
        words=sum(map(len, model.site.words.values())) if model.site else 0,
        signal_rows=model.signal_rows,
        data_sha256=model.training.data_sha256,
        notes=model.notes,
        card=str(card) if card.is_file() else None,
    )


def verify_models(names: Sequence[str] = ()) -> tuple[Entry, ...]:
    """Check models by name or path, all at hand if none is named; each says its problem.

    Checked are the hash, the schema, and that questionnaire and catalogue know every weight.
    """
    shelf = _shelf()
    in_use = _file_in_use(shelf)
    if not names:
        return tuple(_entry(shelf, file, in_use) for file in shelf.files())
    return tuple(_named_entry(shelf, name, in_use) for name in names)


def use_model(name: str | Path) -> Switch:
    """Put a model in use from now on, by name or path; a file elsewhere is copied first.

    Raises ModelError when it cannot be used, and OutputError when the choice cannot be kept; what
    was in use then stays so.
    """
    shelf = _shelf()
    return shelf.use(name if isinstance(name, Path) else shelf.find(name))


def rollback_model() -> Switch:
    """Put the model in use again that was before; ModelError when there is none before it."""
    return _shelf().rollback()


def fitting_model(path: Path) -> LoadedModel:
    """Load a model and check that both questionnaire and signals know all that it weighs."""
    from persona.signals.catalogue import shipped_catalogue

    loaded = open_model(path)
    known = {entry.id: entry for entry in shipped_catalogue().signals}
    for id_, weights in loaded.model.signals.items():
        if id_ not in known or known[id_].family != weights.family:
            raise ModelError(
                f"model {path}: signal {id_} of family {weights.family!r} is not in the "
                "catalogue; use a model made for it"
            )
    return loaded


def _shelf() -> Shelf:
    return Shelf(state_folder(), fitting_model)


def _file_in_use(shelf: Shelf) -> Path | None:
    try:
        return shelf.file_in_use()
    except ModelError:
        return None


def _named_entry(shelf: Shelf, name: str, in_use: Path | None) -> Entry:
    try:
        return _entry(shelf, shelf.find(name), in_use)
    except ModelError as error:
        return Entry(name, name, shipped=False, in_use=False, problem=str(error))


def _entry(shelf: Shelf, file: Path, in_use: Path | None) -> Entry:
    shipped = shelf.is_shipped(file)
    current = in_use is not None and file.resolve() == in_use.resolve()
    try:
        loaded = shelf.open(file)
    except ModelError as error:
        return Entry(file.stem, str(file), shipped, current, problem=str(error))
    model = loaded.model
    return Entry(
        name=model.name,
        file=str(file),
        shipped=shipped,
        in_use=current,
        created=model.created,
        method=model.training.method,
        rows=model.training.rows,
        trained=model.training.rows > 0,
        metrics=model.metrics,
        sha256=loaded.sha256,
    )
