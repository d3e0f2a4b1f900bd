"""Tables of companies: joined by company, checked, and refused with row and column."""

from pathlib import Path

import pytest

from persona.errors import TableError
from persona.questionnaire.items import Questionnaire
from persona.training.datasets import read_rows


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    answers, labels = tmp_path / "answers.csv", tmp_path / "labels.csv"
    answers.write_text(
        "company,informant,p01,p02\na.example,x,a,\na.example,y,b,c\nb.example,x,,d\n"
    )
    labels.write_text("company,label,why\na.example,sales_driven,x\nb.example,,\n")
    return answers, labels


def test_labels_are_joined_to_answers_by_company(
    tables: tuple[Path, Path], questionnaire: Questionnaire
) -> None:
    rows = read_rows(tables, questionnaire)
    assert [(row.company, row.informant, row.label) for row in rows] == [
        ("a.example", "x", "sales_driven"),
        ("a.example", "y", "sales_driven"),
        ("b.example", "x", None),
    ]
    assert rows[0].answers == {"P01": "a"}
    assert rows[1].answers == {"P01": "b", "P02": "c"}


def test_one_table_may_hold_answers_and_labels(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    table = tmp_path / "both.csv"
    table.write_text("\ufeffcompany,label,P15\na.example,undecided,a\n", encoding="utf-8")
    (row,) = read_rows([table], questionnaire)
    assert (row.label, row.answers) == ("undecided", {"P15": "a"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("name,p01\nx,a\n", "no column named 'company'"),
        ("company,label\nx,sales_driven\n", "no answer column"),
        ("company,p01\nx,q\n", "row 2: P01: 'q' is not one of a, b, c, d"),
        ("company,p01,label\nx,a,\ny,a,salesy\n", "row 3, column label: 'salesy'"),
        (
            "company,p01,label\nx,a,sales_driven\nx,b,passive_marketer\n",
            "row 3, column label: x was labelled sales_driven before",
        ),
        ('company,p01\n"x,a\n', "not a CSV table"),
        ("company,p01\nx,a,b,c\ny,a\n", "line 2: 4 cells under 2 headings"),
        ("company,p01\nx,a\ny\n", "line 3: 1 cells under 2 headings"),
        ("company,p01,p01\nx,a,a\n", "two columns have the same name"),
        ("company,p01,P01\nx,a,a\n", "two columns have the same name"),
    ],
)
def test_faulty_tables_are_refused_in_one_line(
    content: str, message: str, tmp_path: Path, questionnaire: Questionnaire
) -> None:
    table = tmp_path / "table.csv"
    table.write_text(content)
    with pytest.raises(TableError) as caught:
        read_rows([table], questionnaire)
    assert message in str(caught.value)
    assert str(table) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_encodings_and_missing_files_are_refused(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes("company,p01\nMüller,a\n".encode("latin-1"))
    with pytest.raises(TableError, match="UTF-8"):
        read_rows([table], questionnaire)
    with pytest.raises(TableError, match="no such file"):
        read_rows([tmp_path / "absent.csv"], questionnaire)
