"""From a labelled company to the rows that a model reads."""

import pytest

from persona.observations import ObservationRow, Wording
from persona.signals.catalogue import shipped_catalogue
from persona.training.companies import Company
from persona.training.rows import answer_rows, as_row, decided

WORDING = Wording(links={"about": 1}, labels={}, text={"the": 3})
FIRM = Company(
    company="a.example",
    informants={"ceo": {"P01": "a", "E01": "b"}, "": {"P02": "c"}},
    signals={"W02": 0.0, "W01": 1e9, "W58": 2.0},
    controls={"k01": "software", "k02": "7.25", "k05": "old", "k_industry": "it"},
    wording=WORDING,
    label="sales_driven",
)


def test_a_row_holds_the_answers_of_one_informant() -> None:
    row = as_row(FIRM, "ceo", website=False)
    assert row.given == {"P01": "a", "E01": "b"}
    assert [answer.kind for answer in row.answers] == ["persona", "execution"]
    assert (row.signals, row.controls, row.wording) == ((), (), None)
    assert as_row(FIRM, "", website=False).given == {"P02": "c"}
    with pytest.raises(KeyError):
        as_row(FIRM, "cfo", website=True)


def test_a_row_holds_the_website_with_what_is_missing_as_missing() -> None:
    row = as_row(FIRM, None, website=True)
    assert row.answers == ()
    assert [signal.id for signal in row.signals] == [e.id for e in shipped_catalogue().signals]
    known = {signal.id: signal.value for signal in row.signals if signal.value is not None}
    assert known == FIRM.signals
    assert all((signal.value is None) == bool(signal.missing) for signal in row.signals)
    full, empty = row.signal("W01"), row.signal("W02")
    assert full is not None
    assert empty is not None
    assert (full.clarity, empty.clarity) == (1.0, 0.0)
    coded = row.signal("W58")
    assert coded is not None
    assert coded.says == "prices are a list"
    assert {one.id: one.value for one in row.controls if one.value is not None} == {
        "K01": "software", "K02": 7.25,
    }  # fmt: skip
    assert row.wording == WORDING


def test_both_are_in_one_row_and_a_company_without_website_has_none() -> None:
    both = as_row(FIRM, "ceo", website=True)
    assert both.given
    assert both.wording == WORDING
    unread = Company(company="b", informants={"ceo": {"P01": "a"}}, controls={"k01": "software"})
    assert as_row(unread, "ceo", website=True) == as_row(unread, "ceo", website=False)
    assert as_row(unread, None, website=True) == ObservationRow()


def test_companies_are_judged_by_label_and_weight() -> None:
    companies = [
        FIRM,
        Company(company="weak", label="sales_driven", weight=0.1),
        Company(company="open", label="undecided", reason="thin"),
        Company(company="new"),
        Company(company="half", label="dynamic_marketer", weight=0.5),
    ]
    assert [one.company for one in decided(companies)] == ["a.example", "half"]


def test_every_informant_of_every_company_has_a_row() -> None:
    companies = [FIRM, Company(company="none"), Company(company="b", informants={"x": {}})]
    rows = [(one.company, informant) for one, informant in answer_rows(companies)]
    assert rows == [("a.example", ""), ("a.example", "ceo"), ("b", "x")]
