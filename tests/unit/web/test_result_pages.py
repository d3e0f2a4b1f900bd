"""The pages of a saved result."""

import json

import pytest
from msgspec.structs import replace

from persona.reports.html.company import company_report
from persona.reports.result import Respondent, Result
from tests.unit.web.browser import Browser


@pytest.fixture
def kept(browser: Browser, example: Result) -> str:
    """Return the path of a result whose respondent has a name."""
    result = replace(example, respondent=Respondent(role="Head of sales", name="Ann Secret"))
    return f"/results/{browser.desk.results.save(result)}"


def _stored(browser: Browser, path: str) -> Result:
    return browser.desk.results.load(path.rpartition("/")[2])


def test_the_report_in_the_application_says_what_the_file_says(browser: Browser, kept: str) -> None:
    alone = company_report(_stored(browser, kept)).decode()
    body = alone[alone.index("<main") : alone.index("</main>")]
    assert body in browser.look(kept).page.text


def test_the_report_downloads_as_one_file_that_needs_nothing(browser: Browser, kept: str) -> None:
    page = browser.look(f"{kept}/report").page
    assert page.content == company_report(_stored(browser, kept))
    assert page.headers["content-disposition"].startswith('attachment; filename="persona-norrland')


def test_the_result_file_downloads_without_the_respondents_name(
    browser: Browser, kept: str
) -> None:
    page = browser.look(f"{kept}/file").page
    assert json.loads(page.content)["respondent"] == {"role": "Head of sales"}


def test_no_page_shows_the_respondents_name(browser: Browser, kept: str) -> None:
    for rest in ("", "/report", "/file", "/progress", "/remove"):
        assert "Ann Secret" not in browser.look(kept + rest).page.text
    assert "Ann Secret" not in browser.look("/").page.text


def test_what_is_recorded_of_the_plan_is_in_the_file_and_in_the_report(
    browser: Browser, kept: str
) -> None:
    step = _stored(browser, kept).plan.steps[0].id
    browser.send(f"{kept}/progress", play=step, value="23 %", on="2026-12-01", met="yes", note="up")
    assert browser.path == f"{kept}/progress"
    stored = _stored(browser, kept)
    assert [(each.play, each.value, each.met, each.note) for each in stored.progress] == [
        (step, "23 %", True, "up")
    ]
    assert stored.respondent == Respondent(role="Head of sales", name="Ann Secret")
    assert "23 %" in browser.look(kept).text


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"value": ""}, "write what was measured"),
        ({"value": "x" * 81}, "at most 80"),
        ({"value": "1", "on": "2020-01-01"}, "before the assessment"),
        ({"value": "1", "on": "soon"}, "is not a day"),
    ],
)
def test_what_cannot_be_recorded_is_said_beside_its_form_with_what_was_typed(
    browser: Browser, kept: str, fields: dict[str, str], line: str
) -> None:
    step = _stored(browser, kept).plan.steps[1].id
    browser.send(f"{kept}/progress", play=step, **fields)
    assert browser.page.status_code == 422
    assert line in browser.text
    assert f'value="{fields["value"]}"' in browser.page.text
    assert _stored(browser, kept).progress == ()


def test_removing_asks_first(browser: Browser, kept: str) -> None:
    assert "deleted from this machine" in browser.look(f"{kept}/remove").text
    assert browser.look(kept).page.status_code == 200
    assert browser.send(f"{kept}/remove").path == "/"
    assert browser.look(kept).page.status_code == 404


@pytest.mark.parametrize("rest", ["", "/report", "/file", "/progress", "/remove"])
@pytest.mark.parametrize("id_", ["none", "..%2f..%2fetc%2fpasswd", "A", "%00", "a" * 200])
def test_what_is_no_result_is_not_found(browser: Browser, id_: str, rest: str) -> None:
    assert browser.look(f"/results/{id_}{rest}").page.status_code == 404


def test_a_damaged_result_is_told_in_one_line(browser: Browser, kept: str) -> None:
    browser.desk.results.path(kept.rpartition("/")[2]).write_text('{"schema": 1}')
    browser.look(kept)
    assert browser.page.status_code == 400
    assert "not a saved result" in browser.text


def test_answers_of_a_kept_questionnaire_can_be_changed_from_its_result(browser: Browser) -> None:
    place = browser.finish()
    assert f'href="{place}/overview"' in browser.page.text


def test_a_result_of_another_questionnaire_offers_no_answers_to_change(
    browser: Browser, kept: str
) -> None:
    browser.begin("Norrland Valves", "Head of sales")
    browser.answer("a")
    assert "Change answers" not in browser.look(kept).text
