"""Cells of answers and signals as numbers."""

import math
from itertools import pairwise

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from persona.prospects.batch.cells import MISSING, AnswerCells
from persona.prospects.batch.exact import add, split
from persona.prospects.batch.values import values
from persona.prospects.judge import clean_answer
from persona.questionnaire.items import load_questionnaire

ITEM = load_questionnaire().by_id["P03"]
CELLS = st.one_of(st.sampled_from(("", "a", "E", "f", " ")), st.text(max_size=12))


@given(cells=st.lists(CELLS), start=st.integers(min_value=0, max_value=3))
def test_answers_are_read_alike_however_the_column_comes(cells: list[str], start: int) -> None:
    texts = pa.array(cells, pa.string()).slice(start)
    wide = pa.array(cells, pa.large_string()).slice(start)
    read = AnswerCells(ITEM)
    for column in (texts, wide, texts.dictionary_encode()):
        codes, troubles = read.codes(column)
        told = troubles.to_pylist() if troubles is not None else [None] * len(codes)
        for cell, code, trouble in zip(cells[start:], codes, told, strict=True):
            option, why = clean_answer("P03", cell)
            assert ("", *"abcde")[code] == (option or "")
            assert (trouble or "") == why
            assert code != MISSING or option is None


@given(cells=st.lists(st.floats().map(repr)))
def test_numbers_are_read_as_python_reads_them(cells: list[str]) -> None:
    found, troubles = values("W05", pa.array(cells, pa.string()))
    for cell, value in zip(cells, found, strict=True):
        if math.isfinite(float(cell)):
            assert value == float(cell)
        else:
            assert math.isnan(value)
    assert (troubles is not None) == any(not math.isfinite(float(cell)) for cell in cells)


def test_what_is_no_number_is_missing_and_named_in_one_line() -> None:
    cells = ["", "  ", "0.5", " 7 ", "0,5", "1e999", "a\nb", "x" * 50, "nan", "1_000", "+1"]
    found, troubles = values("W05", pa.array(cells, pa.string()).dictionary_encode())
    assert [None if math.isnan(each) else each for each in found[:4]] == [None, None, 0.5, 7.0]
    assert all(math.isnan(each) for each in found[4:])
    assert troubles is not None
    assert troubles.to_pylist() == [None] * 4 + [
        "W05: '0,5' is no number",
        "W05: '1e999' is no number",
        "W05: 'a b' is no number",
        f"W05: '{'x' * 20}…' is no number",
        "W05: 'nan' is no number",
        "W05: '1_000' is no number",
        "W05: '+1' is no number",
    ]


@given(
    rows=st.lists(
        st.lists(st.integers(min_value=-99_999, max_value=99_999), min_size=1, max_size=40),
        min_size=1,
    ),
    unit=st.sampled_from((1e-4, 1e-4 / 0.2878, 0.7 / 3)),
)
def test_sums_are_those_of_fsum_to_the_last_bit(rows: list[list[int]], unit: float) -> None:
    import numpy as np

    width = max(map(len, rows))
    table = np.array([[*row, *[0] * (width - len(row))] for row in rows]) * unit
    assert add(list(table.T)).tolist() == [math.fsum(row) for row in table]
    coarse, rest = split(table)
    assert (coarse + rest == table).all()
    assert all(abs(one) <= 2**-31 for one in rest.ravel())
    assert all(add([one, other]) == one + other for one, other in pairwise(table.T[:1]))
