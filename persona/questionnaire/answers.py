"""Answers given without a terminal: a file or mapping of item id to option id, checked."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import rtoml

from persona.errors import AnswersError, FileError
from persona.files import as_text, parse_json, read_bytes
from persona.observations import Answer, ObservationRow
from persona.questionnaire.items import Item, Option, Questionnaire

MAX_ANSWERS_BYTES = 1024 * 1024
STANDARD_INPUT = "-"


def read_answers(source: str) -> Mapping[str, Any]:
    """Read a JSON or TOML mapping of item id to option id; ``-`` is standard input.

    Returns the mapping as written; :func:`check_answers` says whether it makes sense. Raises
    FileError or AnswersError with one line when the file cannot be used.
    """
    if source == STANDARD_INPUT:
        content, where = sys.stdin.buffer.read(MAX_ANSWERS_BYTES + 1), "standard input"
        if len(content) > MAX_ANSWERS_BYTES:
            raise FileError(f"{where}: larger than {MAX_ANSWERS_BYTES // 1024} KiB")
    else:
        content, where = read_bytes(Path(source), MAX_ANSWERS_BYTES), source
    text = as_text(content, where)
    if not text.strip():
        raise AnswersError(f'{where}: is empty; expected answers such as {{"P01": "a"}}')
    document = _parse(text, where, Path(source).suffix.lower())
    if not isinstance(document, dict):
        raise AnswersError(f'{where}: expected a mapping such as {{"P01": "a", "P02": "c"}}')
    return document


def _parse(text: str, where: str, suffix: str) -> Any:
    if suffix == ".json" or (suffix != ".toml" and text.lstrip()[:1] in "{["):
        return parse_json(text, where)
    try:
        return rtoml.loads(text)
    except rtoml.TomlParsingError as error:
        kind = "not valid TOML" if suffix == ".toml" else "neither JSON nor TOML"
        raise FileError(f"{where}: {kind} ({error})") from None


def check_answers(
    answers: Mapping[str, Any], questionnaire: Questionnaire, where: str = "answers"
) -> dict[str, str]:
    """Return the answers with canonical ids, in questionnaire order, missing ones left out.

    Item ids may be written in either case. ``None`` and blank text mean "not known". Raises
    AnswersError naming the entry that is unknown, repeated or of the wrong type.
    """
    if not isinstance(answers, Mapping):
        raise AnswersError(f"{where}: expected a mapping of item id to option id")
    chosen: dict[str, str] = {}
    seen: set[str] = set()
    for key, value in answers.items():
        item = questionnaire.by_id.get(str(key).strip().upper())
        if item is None:
            raise AnswersError(
                f"{where}: {_short(key)} is not an item; ids run {_range(questionnaire)}"
            )
        if item.id in seen:
            raise AnswersError(f"{where}: {item.id} is answered twice; keep one")
        seen.add(item.id)
        option = _option(item, value, where)
        if option is not None:
            chosen[item.id] = option.id
    return {item.id: chosen[item.id] for item in questionnaire.items if item.id in chosen}


def _option(item: Item, value: Any, where: str) -> Option | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise AnswersError(
            f"{where}: {item.id}: expected an option id in quotes, got {_short(value)}"
        )
    option = item.option(value.strip().lower())
    if option is None:
        ids = ", ".join(option.id for option in item.options)
        raise AnswersError(
            f"{where}: {item.id}: {_short(value)} is not one of {ids}; "
            "leave the item out if it is not known"
        )
    return option


def _range(questionnaire: Questionnaire) -> str:
    spans = []
    for kind in ("persona", "execution", "context"):
        items = questionnaire.of_kind(kind)
        if items:
            spans.append(f"{items[0].id} to {items[-1].id}")
    return ", ".join(spans)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def observe(answers: Mapping[str, str], questionnaire: Questionnaire) -> ObservationRow:
    """Turn checked answers into the observation row that verdict, profile and plan read."""
    row = []
    for item in questionnaire.items:
        option = item.option(answers[item.id]) if item.id in answers else None
        if option is not None:
            row.append(_answer(item, option))
    return ObservationRow(answers=tuple(row))


def _answer(item: Item, option: Option) -> Answer:
    opens = option.opens
    if opens is None:
        opens = item.gaps if option.score is not None and option.score <= 1 else ()
    return Answer(
        item=item.id,
        option=option.id,
        kind=item.kind,
        question=item.question,
        text=option.text,
        dimension=item.dimension,
        level=option.level,
        score=option.score,
        gaps=item.gaps,
        opens=opens,
        diagnosis=option.diagnosis,
        verify_with=item.verify_with,
    )
