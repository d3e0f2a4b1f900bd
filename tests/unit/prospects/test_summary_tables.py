"""The picture of a list as tables."""

from persona.capture.records import FAILURES
from persona.prospects.summary_tables import REASON_NAMES, REASON_WORDS, summary_tables
from persona.vocabulary import PERSONA_NAMES
from tests.unit.prospects.picture import failed, picture, row, scored, undecided


def test_every_cell_is_of_its_columns_kind() -> None:
    rows = [row(scored("dynamic_marketer", site="a.com", telling="P05a"), "Acme", "Valves", "7")]
    rows += [row(scored()), row(undecided("thin")), row(failed(FAILURES["tls"]))]
    tables = summary_tables(picture(rows, remarks=("one",), retry="persona score"))
    assert [table.key for table in tables] == [
        "rows", "personas", "confidence", "reasons", "industries", "sizes", "telling", "surest",
        "doubtful", "failures", "remarks",
    ]  # fmt: skip
    for table in tables:
        assert len(table.headings) == len(table.kinds)
        for cells in table.rows:
            assert len(cells) == len(table.kinds)
            for cell, kind in zip(cells, table.kinds, strict=True):
                assert type(cell) is {"text": str, "count": int, "share": float}[kind]


def test_a_list_that_has_nothing_to_tell_has_its_rows_alone() -> None:
    assert [table.key for table in summary_tables(picture([]))] == ["rows"]


def test_every_reason_has_a_name_and_is_explained() -> None:
    assert set(REASON_NAMES) == set(REASON_WORDS)
    assert set(REASON_NAMES) == {"thin", "mixed", "out_of_scope", "unreachable", "invalid_address"}


def test_the_shares_of_evidence_are_of_the_verdicts_of_their_method() -> None:
    rows = [row(scored(telling="P05a")), row(scored(telling="W12")), row(scored(telling="W12"))]
    rows += [row(scored("passive_marketer", telling="W12"))]
    telling = next(one for one in summary_tables(picture(rows)) if one.key == "telling")
    found = [(name, rows, round(float(share or 0), 2)) for name, _, rows, share in telling.rows]
    sales, passive = PERSONA_NAMES["sales_driven"], PERSONA_NAMES["passive_marketer"]
    assert found == [(sales, 2, 0.67), (sales, 1, 0.33), (passive, 1, 1.0)]
    assert [row[1] for row in telling.rows] == [
        "Much of the hiring is for sellers (W12)",
        "What wins and sets the price: We made the better commercial offer (P05)",
        "Much of the hiring is for sellers (W12)",
    ]
