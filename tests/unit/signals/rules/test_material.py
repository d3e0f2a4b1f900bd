"""Case studies as product proof, and the share of text that is another firm's."""

import pytest

from persona.signals.corpus import Corpus
from persona.signals.rules.material import RULES
from persona.signals.site import SiteFacts
from tests.unit.signals.rules.sites import FILLER, PageOf, found, missing, site

MAKERS = (
    "The saw cuts through oak, ash and beech of up to sixty millimetres without a splinter, and "
    "its blade is changed in less than a minute without any tool at all. "
)


def page(path: str, title: str, text: str) -> PageOf:
    return path, f"<h1>{title}</h1><p>{text}</p>"


def test_w23_is_the_share_of_cases_that_open_with_the_product() -> None:
    facts = site(
        page("/case-studies/1", "How Leeds saves time with Example", FILLER * 3),
        page("/case-studies/2", "A park for everybody", FILLER * 3),
    )
    value, quotes = found(RULES, "W23", facts)
    assert value == pytest.approx(0.5)
    assert quotes == "How Leeds saves time with Example"


def test_w23_a_product_named_at_the_end_is_a_signature() -> None:
    facts = site(page("/case-studies/1", "A park for everybody", FILLER * 3 + "Built by Example."))
    assert found(RULES, "W23", facts) == (0, "")


def test_w23_is_missing_without_a_case() -> None:
    assert missing(RULES, "W23", site(page("/case-studies/", "Cases", "Soon."))) == "no case study"


def reseller(text: str, corpus: Corpus | None) -> SiteFacts:
    facts = site(page("/products/saw", "Saw", text))
    facts.corpus = corpus
    return facts


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus.build([site(page("/products/saw", "The saw", MAKERS), domain="makita.com")])


def test_w09_is_the_share_of_text_that_others_have(corpus: Corpus) -> None:
    value, quotes = found(RULES, "W09", reseller(f"{MAKERS}</p><p>{FILLER}", corpus))
    assert 0.3 < value < 0.6
    assert "The saw cuts through oak" in quotes


def test_w09_own_text_is_looked_at_and_gives_nothing(corpus: Corpus) -> None:
    assert found(RULES, "W09", reseller(FILLER, corpus)) == (0, "")


def test_w09_is_missing_without_other_firms() -> None:
    assert "other firms" in missing(RULES, "W09", reseller(MAKERS, None))
    assert "other firms" in missing(RULES, "W09", reseller(MAKERS, Corpus.build([])))
