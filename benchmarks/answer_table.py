"""A made-up list with answers: five columns of its own, then 28 answers, a fifth of them missing.

    python -m benchmarks.answer_table ROWS LIST

The same ROWS are always the same list; LIST ends in .parquet or .csv.
"""

import sys
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from persona.questionnaire.items import load_questionnaire
from persona.vocabulary import PERSONAS

BATCH: Final = 100_000
MISSING: Final = 0.2
INDUSTRIES: Final = ("Software", "Machinery", "Logistics", "Retail", "Health", "Chemicals, fine")
MONDAY: Final = np.datetime64("2019-01-07")


def made(start: int, rows: int, chance: np.random.Generator) -> pa.RecordBatch:
    """Return some rows of the list: each answers as one of the personas is taken to."""
    numbers = np.arange(start, start + rows)
    columns = {
        "company": pa.array([f"Example {number} Ltd" for number in numbers]),
        "record": pa.array([f"00{number:09}" for number in numbers]),
        "industry": pa.array(INDUSTRIES).take(pa.array(chance.integers(0, 6, rows))),
        "employees": pa.array(np.exp(chance.normal(4.5, 1.5, rows)).astype(np.int64) + 1),
        "created": pa.array(MONDAY + chance.integers(0, 2500, rows)),
    }
    persona = chance.integers(0, len(PERSONAS), rows)
    for item in load_questionnaire().of_kind("persona"):
        up_to = np.cumsum([option.p or (0, 0, 0) for option in item.options], axis=0).T
        option = (chance.random(rows)[:, None] > up_to[persona]).sum(axis=1)
        missing = chance.random(rows) < MISSING
        places = pa.array(np.minimum(option, len(item.options) - 1), mask=missing)
        columns[item.id.lower()] = pa.array([each.id for each in item.options]).take(places)
    return pa.RecordBatch.from_pydict(columns)


def main() -> None:
    """Write the list."""
    rows, path = int(sys.argv[1]), Path(sys.argv[2])
    chance = np.random.default_rng(5)
    kind = pa.parquet.ParquetWriter if path.suffix == ".parquet" else pa.csv.CSVWriter
    with kind(path, made(0, 1, np.random.default_rng(5)).schema) as writer:
        for start in range(0, rows, BATCH):
            writer.write_batch(made(start, min(BATCH, rows - start), chance))


if __name__ == "__main__":
    main()
