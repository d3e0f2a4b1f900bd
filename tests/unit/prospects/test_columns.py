"""Columns are recognised as the exports of CRMs name them, as people do, and by what they hold."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from persona.capture.guard import Allowed
from persona.errors import ListError, UsageError
from persona.prospects.columns import Columns, recognise
from persona.prospects.table.chunk import ROWS, Chunk, ProspectList
from tests.conftest import complaint

SITES = ("acme.com", "https://www.bolt.de/", "carrot.co.uk", " dill.io ", "info@elder.fr")


class Row(Chunk):
    def __init__(self, start: int, rows: Sequence[Sequence[str]]) -> None:
        super().__init__(start)
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def texts(self, place: int) -> pa.Array:
        return pa.array([row[place] for row in self._rows], pa.string())


class Made(ProspectList):
    """A list in memory."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> None:
        self.path = Path("prospects.csv")
        self.headings = tuple(headings)
        self._rows = rows

    def chunks(self, rows: int = ROWS) -> Iterator[Chunk]:
        for start in range(0, len(self._rows), rows):
            yield Row(start, self._rows[start : start + rows])


def under(columns: dict[str, Sequence[str]]) -> Made:
    """Return a list with these columns, the shorter ones filled up with empty cells."""
    longest = max(len(cells) for cells in columns.values())
    filled = [[*cells, *[""] * (longest - len(cells))] for cells in columns.values()]
    return Made(list(columns), list(zip(*filled, strict=True)))


def found(listed: Made) -> tuple[str | None, ...]:
    """Return the headings of website, company, industry and size."""
    columns = recognise(listed)
    places = (columns.website, columns.company, columns.industry, columns.size)
    return tuple(None if place is None else listed.headings[place] for place in places)


HUBSPOT = (
    "Record ID,Company name,Company Domain Name,Website URL,Company owner,Create Date,"
    "Phone Number,City,Country/Region,Industry,Number of Employees,Annual Revenue,"
    "LinkedIn Company Page,First Page Seen,Lifecycle Stage"
)
SALESFORCE = (
    "Account ID,Account Name,Account: Website,Type,Industry,Annual Revenue,Employees,"
    "Billing City,Account Owner,Last Activity"
)
PIPEDRIVE = (
    "Organization - ID,Organization - Name,Organization - Website,Organization - Owner,"
    "Organization - Industry,Organization - Number of employees,Organization - LinkedIn profile"
)
APOLLO = (
    "First Name,Last Name,Title,Company,Company Name for Emails,Email,Email Status,# Employees,"
    "Industry,Person Linkedin Url,Website,Company Linkedin Url,Facebook Url,Annual Revenue"
)


@pytest.mark.parametrize(
    ("export", "website", "company", "industry", "size"),
    [
        (HUBSPOT, "Company Domain Name", "Company name", "Industry", "Number of Employees"),
        (SALESFORCE, "Account: Website", "Account Name", "Industry", "Employees"),
        (
            PIPEDRIVE,
            "Organization - Website",
            "Organization - Name",
            "Organization - Industry",
            "Organization - Number of employees",
        ),
        (APOLLO, "Website", "Company", "Industry", "# Employees"),
    ],
)
def test_the_headings_of_crm_exports(
    export: str, website: str, company: str, industry: str, size: str
) -> None:
    headings = export.split(",")
    filled = [
        [f"site{row}.com" if "ebsite" in h or "Domain" in h else "x" for h in headings]
        for row in range(5)
    ]
    for listed in (Made(headings), Made(headings, filled)):
        assert found(listed) == (website, company, industry, size)


@pytest.mark.parametrize(
    "heading",
    ["domain", "URL", " Web-Site ", "homepage", "WWW", "Webseite", "Site web", "Sitio Web",
     "Página web", "Company URL", "Website (main)", "Lead: Domain", "website_url"],
)  # fmt: skip
def test_usual_headings_of_websites(heading: str) -> None:
    assert found(under({"Notes": ["a.com"], heading: SITES}))[0] == heading


@pytest.mark.parametrize(
    "heading", ["Company LinkedIn URL", "Facebook url", "Logo URL", "Twitter", "Image URL"]
)
def test_links_to_networks_and_pictures_are_no_websites(heading: str) -> None:
    listed = under({heading: SITES, "Email": ["jo@acme.com", "", "al@bolt.de"]})
    assert found(listed)[0] == "Email"
    with pytest.raises(ListError):
        recognise(under({heading: SITES, "Name": ["Acme"]}))


def test_apollos_names_for_mails_are_no_mails() -> None:
    names = ["Booking.com", "Acme", "Bolt"]
    mails = ["jo@booking.com", "al@acme.com", "bo@bolt.de"]
    assert found(under({"Company Name for Emails": names, "Email": mails}))[0] == "Email"


def test_allowed_addresses_are_websites_too() -> None:
    listed = under({"Website": ["127.0.1.3:8931", "intranet:80"], "Name": ["a.com", "b.com"]})
    assert recognise(listed).website == 1
    allowed = Allowed.parse(["127.0.1.3:8931", "intranet:80"])
    columns = recognise(listed, None, allowed)
    assert (columns.website, columns.company) == (0, 1)


def test_a_column_of_websites_is_not_the_name_as_well() -> None:
    columns = recognise(under({"Name": ["a.com", "b.com", "c.com"]}))
    assert (columns.website, columns.company) == (0, None)


