"""Why rows failed, in words that can be counted."""

import pytest

from persona.capture.address import parse_address
from persona.capture.records import FAILURES
from persona.errors import AddressError
from persona.prospects.judge import NO_WEBSITE
from persona.prospects.troubles import OTHER, what_to_do, why_failed


def _refused(cell: str) -> str:
    with pytest.raises(AddressError) as caught:
        parse_address(cell)
    return str(caught.value)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("info@gmail.com", "it is a mail provider"),
        ("http://10.0.0.1/", "an IP address"),
        ("=cmd|' /C calc'!A0", "it is a formula"),
        ("acme.notatld", "does not end as a public name does"),
        ("see: our 'site' is no public website: yet", "no address of a website"),
        ("acme.com:8443", "port"),
    ],
)
def test_an_address_that_is_none_is_told_without_the_cell(cell: str, words: str) -> None:
    why = why_failed("invalid_address", _refused(cell))
    assert why.startswith("no address of a website: ")
    assert words in why
    assert cell not in why
    assert what_to_do(why) == "Correct the address in the list."


def test_two_bad_cells_of_a_kind_are_counted_together() -> None:
    for one, other in (("a.notatld", "b.nosuch"), ("a.com:81", "b.com:8080")):
        assert why_failed("invalid_address", _refused(one)) == why_failed(
            "invalid_address", _refused(other)
        )


def test_no_address_at_all_is_told_as_that() -> None:
    why = why_failed("invalid_address", f"{NO_WEBSITE}; P05: 'z' is none of its options (a to c)")
    assert why == NO_WEBSITE
    assert "Add the address" in what_to_do(why)


def test_every_failure_to_read_a_website_has_words_and_advice() -> None:
    for words in FAILURES.values():
        assert why_failed("unreachable", f"{words}; P05: 'z' is none of its options") == words
        assert what_to_do(words).endswith(".")
    assert what_to_do(FAILURES["timeout"]) == "Try again later."
    assert what_to_do(FAILURES["dns"]) != what_to_do(FAILURES["robots"])


def test_a_row_without_an_error_failed_for_other_reasons() -> None:
    assert why_failed("unreachable", "") == OTHER
