"""The questionnaire printed: for reading, for a spreadsheet, or for a program.

Levels, scores and the probability table are left out: whoever answers must not see them.
"""

import csv
from collections.abc import Iterator, Mapping
from typing import IO

from persona.files import encode
from persona.layout import Paper, paper_for, print_page
from persona.questionnaire.items import Questionnaire

_PARTS = {
    "persona": "How you go to market",
    "execution": "How it is carried out",
    "context": "For the record, never scored",
}


def print_questions(
    questionnaire: Questionnaire, given: Mapping[str, str] | None, as_format: str, stream: IO[str]
) -> None:
    """Print every item and option as ``text``, ``csv`` or ``json``; ``given`` marks answers."""
    if as_format == "text":
        paper = paper_for(stream)
        _write(paper, questionnaire, given)
        print_page(paper, stream)
        return
    rows = list(_rows(questionnaire, given))
    if as_format == "csv":
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return
    stream.write(encode(_document(questionnaire, given)).decode())


def _write(paper: Paper, questionnaire: Questionnaire, given: Mapping[str, str] | None) -> None:
    part = None
    for item in questionnaire.items:
        if item.kind != part:
            part = item.kind
            paper.heading(_PARTS[part])
        paper.blank()
        paper.labelled(item.id, item.question, label_width=5)
        for option in item.options:
            chosen = given is not None and given.get(item.id) == option.id
            mark = "●" if chosen else "·" if given is not None else " "
            paper.labelled(f"{mark} {option.id}", option.text, label_width=5, indent=5)


def _rows(
    questionnaire: Questionnaire, given: Mapping[str, str] | None
) -> Iterator[dict[str, str]]:
    for item in questionnaire.items:
        for option in item.options:
            row = {
                "item_id": item.id,
                "kind": item.kind,
                "question": item.question,
                "option_id": option.id,
                "option_text": option.text,
            }
            if given is not None:
                row["chosen"] = "yes" if given.get(item.id) == option.id else ""
            yield row


def _document(questionnaire: Questionnaire, given: Mapping[str, str] | None) -> list[object]:
    return [
        {
            "id": item.id,
            "kind": item.kind,
            "question": item.question,
            "options": {option.id: option.text for option in item.options},
            **({} if given is None else {"chosen": given.get(item.id)}),
        }
        for item in questionnaire.items
    ]
