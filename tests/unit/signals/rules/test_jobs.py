"""What vacancies say of where money goes next, and what marketing is for."""

from datetime import date

import pytest

from persona.signals.findings import Found, Missing
from persona.signals.page import read_page
from persona.signals.rules.jobs import RULES
from persona.signals.site import SiteFacts

CAREERS = "https://example.com/careers/"
PADDING = "Your responsibilities are set out here, with the requirements of the role. " * 4


def site(*pages: tuple[str, str]) -> SiteFacts:
    read = tuple(
        read_page(url, f"<html><body><main>{html}</main></body></html>") for url, html in pages
    )
    return SiteFacts("example.com", read, today=date(2026, 11, 1))


def listed(*titles: str) -> tuple[str, str]:
    links = (f'<p><a href="/careers/{n}">{title}</a></p>' for n, title in enumerate(titles))
    return CAREERS, "<h1>Careers</h1>" + "".join(links)


def advert(title: str, *duties: str) -> tuple[str, str]:
    address = f"https://example.com/careers/jobs/{title.lower().replace(' ', '-')}"
    items = "".join(f"<li>{duty}</li>" for duty in duties)
    return address, f"<h1>{title}</h1><p>{PADDING}</p><ul>{items}</ul>"


def value(signal: str, *pages: tuple[str, str]) -> float:
    found = RULES[signal](site(*pages))
    assert isinstance(found, Found), found
    assert (found.value > 0) == bool(found.quotes)
    return found.value


def missing(signal: str, *pages: tuple[str, str]) -> str:
    found = RULES[signal](site(*pages))
    assert isinstance(found, Missing), found
    return found.why


def words(signal: str, *pages: tuple[str, str]) -> str:
    found = RULES[signal](site(*pages))
    assert isinstance(found, Found), found
    for quote in found.quotes:
        texts = [page.text for page in site(*pages).pages if page.url == quote.url]
        assert any(quote.text.strip("…") in text for text in texts)
    return " | ".join(quote.text for quote in found.quotes)


SELLERS = ("Account Executive", "SDR", "Field Sales Manager", "Welder", "Accountant")


def test_w12_is_the_share_of_sellers_among_all_vacancies() -> None:
    assert value("W12", listed(*SELLERS)) == pytest.approx(0.6)
    assert "Account Executive" in words("W12", listed(*SELLERS))
    assert value("W12", listed("Welder", "Fitter", "Cook", "Nurse", "Accountant")) == 0


def test_w12_leaves_counter_staff_out() -> None:
    shop = ("Sales Assistant", "Retail Sales Associate", "Counter Sales Executive", "Cook", "Buyer")
    assert value("W12", listed(*shop)) == 0


def test_shares_of_fewer_than_five_vacancies_are_missing() -> None:
    for signal in ("W12", "W53"):
        assert "fewer than five" in missing(signal, listed(*SELLERS[:4]))


def test_w53_is_the_share_of_development() -> None:
    page = listed("Software Engineer", "UX Designer", "Field Sales Engineer", "Welder", "Cook")
    assert value("W53", page) == pytest.approx(0.4)


def test_w13_counts_the_words_of_hunting() -> None:
    hunter = advert(
        "Sales Executive", "Make 60 cold calls", "Uncapped commission", "Beat your quota"
    )
    assert value("W13", hunter) >= 3
    assert "Uncapped commission" in words("W13", hunter)
    assert value("W13", advert("Sales Executive", "Advise growers on soil")) == 0


def test_w13_a_hunter_denied_is_no_hunter() -> None:
    calm = advert("Sales Executive", "No cold calling", "A salary without commission")
    assert value("W13", calm) == 0


def test_w13_takes_an_advert_and_a_seller() -> None:
    assert "sales" in missing("W13", listed(*SELLERS))
    assert "sales" in missing("W13", advert("Welder", "Piece rate with commission"))


def test_w27_goes_by_duties_before_titles() -> None:
    booths = advert("Growth Marketing Manager", "Book booths at trade shows", "Run email campaigns")
    assert value("W27", booths) == 1
    assert "trade shows" in words("W27", booths)
    choosing = advert(
        "Field Marketing Manager",
        "Segmentation of target markets",
        "Pricing",
        "Host one trade show",
    )
    assert value("W27", choosing) == 0


def test_w27_goes_by_the_title_where_the_advert_was_not_read() -> None:
    page = listed("Event Marketing Manager", "Brand Manager", "Welder")
    assert value("W27", page) == pytest.approx(0.5)
    assert "Event Marketing" in words("W27", page)
    assert "marketing" in missing("W27", listed("Welder"))


def test_w28_counts_supply_of_leads_and_material() -> None:
    page = advert("Marketing Manager", "Support the sales team with brochures", "Deliver MQLs")
    assert value("W28", page) >= 3
    assert "brochures" in words("W28", page)
    assert value("W28", advert("Marketing Manager", "Interview growers")) == 0
    assert "marketing" in missing("W28", advert("Sales Manager", "Qualified leads"))


def test_w50_counts_research_about_buyers() -> None:
    page = advert("Insight Manager", "Run customer interviews", "Own voice of the customer")
    assert value("W50", page) >= 2
    assert "customer interviews" in words("W50", page)
    assert value("W50", advert("Welder", "Conduct site surveys")) == 0
    assert "advert" in missing("W50", listed("Welder", "Cook"))


def test_w50_one_researcher_among_many_is_a_small_share() -> None:
    many = listed("User Research Lead", *(f"Welder {name}" for name in "ABCDEFGHI"))
    assert value("W50", many) == pytest.approx(0.1)


def test_w51_is_choice_of_markets_less_supply() -> None:
    choosing = advert("Product Marketing Manager", "Segmentation and pricing", "Positioning")
    assert value("W51", choosing) >= 3
    assert "Segmentation" in words("W51", choosing)
    supplying = advert("Product Marketing Manager", "Positioning", "Collateral", "Battlecards")
    assert value("W51", supplying) == 0
    assert "product marketing" in missing("W51", advert("Event Manager", "Segmentation"))


def test_w52_sets_lasting_goals_against_upselling() -> None:
    page = advert("Customer Success Manager", "Reduce churn", "Drive product adoption", "Upsell")
    assert 0.5 < value("W52", page) < 1
    assert "churn" in words("W52", page)
    selling = advert("Customer Success Manager", "Upsell and cross-sell", "Renewal quota")
    assert value("W52", selling) == 0
    assert "goal" in missing("W52", advert("Customer Success Manager", "Answer the phone"))
    assert "success" in missing("W52", advert("Welder", "Reduce churn"))


def test_w54_counts_building_with_partners() -> None:
    page = advert("Partner Manager", "Co-develop kits", "Joint studies with technology partners")
    assert value("W54", page) >= 2
    assert "Co-develop" in words("W54", page)


def test_w54_channel_sales_in_disguise_is_none() -> None:
    page = advert(
        "Partner Ecosystem Manager", "Partner ecosystem growth", "Recruit resellers and dealers",
        "Deal registration", "Meet your partner quota",
    )  # fmt: skip
    assert value("W54", page) == 0
    assert value("W54", advert("Software Engineer", "Build integrations for the marketplace")) == 0
    assert "advert" in missing("W54", listed("Welder"))


def test_a_manifesto_on_the_careers_page_moves_nothing() -> None:
    manifesto = "<p>We live segmentation, user research, retention and the partner ecosystem.</p>"
    address, html = listed(*SELLERS)
    for rule in RULES.values():
        assert rule(site((address, html + manifesto))) == rule(site((address, html)))
