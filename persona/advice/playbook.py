"""The playbook as data: methods, plays, gap plays and the paths to another method."""

import re
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

import msgspec
import rtoml

from persona.advice.triggers import Expression, conditions, parse_trigger
from persona.errors import FileError, PlaybookError, TriggerError
from persona.files import read_text
from persona.vocabulary import DIMENSIONS, GAPS, PERSONAS, Gap, Persona

_PLACE = re.compile(r"(.*) - at (?:`key` in )?`\$\.?(.*)`", re.DOTALL)
_ENTRY = re.compile(r"(play|gap_play)\[(\d+)\]")

PLAYBOOK_FILE = Path(__file__).parent.parent / "data" / "playbooks.toml"

Text = Annotated[str, msgspec.Meta(min_length=1)]
Texts = Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]


class Method(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A persona in words: what it is, how to be best at it, what to press and to guard."""

    name: Text
    sentence: Text
    ambition: Text
    strengths: Texts
    guards: Texts


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every play has.

    ``fortnight`` says that a first reading of the metric can be taken within 14 days.
    """

    id: Text
    name: Text
    what: Text
    trigger: Text
    first_action: Text
    owner: Text
    metric: Text
    target: Text
    measure: Text
    fortnight: bool
    source: Text


class Play(Action, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One recommended action, open to one persona only.

    ``also_when`` names a sign for the play that the questionnaire cannot see.
    """

    persona: Persona
    also_when: Text | None = None


class Tuned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a company of one persona carries a gap play out."""

    how: Text
    first_action: Text


class GapPlay(Action, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One action against a gap of the sources, tuned for each persona."""

    gap: Gap
    tuned: dict[Persona, Tuned]


class EvolvePath(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A path from one method to another, for those who choose it.

    ``needs`` is what the answers must show before it is begun, as a trigger.
    """

    id: Text
    from_: Persona = msgspec.field(name="from")
    to: Persona
    name: Text
    duration: Text
    summary: Text
    needs: Text | None = None
    preconditions: Texts
    steps: Texts
    costs: Texts
    stop_if: Texts
    arrival: Texts


class Evolve(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to think about before changing method, and the paths."""

    question: Text
    good_reasons: Texts
    poor_reasons: Texts
    first: Text
    staying: Text
    path: tuple[EvolvePath, ...]


class Playbook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Everything that can be advised."""

    version: int
    method: dict[Persona, Method]
    play: tuple[Play, ...]
    gap_play: tuple[GapPlay, ...]
    evolve: Evolve

    @property
    def plays(self) -> tuple[Play | GapPlay, ...]:
        """All plays: those of the three personas, then those against gaps."""
        return self.play + self.gap_play

    @cached_property
    def triggers(self) -> dict[str, Expression]:
        """The parsed trigger of every play, and need of every path, by id."""
        texts = {play.id: play.trigger for play in self.plays}
        texts |= {path.id: path.needs for path in self.evolve.path if path.needs}
        parsed = {}
        for name, text in texts.items():
            try:
                parsed[name] = parse_trigger(text)
            except TriggerError as error:
                raise TriggerError(f"play {name}: {error}") from None
        return parsed


def load_playbook(
    path: Path = PLAYBOOK_FILE, options: Mapping[str, Collection[str]] | None = None
) -> Playbook:
    """Load and check the playbook.

    ``options`` lists the option ids of every item; with it, triggers may only name what is
    there. Raises PlaybookError naming the file, the play and the field that is wrong.
    """
    try:
        document = rtoml.loads(read_text(path))
    except (FileError, rtoml.TomlParsingError) as error:
        raise PlaybookError(f"{path.name}: {error}") from None
    try:
        playbook = msgspec.convert(document, Playbook)
    except msgspec.ValidationError as error:
        raise PlaybookError(f"{path.name}: {_name_play(str(error), document)}") from None
    _check(path.name, playbook)
    if options is not None:
        _check_subjects(path.name, playbook, options)
    return playbook


def _name_play(message: str, document: dict[str, Any]) -> str:
    """Put the play's id in front of msgspec's message, which counts entries instead."""
    found = _PLACE.fullmatch(message)
    if found is None:
        return message
    what, place = found.groups()
    entry = _ENTRY.match(place)
    if entry is None:
        return f"{place}: {what}"
    table, index, field = entry[1], int(entry[2]), place[entry.end() :].strip(".")
    raw = document[table][index]
    name = raw.get("id", f"number {index + 1}") if isinstance(raw, dict) else f"number {index + 1}"
    return f"play {name}: {field}: {what}" if field else f"play {name}: {what}"


def _check(file: str, playbook: Playbook) -> None:
    if set(playbook.method) != set(PERSONAS):
        raise PlaybookError(f"{file}: method: one section for each of {', '.join(PERSONAS)}")
    ids = [play.id for play in playbook.plays]
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice:
        raise PlaybookError(f"{file}: play {twice}: id is used twice")
    if sorted(play.gap for play in playbook.gap_play) != sorted(GAPS):
        raise PlaybookError(f"{file}: gap_play: one play for each gap is needed")
    for play in playbook.gap_play:
        if set(play.tuned) != set(PERSONAS):
            raise PlaybookError(f"{file}: play {play.id}: tuned: all three personas are needed")
    try:
        _ = playbook.triggers
    except TriggerError as error:
        raise PlaybookError(f"{file}: {error}") from None


def _check_subjects(file: str, playbook: Playbook, options: Mapping[str, Collection[str]]) -> None:
    for play_id, trigger in playbook.triggers.items():
        for condition in conditions(trigger):
            subject = condition.subject
            if subject in DIMENSIONS:
                continue
            if subject not in options:
                raise PlaybookError(f"{file}: play {play_id}: trigger: {subject} is not an item")
            if condition.operator == "is" and condition.value not in options[subject]:
                raise PlaybookError(
                    f"{file}: play {play_id}: trigger: {subject} has no option {condition.value!r}"
                )
