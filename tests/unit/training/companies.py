"""Made-up labelled companies whose answers mostly fit their label, for tests of training."""

import csv
import random
from collections.abc import Iterable
from pathlib import Path

from persona.questionnaire.items import Questionnaire
from persona.vocabulary import PERSONAS


def made_up(
    questionnaire: Questionnaire, each: int = 12, noise: float = 0.25, seed: int = 0
) -> list[dict[str, str]]:
    """Return table rows, ``each`` companies a persona; a share ``noise`` of answers is random."""
    chance = random.Random(seed)
    rows = []
    for place, label in enumerate(PERSONAS):
        for number in range(each):
            row = {"company": f"{label}-{number}.example", "label": label, "source": "made up"}
            for item in questionnaire.of_kind("persona"):
                likely = max(item.options, key=lambda option: option.p[place] if option.p else 0)
                given = chance.choice(item.options) if chance.random() < noise else likely
                row[item.id.lower()] = given.id
            rows.append(row)
    return rows


def write_table(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """Write rows as a CSV table; return its path."""
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
