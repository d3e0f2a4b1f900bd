"""What a firm says it is, alone and beside other firms."""

import pytest

from persona.signals.corpus import Corpus
from persona.signals.findings import Found, Missing
from persona.signals.page import Page, read_page
from persona.signals.rules.claims import RULES
from persona.signals.site import SiteFacts
from tests.unit.signals.rules.building import DOMAIN, page, site, value, words

PLAIN = "<h1>Bakeries lose two nights of bread a year to wet cellars. Our pumps stop that.</h1>"
VAGUE = "<h1>Quality service since 1950</h1><p>A family business that you can trust, always.</p>"


def firm(number: int, body: str) -> SiteFacts:
    domain = f"firm{number}.com"
    return SiteFacts(domain, (read_page(f"https://{domain}/", f"<body>{body}</body>"),))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    usual = (
        "<h1>Quality pumps and service you can trust</h1><p>We sell pumps for your business.</p>"
    )
    return Corpus.build(firm(number, usual) for number in range(30))


def beside(corpus: Corpus, *pages: Page) -> SiteFacts:
    return SiteFacts(DOMAIN, pages, corpus=corpus)


class TestTenureOnly:
    def test_years_and_quality_and_no_more(self) -> None:
        found = RULES["W16"](site(page("/", VAGUE)))
        assert value(found) == 1
        assert "since 1950" in words(found)[0]

    def test_a_buyer_or_a_gain_makes_it_more(self) -> None:
        body = "<h1>Trusted since 1950</h1><p>We keep bakeries dry in every flood of the year.</p>"
        assert RULES["W16"](site(page("/", body))) == Found(0.0)

    def test_the_name_of_the_firm_is_no_argument(self) -> None:
        name = '<meta property="og:site_name" content="Quality Pumps"><h1>Quality Pumps</h1>'
        assert RULES["W16"](site(page("/", name))) == Found(0.0)

    def test_an_experience_and_the_best_of_something_are_no_tenure(self) -> None:
        body = "<h1>The experience of pumping</h1><p>Which of these pumps is the best one?</p>"
        assert RULES["W16"](site(page("/", body))) == Found(0.0)

    def test_no_tenure_at_all(self) -> None:
        assert RULES["W16"](site(page("/", "<h1>Pumps</h1>"))) == Found(0.0)

    def test_missing_without_home_or_headline(self) -> None:
        assert RULES["W16"](site(page("/about", VAGUE))) == Missing("no home page")
        bare = RULES["W16"](site(page("/", "<p>Hello</p>")))
        assert bare == Missing("no headline on the home page")


class TestOneLine:
    def test_a_plain_claim_unlike_the_others(self, corpus: Corpus) -> None:
        found = RULES["W37"](beside(corpus, page("/", PLAIN)))
        assert value(found) > 0.5
        assert "Bakeries lose two nights" in words(found)[0]

    def test_the_claim_of_everybody_and_the_manifesto_are_none(self, corpus: Corpus) -> None:
        manifesto = (
            "<h1>Reimagining the future of water</h1><p>We dare to dream of what is next.</p>"
        )
        assert RULES["W37"](beside(corpus, page("/", VAGUE))) == Found(0.0)
        assert RULES["W37"](beside(corpus, page("/", manifesto))) == Found(0.0)

    def test_a_firm_is_not_its_own_buyer(self, corpus: Corpus) -> None:
        own = "<h1>Of all the plumbers in town, fewer than ten are certified</h1>"
        assert RULES["W37"](beside(corpus, page("/", own))) == Found(0.0)

    def test_a_long_claim_is_worth_less(self, corpus: Corpus) -> None:
        long = PLAIN.replace("</h1>", " And" + " so on" * 20 + "</h1>")
        short_value = value(RULES["W37"](beside(corpus, page("/", PLAIN))))
        assert value(RULES["W37"](beside(corpus, page("/", long)))) < short_value

    def test_missing_without_others(self) -> None:
        found = RULES["W37"](site(page("/", PLAIN)))
        assert found == Missing("no pages of other firms to compare with")


class TestOwnLanguage:
    def test_a_phrase_used_everywhere_and_by_no_other(self, corpus: Corpus) -> None:
        pages = [
            page(
                path,
                "".join(f"<p>{path} {n}: our cellar breathing method, seen.</p>" for n in range(4)),
            )
            for path in ("/", "/about", "/products/a")
        ]
        found = RULES["W38"](beside(corpus, *pages))
        assert value(found) > 0
        assert "cellar breathing" in words(found)[0]

    def test_a_block_repeated_on_every_page_is_no_language(self, corpus: Corpus) -> None:
        block = "<p>Ask about cellar breathing and more.</p>" * 12
        pages = [page(path, block) for path in ("/", "/about", "/products/a")]
        assert RULES["W38"](beside(corpus, *pages)) == Found(0.0)

    def test_names_and_common_phrases_are_none(self, corpus: Corpus) -> None:
        pages = [
            page(
                path,
                "".join(f"<p>{path} {n}: Jo Hartley; we sell pumps for you</p>" for n in range(5)),
            )
            for path in ("/", "/about", "/products/a")
        ]
        assert RULES["W38"](beside(corpus, *pages)) == Found(0.0)

    def test_missing_without_others(self) -> None:
        found = RULES["W38"](site(page("/", PLAIN)))
        assert found == Missing("no pages of other firms to compare with")
