"""Family "jobs": what the vacancies say of where money goes next, and what marketing is for."""

from collections.abc import Iterable, Iterator
from typing import Final

from persona.observations import Quote
from persona.signals.findings import Found, Missing, quote
from persona.signals.shares import distinct, share
from persona.signals.site import Rule, SiteFacts
from persona.signals.titles import Role
from persona.signals.vacancies import Advert, Vacancy, duties, vacancies

FEWEST: Final = 5
"""Vacancies below which a share of them means nothing."""


def sales_share(site: SiteFacts) -> Found | Missing:
    """W12: vacancies for sellers, counter staff left out, as a share of all vacancies."""
    return _share_of_vacancies(site, "sales")


def development_share(site: SiteFacts) -> Found | Missing:
    """W53: vacancies in research, product, design and development as a share of all."""
    return _share_of_vacancies(site, "development")


def hunting(site: SiteFacts) -> Found | Missing:
    """W13: different words of quota and hunting per advert for sellers."""
    adverts = list(_adverts(site, "sales"))
    if not adverts:
        return Missing("no sales advert was read")
    return _rate([_duties(site, "W13.hunting", advert) for advert in adverts], len(adverts))


def field_marketing(site: SiteFacts) -> Found | Missing:
    """W27: share of marketing vacancies for field, events, channel and campaigns.

    Where the advert was read its duties decide, else the title.
    """
    offered = _for(site, "marketing")
    if not offered:
        return Missing("no marketing advert")
    hits = [proof for vacancy in offered if (proof := _field_work(site, vacancy))]
    return Found(share(len(hits), len(offered)), distinct(hits))


def lead_supply(site: SiteFacts) -> Found | Missing:
    """W28: different duties of supplying sales with leads and material, per marketing advert."""
    counts = [found for _, found in _with_text(site, "W28.supply", _for(site, "marketing"))]
    return _rate(counts, len(counts)) if counts else Missing("no marketing advert was read")


def buyer_research(site: SiteFacts) -> Found | Missing:
    """W50: different duties of research about buyers and users, per vacancy."""
    counts = [found for _, found in _with_text(site, "W50.research", vacancies(site))]
    return _over_all(site, counts)


def market_choice(site: SiteFacts) -> Found | Missing:
    """W51: duties of choosing markets and prices, less those of supplying material, per advert.

    Adverts for product marketing and for heads of marketing; at least 0.
    """
    adverts = list(_adverts(site, "product_marketing"))
    if not adverts:
        return Missing("no product marketing advert was read")
    choice = [_duties(site, "W51.choice", advert) for advert in adverts]
    supply = sum(len(_duties(site, "W51.supply", advert)) for advert in adverts)
    net = sum(map(len, choice)) - supply
    return Found(net / len(adverts), _proof(choice)) if net > 0 else Found(0.0)


def lifetime_goals(site: SiteFacts) -> Found | Missing:
    """W52: goals of lasting use among the goals that adverts for customer success name."""
    adverts = list(_adverts(site, "success"))
    if not adverts:
        return Missing("no customer success advert was read")
    lasting = [_duties(site, "W52.lifetime", advert) for advert in adverts]
    selling = sum(len(_duties(site, "W52.upselling", advert)) for advert in adverts)
    goals = sum(map(len, lasting)) + selling
    if not goals:
        return Missing("its customer success adverts name no goal")
    return Found(share(goals - selling, goals), _proof(lasting))


def partner_building(site: SiteFacts) -> Found | Missing:
    """W54: different duties of building with partners, per vacancy.

    An advert that speaks more of reselling is channel sales, and counts as none.
    """
    return _over_all(
        site,
        [
            _building(site, vacancy, found)
            for vacancy, found in _with_text(site, "W54.building", vacancies(site))
        ],
    )


def _building(site: SiteFacts, vacancy: Vacancy, found: dict[str, Quote]) -> dict[str, Quote]:
    """Return building duties if the advert is for them: by its role, or by two of them."""
    if "partner" not in vacancy.roles and (len(found) < 2 or "development" in vacancy.roles):
        return {}
    if vacancy.advert and len(_duties(site, "W54.reselling", vacancy.advert)) >= len(found):
        return {}
    return found


def _field_work(site: SiteFacts, vacancy: Vacancy) -> Quote | None:
    """Return words that show a marketing vacancy to be for field, events or campaigns."""
    titled = site.terms["jobs.W27.titles"].within(vacancy.title.lower())
    if vacancy.advert is None:
        return quote(vacancy.title, vacancy.url) if titled else None
    field = _duties(site, "W27.duties", vacancy.advert)
    choice = _duties(site, "W51.choice", vacancy.advert)
    if len(field) <= len(choice) or len(field) + titled < 2:
        return None
    return next(iter(field.values()))


def _for(site: SiteFacts, role: Role) -> list[Vacancy]:
    return [vacancy for vacancy in vacancies(site) if role in vacancy.roles]


def _adverts(site: SiteFacts, role: Role) -> Iterator[Advert]:
    return (vacancy.advert for vacancy in _for(site, role) if vacancy.advert)


def _share_of_vacancies(site: SiteFacts, role: Role) -> Found | Missing:
    every, chosen = vacancies(site), _for(site, role)
    if len(every) < FEWEST:
        return Missing(f"fewer than five vacancies ({len(every)})")
    titles = (quote(vacancy.title, vacancy.url) for vacancy in chosen)
    return Found(share(len(chosen), len(every)), distinct(titles))


def _duties(site: SiteFacts, name: str, advert: Advert) -> dict[str, Quote]:
    return duties(advert, site.terms[f"jobs.{name}"], site.terms["jobs.titles.denials"])


def _with_text(
    site: SiteFacts, name: str, offered: Iterable[Vacancy]
) -> Iterator[tuple[Vacancy, dict[str, Quote]]]:
    """Yield vacancies with what was found in their adverts.

    Of a vacancy whose advert was not read, the title can show the work but not its absence: it
    is left out where it shows nothing.
    """
    phrases = site.terms[f"jobs.{name}"]
    for vacancy in offered:
        if vacancy.advert:
            yield vacancy, _duties(site, name, vacancy.advert)
        elif found := phrases.first(vacancy.title.lower()):
            yield vacancy, {found.group(): quote(vacancy.title, vacancy.url)}


def _over_all(site: SiteFacts, counts: list[dict[str, Quote]]) -> Found | Missing:
    """Return duties per vacancy, the ones known by title only included.

    A few bare titles that show nothing say nothing about duties; many do.
    """
    every = len(vacancies(site))
    if not every or (not counts and every < FEWEST):
        return Missing("no advert was read")
    return _rate(counts, every)


def _rate(counts: list[dict[str, Quote]], adverts: int) -> Found:
    return Found(sum(map(len, counts)) / adverts, _proof(counts))


def _proof(found: Iterable[dict[str, Quote]]) -> tuple[Quote, ...]:
    """Return quotes, of the richest adverts first."""
    richest = sorted(found, key=len, reverse=True)
    return distinct(quote for each in richest for quote in each.values())


RULES: Final[dict[str, Rule]] = {
    "W12": sales_share,
    "W13": hunting,
    "W27": field_marketing,
    "W28": lead_supply,
    "W50": buyer_research,
    "W51": market_choice,
    "W52": lifetime_goals,
    "W53": development_share,
    "W54": partner_building,
}
