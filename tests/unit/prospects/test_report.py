"""The HTML report of a list: what stands in it, and what can never happen in it."""

import re
import time
from pathlib import Path

import pytest

from persona.capture.records import FAILURES
from persona.errors import OutputError
from persona.prospects.columns import Columns
from persona.prospects.report import list_report, write_list_report
from persona.prospects.summary import ListSummary
from tests.htmlpage import Page, assert_inert, assert_sound
from tests.unit.prospects.picture import Row, failed, picture, row, scored, undecided

HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnp.exe\u2066",
    "a\x00b\x1b[31mc",
    "</title><style>*{display:none}</style>",
    "&lt;b&gt; &amp; 'quotes\"",
)  # fmt: skip


def _list() -> list[Row]:
    personas = ("sales_driven", "sales_driven", "passive_marketer", "dynamic_marketer")
    rows = [
        row(
            scored(personas[place % 4], 0.7 + place / 1000, site=f"site{place}.com", pages_read=3,
                   telling="P05a W12 text", evidence="Salespeople in the field (P28)"),
            f"Company {place}", ("Valves", "Software")[place % 2], str(5 + place),
        )
        for place in range(80)
    ]  # fmt: skip
    rows += [row(undecided(reason)) for reason in ("thin", "thin", "mixed", "out_of_scope")]
    rows += [row(failed(FAILURES["dns"], site="gone.com"))]
    rows += [row(scored(status="duplicate"))]
    return rows


_EDGES: dict[str, list[Row]] = {
    "empty": [],
    "one": [row(scored(site="a.com", telling="text"))],
    "all failed": [row(failed(FAILURES["timeout"], site=f"s{n}.com")) for n in range(3)],
    "all undecided": [row(undecided("thin"))] * 3,
    "all repeated": [row(scored(status="duplicate"))],
    "full": _list(),
    "hostile": [
        row(scored(site=text, evidence=text, telling="W12"), text, text, text) for text in HOSTILE
    ],
}


def _report(rows: list[Row], columns: Columns | None = None) -> Page:
    summary = picture(
        rows,
        columns or Columns(company=0, industry=1, size=2),
        source=f"/lists/{HOSTILE[0].replace('/', '')}.csv",
        remarks=HOSTILE,
        retry=f"persona score {HOSTILE[1]} --retry-failed",
    )
    return Page(list_report(summary))


@pytest.fixture(params=_EDGES)
def page(request: pytest.FixtureRequest) -> Page:
    return _report(_EDGES[request.param])


def test_the_page_is_put_together_well(page: Page) -> None:
    assert_sound(page)


def test_every_table_has_a_caption_and_every_heading_cell_a_scope(page: Page) -> None:
    tables = page.named("table")
    assert len(page.texts("caption")) == len(tables)
    assert all(page.texts("caption"))
    assert {cell.get("scope") for cell in page.named("th")} <= {"row", "col"}


def test_every_drawing_is_told_in_words(page: Page) -> None:
    drawings = [one for one in page.named("svg") if one.get("aria-hidden") != "true"]
    assert len(page.texts("desc")) == len(drawings)
    assert all(page.texts("desc"))
    assert all(one["role"] == "img" for one in drawings)


def test_nothing_runs_and_nothing_is_fetched(page: Page) -> None:
    assert_inert(page, r"https://[a-z0-9.-]+/$")


def test_hostile_text_is_shown_as_it_is_and_does_nothing() -> None:
    page = _report(_EDGES["hostile"])
    shown = page.texts("bdi")
    assert HOSTILE[0] in shown
    assert HOSTILE[1] in shown
    assert HOSTILE[2] in shown
    assert "gnp.exe" in shown
    assert "ab[31mc" in shown
    assert len(page.named("style")) == 1
    everything = page.texts("html")[0]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]",
                         everything)  # fmt: skip


def test_only_a_plain_public_name_becomes_a_link() -> None:
    names = ["acme.com", "xn--bcher-kva.example", "javascript:alert(1)", "a.com/x", "LOCALHOST:80",
             "a.com\" onclick=\"x", "1.2.3.4"]  # fmt: skip
    page = _report([row(scored(site=name), "Acme") for name in names])
    links = {one["href"] for one in page.named("a") if not one["href"].startswith("#")}
    assert links == {"https://acme.com/", "https://xn--bcher-kva.example/"}


def test_the_figures_of_a_list_stand_in_it() -> None:
    page = _report(_list())
    assert page.texts("p", **{"class": "lede"}) == [
        "Of 86 rows, 80 have a verdict, most often sales-driven (50% of the verdicts); "
        "4 are undecided, 1 failed and 1 repeats an earlier row."
    ]
    cells = page.texts("tr")
    assert "Sales-driven 40 50% 39% 61%" in cells
    assert "Passive marketer 20 25% 17% 35%" in cells
    assert "70–80% 80 100%" in cells
    assert any(text.startswith("Too little to go on 2 50% What was answered") for text in cells)
    assert "Valves 40 20 20 0 0 0" in cells
    assert "Software 40 20 0 20 0 0" in cells
    assert any(text.startswith("Company 79site79.com 80 Dynamic marketer 78%") for text in cells)
    assert any(text.startswith(f"{FAILURES['dns']} 1 Check the spelling") for text in cells)
    assert "Pages read 240" in cells
    headings = page.texts("h2")
    assert headings == [
        "Share by method", "How sure the verdicts are", "Undecided, and why", "By industry",
        "By size", "What speaks for each method", "The surest and the most doubtful",
        "Failed, and what to do", "What was read, and what was not", "How far to trust this",
    ]  # fmt: skip


def test_the_chart_of_shares_says_what_the_table_says() -> None:
    page = _report(_list())
    assert "50%, interval from 39% to 61%" in page.texts("desc")


def test_the_limits_name_the_agreement_that_was_measured_and_whose_labels() -> None:
    limits = " ".join(_report(_list()).texts("li"))
    assert "a language model acting as annotator" in limits
    assert "84% of the verdicts met the label" in limits
    assert "from 0.52 to 0.26" in limits


def test_a_list_without_industries_has_no_such_part() -> None:
    page = _report(_list(), Columns())
    assert not {"By industry", "By size"} & set(page.texts("h2"))
    assert not {"industries", "sizes"} & {one.get("id") for one in page.named("section")}


def test_a_list_without_verdicts_says_so() -> None:
    page = _report(_EDGES["all failed"])
    assert "No row has a verdict, so there is nothing to share out." in page.texts("p")
    assert "Of 3 rows, none has a verdict; 3 failed." in page.texts("p")


def _vast() -> ListSummary:
    long = "Łódź & <Söhne> " * 400
    rows = [
        row(scored(evidence=long, site=f"{'a' * 60}{n}.com", telling="P05a P06b P07c"), long,
            f"{n} {long}", f"{n} {long}")
        for n in range(300)
    ]  # fmt: skip
    rows += [row(failed(f"{n} {long}")) for n in range(300)]
    return picture(rows, remarks=[long] * 500, source=f"{long[:200]}.csv")


def test_a_report_is_small_and_soon_written_whatever_is_in_the_list() -> None:
    summary = _vast()
    list_report(summary)
    began = time.process_time()
    content = list_report(summary)
    assert time.process_time() - began < 0.3
    assert len(content) < 300_000


def test_equal_lists_give_equal_bytes_and_the_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_list_report(path, picture(_list(), at_once=9))
    assert path.read_bytes() == list_report(picture(_list()))
    with pytest.raises(OutputError, match="cannot be written"):
        write_list_report(tmp_path / "no" / "such.html", picture([]))
