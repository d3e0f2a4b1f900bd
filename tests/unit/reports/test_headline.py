"""The verdict in one sentence, for every kind of result."""

import pytest
from msgspec.structs import replace

from persona.reports.headline import headline
from tests.unit.reports.html.companies import CASES, case

SAID = {
    "full": "Norrland Valves is most likely a passive marketer (70%): sales leads, and marketing",
    "answers alone": "The company is most likely sales-driven (71%): growth comes from winning",
    "mixed, long name": "It is open which method the company runs on: it could be",
    "thin": "It cannot be said yet which method the company runs on: 2 of 28 questions on method "
    "are answered, and a verdict takes at least 12.",
    "scan": "Judged by its website alone, sparrowgate.example is very likely sales-driven (",
    "gated scan": "It cannot be said yet which method orvelle.example runs on: its website says "
    "too little (",
    "unreachable": "Nothing can be said of x.example: its website could not be read (the "
    "certificate could not be verified).",
}


@pytest.mark.parametrize("name", SAID)
def test_the_sentence_says_who_what_and_how_sure(name: str) -> None:
    assert headline(case(name)).startswith(SAID[name])


@pytest.mark.parametrize("company", ["adidas", "eBay"])
def test_a_company_is_called_as_it_writes_itself(company: str) -> None:
    assert headline(replace(case("full"), company=company)).startswith(f"{company} is most likely")


@pytest.mark.parametrize("name", [name for name in CASES if name != "hostile"])
def test_it_is_one_sentence_of_a_length_that_can_be_read_out(name: str) -> None:
    said = headline(case(name))
    assert said.endswith(".")
    assert said[0].isupper()
    assert 40 < len(said) < 260
    assert "  " not in said