def test_profiles_on_networks_do_not_count_as_websites_of_companies() -> None:
    profiles = [f"https://www.linkedin.com/company/{name}" for name in "abcde"]
    assert found(under({"Url": profiles, "Link": SITES}))[0] == "Link"


def test_links_into_one_service_are_told_from_websites_by_their_likeness() -> None:
    links = [f"https://app.crm-service.com/records/{number}" for number in range(30)]
    listed = under({"Open": links, "Where": [f"www.site{number}.com" for number in range(30)]})
    assert found(listed)[0] == "Where"


def test_a_sure_heading_gives_way_where_its_column_is_nearly_empty() -> None:
    sites = [f"site{number}.com" for number in range(100)]
    listed = under({"Company Domain Name": ["acme.com"], "Homepage": sites})
    words = recognise(listed).words
    assert words == 'website: "Homepage" (by its heading; "Company Domain Name" is nearly empty)'
    listed = under({"Website": ["yes", "no"] * 50, "Found at": sites})
    words = recognise(listed).words
    assert words.startswith('website: "Found at" (100 of its first 100 cells are addresses; "Web')
    assert words.endswith('"Website" holds no addresses)')


def test_a_heading_counts_even_where_no_cell_is_an_address() -> None:
    """Every row then fails, each with its own reason, and nothing else is guessed at."""
    assert found(under({"Name": ["Acme"], "Website": ["n/a"]}))[0] == "Website"


def test_mail_is_taken_where_there_is_no_website_but_not_that_of_providers() -> None:
    listed = under({"Name": ["Jo", "Al"], "Work e-mail": ["jo@acme.com", "al@bolt.de"]})
    assert recognise(listed).words.startswith(
        'website: "Work e-mail" (the domains of e-mail addresses)'
    )
    with pytest.raises(ListError):
        recognise(under({"Name": ["Jo", "Al"], "Mailbox": ["jo@gmail.com", "al@web.de"]}))


def test_by_content_the_fullest_of_columns_without_other_words_counts() -> None:
    notes = ["see acme.com for more", "bolt.de is the site", "version 1.5", "1.234,50", "12.30"]
    assert found(under({"A": notes, "B": [*SITES[:3], "x", "y"], "C": SITES}))[0] == "C"
    assert found(under({"": SITES, " ": SITES}))[0] == ""
    with pytest.raises(ListError):
        recognise(under({"A": notes, "B": ["acme.com", "no", "no"]}))


def test_a_column_whose_first_cells_are_empty_is_looked_at_further_down() -> None:
    assert (
        found(under({"Id": ["1"] * 1000, "Where": [""] * 900 + ["acme.com"] * 100}))[0] == "Where"
    )


def test_answers_and_signals_by_their_ids_in_any_case() -> None:
    headings = ["P02", "p01 ", "e12", "w58", "w59", "p29", "p1", "E00", "p02", "company"]
    columns = recognise(Made(headings, [["a"] * 9 + ["acme.com"]]))
    assert columns == Columns(
        company=9,
        answers={"P01": 1, "P02": 0, "E12": 2},
        signals={"W58": 3},
        words='company: "company"; 3 answers (p01 to e12); 1 signal (w58); '
        "no column is named for websites",
    )


def test_what_an_earlier_scoring_wrote_is_left_aside() -> None:
    listed = under({"Web": SITES[:1], "persona_site": SITES, "persona_evidence": SITES})
    assert found(listed)[0] == "Web"
    with pytest.raises(ListError):
        recognise(under({"x": ["y"], "persona_site": SITES}))


def test_the_user_knows_better() -> None:
    listed = under({"Website": SITES, "Other": SITES, "website": SITES, "7": ["y"]})
    assert recognise(listed, {"website": "other"}).website == 1
    assert recognise(listed, {"website": "Website"}).website == 0
    assert recognise(listed, {"website": "7"}).website == 3
    assert recognise(listed, {"website": "2", "size": "3"}).size == 2
    assert "(as you said)" in recognise(listed, {"website": "2"}).words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"website": "Sites"}, ["--column website=Sites", '"Domain", "Phone", "Phone"']),
        ({"website": "0"}, ["no such column"]),
        ({"company": "4"}, ["no such column"]),
        ({"company": "phone"}, ["columns 2 and 3", "--column company=2"]),
        ({"phone": "Phone"}, ["there is no 'phone'; take website, company, industry, size"]),
    ],
)
def test_a_column_that_cannot_be_meant_is_refused(given: dict[str, str], words: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        recognise(Made(["Domain", "Phone", "Phone"]), given)
    complaint(caught.value, *words)


def test_nothing_recognised_names_the_headings_and_the_way_out() -> None:
    with pytest.raises(ListError) as caught:
        recognise(under({f"Heading {number}": ["x"] for number in range(20)}))
    complaint(caught.value, "prospects.csv", '"Heading 7"', "12 more", "--column website=HEADING")
    with pytest.raises(ListError) as caught:
        recognise(Made(["", ""], [["x", "y"]]))
    complaint(caught.value, "--column website=1")


def test_the_one_column_of_websites_among_as_many_as_a_sheet_has() -> None:
    headings = [f"Column {number}" for number in range(16_000)]
    rows = [["12.50", "some. text"] * 7_999 + ["x", f"site{row}.com"] for row in range(20)]
    assert recognise(Made(headings, rows)).website == 15_999
