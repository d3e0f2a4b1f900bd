"""Whether two scored lists, both Parquet or both CSV, have the same cells.

    python -m benchmarks.same_cells ONE OTHER

Prints in how many rows they have; more than a few others are an error. Run by ``score.py``.
"""

import sys

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

ROUNDING = 0.00015
"""Sums in another order differ in the last bit, so that a probability may be rounded otherwise."""
TIES = 0.001
"""The share of rows that may differ, as two personas or two answers are exactly level there."""


def read(path: str) -> pa.Table:
    """Return a list as a table, in CSV with all cells as text."""
    if path.endswith(".parquet"):
        return pa.parquet.read_table(path)
    with pa.csv.open_csv(path) as file:
        names = file.schema.names
    texts = {
        name: pa.string()
        for name in names
        if not name.startswith("persona_p_") and name != "persona_confidence"
    }
    options = pa.csv.ConvertOptions(column_types=texts, strings_can_be_null=False)
    return pa.csv.read_csv(path, convert_options=options)


def differ(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return where two columns have other cells."""
    if pa.types.is_floating(one.type):
        apart = pc.abs(pc.subtract(pc.fill_null(one, -1.0), pc.fill_null(other, -1.0)))
        return pc.greater(apart, ROUNDING)
    texts = (pc.fill_null(each.cast(pa.string()), "") for each in (one, other))
    return pc.not_equal(*texts)


def main() -> None:
    """Compare column by column, and print in how many rows all cells are the same."""
    one, other = (read(path) for path in sys.argv[1:3])
    if sorted(one.schema.names) != sorted(other.schema.names) or len(one) != len(other):
        raise SystemExit("they have other columns, or another number of rows")
    others = pa.chunked_array([pa.array(np.zeros(len(one), np.bool_))])
    for name in one.schema.names:
        others = pc.or_(others, differ(one.column(name), other.column(name)))
    count = pc.sum(others).as_py()
    if count > len(one) * TIES:
        raise SystemExit(f"{count:,} rows differ")
    print(f"the same cells in all rows but {count:,} of {len(one):,}, where two are level")


if __name__ == "__main__":
    main()
