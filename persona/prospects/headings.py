"""What the headings of a list say: the words that CRM exports and people write over columns."""

import re
import unicodedata
from typing import Final, Literal

Role = Literal["website", "company", "industry", "size"]

CRM: Final = {
    "companydomainname": "a HubSpot heading",
    "websiteurl": "a HubSpot heading",
    "accountwebsite": "a Salesforce heading",
    "organizationwebsite": "a Pipedrive heading",
    "companywebsite": "an Apollo heading",
    "website": "a heading of Salesforce, Apollo and others",
}
"""Headings of websites, folded, that CRM exports have, surest first."""

_WEBSITE: Final = """
    domain domainname url weburl homepage homepageurl webpage website1 primarywebsite
    primarydomain websiteaddress websitelink websitedomain webaddress weblink web www site siteurl
    webseite internetseite internetadresse siteweb siteinternet sitioweb paginaweb sitoweb
    webbplats hemsida hjemmeside nettside kotisivut stronawww stronainternetowa
"""
_COMPANY: Final = """
    companyname accountname organizationname organisationname company organization organisation
    account associatedcompany primarycompany companyaccount
    personorganization dealorganization businessname business firm firmname legalname firma
    firmenname unternehmen entreprise nomdelentreprise societe raisonsociale empresa azienda
    ragionesociale bedrijf bedrijfsnaam foretag employer prospect customer client name
"""
_INDUSTRY: Final = """
    industry industries primaryindustry sector vertical industrysector industrygroup branche
    industrie wirtschaftszweig secteur secteurdactivite settore sicdescription naicsdescription
"""
_SIZE: Final = """
    numberofemployees employees noofemployees numemployees employeecount employeesnumber
    employeerange employeesrange employeesize size headcount staff staffcount mitarbeiter
    mitarbeiterzahl anzahlmitarbeiter anzahldermitarbeiter effectif effectifs nombredemployes
    nombredesalaries empleados numerodeempleados dipendenti medewerkers fte
"""
_KNOWN: Final[dict[Role, list[str]]] = {
    "website": re.findall(r"\w+", _WEBSITE),
    "company": re.findall(r"\w+", _COMPANY),
    "industry": re.findall(r"\w+", _INDUSTRY),
    "size": re.findall(r"\w+", _SIZE),
}
"""Folded headings by what they are written over, surest first."""
_WHOSE: Final = re.compile(r"(?:account|company|organi[sz]ation|org|business|firm|lead)(?=.)")
_LOOSE: Final = re.compile(r"website|web site|webseite|homepage|home page|\b(?:domain|url|www)\b")
_OTHER: Final = re.compile(
    r"linked ?in|facebook|twitter|instagram|youtube|tiktok|xing|pinterest|crunchbase|glassdoor|"
    r"angellist|github|logo|image|photo|picture|avatar|icon|profile|social|blog|careers|jobs|"
    r"tracking|referr|landing|page seen|source|record|crm|salesforce|hubspot|support|visits|"
    r"number of|traffic|rank|status|date|time"
)
_MAIL: Final = re.compile(r"(?<!name for )e ?mails?\b|\bmail\b")
_OBSERVATION: Final = re.compile(r"([pew])(\d\d)", re.IGNORECASE)
_HIGHEST: Final = {"P": 28, "E": 12, "W": 58}


def folded(heading: str) -> str:
    """Return a heading without case, accents, spaces and punctuation."""
    return spaced(heading).replace(" ", "")


def spaced(heading: str) -> str:
    """Return a heading's words in lower case, without accents, with one space between them."""
    plain = unicodedata.normalize("NFKD", heading[:200].casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", kept))


def observation(heading: str) -> str | None:
    """Return the id of the answer or signal ("P05", "W12") that a heading names, if it does."""
    match = _OBSERVATION.fullmatch(heading.strip())
    if match is None:
        return None
    letter, number = match[1].upper(), int(match[2])
    return f"{letter}{match[2]}" if 1 <= number <= _HIGHEST[letter] else None


def website_rank(heading: str) -> tuple[int, int] | None:
    """Return how surely a heading names websites, the lowest the surest; None if it does not.

    First come the headings of CRM exports, then usual ones, then any that speak of one.
    """
    name = folded(heading)
    if name in CRM:
        return 0, list(CRM).index(name)
    bare = _WHOSE.sub("", name, count=1)
    for place, one in enumerate((name, bare)):
        if one in CRM or one in _KNOWN["website"]:
            return 1, place
    words = spaced(heading)
    return (2, 0) if _LOOSE.search(words) and not names_other_links(heading) else None


def names_other_links(heading: str) -> bool:
    """Return whether a heading is of links that are not companies' websites: profiles, logos."""
    return bool(_OTHER.search(spaced(heading)))


def names_mail(heading: str) -> bool:
    """Return whether a heading is of e-mail addresses."""
    return bool(_MAIL.search(spaced(heading)))


def rank(role: Role, heading: str) -> int | None:
    """Return how surely a heading names a company, its industry or size; None if it does not."""
    known = _KNOWN[role]
    name = folded(heading)
    if name in known:
        return known.index(name)
    bare = _WHOSE.sub("", name, count=1)
    return len(known) + known.index(bare) if bare in known else None
