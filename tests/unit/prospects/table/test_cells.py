"""Our cells are safe in a spreadsheet and short; quoting is what a reader of CSV undoes."""

import csv
import io

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.prospects.outcome import OUTCOMES, WRITTEN, Outcome, as_batch
from persona.prospects.table.cells import harmless, on_values, outcome_cells, plainly, quoted

texts = st.lists(st.text(st.sampled_from('ab,;"\r\n\t é=+-@\0\x7f 1'), max_size=6), max_size=9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+2", "'=1+2"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=cmd|'/c calc'!A1", "' =cmd|'/c calc'!A1"),
        ("\rx", "' x"),
        ("  =1", "'  =1"),
        ("\x00=1", "' =1"),
        ("a=b, 5 - 3", "a=b, 5 - 3"),
        ("one\r\ntwo\x1b[0m", "one two [0m"),
        ("'=1", "'=1"),
        ("", ""),
        ("日本 🙂", "日本 🙂"),
    ],
)
def test_no_text_of_ours_is_a_formula(text: str, expected: str) -> None:
    assert harmless(pa.array(["x", text])).to_pylist() == ["x", expected]
    assert harmless(pa.array(["x", text, text])[1:2]).to_pylist() == [expected]


@given(texts)
def test_harmless_texts_stay_harmless(given_texts: list[str]) -> None:
    once = harmless(pa.array(given_texts, pa.string()))
    assert harmless(once).equals(once)
    for text in once.to_pylist():
        assert text.isprintable()
        assert text.lstrip()[:1] not in {"=", "+", "-", "@"}


@given(texts, st.sampled_from(",;\t|"))
def test_quoting_is_undone_by_reading(given_texts: list[str], delimiter: str) -> None:
    array = pa.array(["padding", *given_texts], pa.string())[1:]
    cells = quoted(array, delimiter).to_pylist()
    line = delimiter.join(["first", *cells])
    assert next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter)) == [
        "first",
        *given_texts,
    ]
    for cell, text in zip(cells, given_texts, strict=True):
        assert (cell != text) == any(char in text for char in f'{delimiter}"\r\n')


def test_outcomes_as_cells() -> None:
    batch = as_batch(
        [
            Outcome(
                label="undecided",
                confidence=1.0,
                p_sales_driven=0.81234,
                p_passive_marketer=0.00004,
                reason="mixed",
                evidence="-5 %; x",
                pages_read=12,
                status="undecided",
                model="persona-1",
                telling="P05a",
            ),
            Outcome(label="undecided", status="failed", model="persona-1"),
        ]
    )
    rows = dict(zip(WRITTEN, (column.to_pylist() for column in outcome_cells(batch)), strict=True))
    assert "persona_telling" not in rows
    assert rows["persona_confidence"] == ["1", ""]
    assert rows["persona_p_sales_driven"] == ["0.8123", ""]
    assert rows["persona_p_passive_marketer"] == ["0", ""]
    assert rows["persona_pages_read"] == ["12", "0"]
    assert rows["persona_evidence"] == ["'-5 %; x", ""]


def test_dictionaries_give_the_same_cells() -> None:
    batch = as_batch(
        [Outcome(label=label, evidence=f"={label}", status="scored", model="m") for label in "abab"]
    )
    packed = [
        column.dictionary_encode() if pa.types.is_string(column.type) else column
        for column in batch.columns
    ]
    again = outcome_cells(pa.RecordBatch.from_arrays(packed, OUTCOMES.names).slice(1))
    assert [plainly(cells).to_pylist() for cells in again] == [
        cells.to_pylist() for cells in outcome_cells(batch.slice(1))
    ]
    assert len(on_values(packed[0], lambda values: values).dictionary) == 2
