"""A finished questionnaire: its page, its files, and what is recorded of its plan."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from persona.reports.result import Result, decode_result
from tests.e2e.window import Window
from tests.integration.serving import Visitor


@pytest.fixture
def opened(
    page: Page, visitor: Visitor, example_answers: dict[str, str], request: pytest.FixtureRequest
) -> Page:
    """Open a window at the result of a questionnaire."""
    page.goto(visitor.result(request.node.name, example_answers, "Chief executive"))
    return page


def downloaded(page: Page, link: str) -> Path:
    """Follow a link that is a download; return the file."""
    with page.expect_download() as arriving:
        page.get_by_role("link", name=link).first.click()
    return Path(arriving.value.path())


def file_of(page: Page) -> Result:
    """Return the result in the file that a page offers."""
    return decode_result(downloaded(page, "Download the result file").read_bytes(), "download")


def test_the_page_says_what_the_files_say(opened: Page) -> None:
    result = file_of(opened)
    report = downloaded(opened, "Download the report").read_text()
    expect(opened.get_by_role("heading", level=1)).to_have_count(1)
    assert result.company is not None
    expect(opened.get_by_text(result.company).first).to_be_visible()
    assert result.plan.steps
    for step in result.plan.steps:
        expect(opened.get_by_text(step.name).first).to_be_visible()
        assert step.name in report


def test_progress_is_recorded_and_shown(opened: Page) -> None:
    step = file_of(opened).plan.steps[0]
    opened.get_by_role("link", name="Record progress").click()
    opened.get_by_label("What was measured").first.fill("31 % <b>of</b> offers")
    opened.get_by_label("Not met").first.check()
    opened.get_by_label("Remark").first.fill("after the fair")
    opened.get_by_role("button", name="Record").first.click()
    expect(opened.get_by_text("31 % <b>of</b> offers").first).to_be_visible()
    opened.goto(opened.url.partition("/progress")[0])
    expect(opened.get_by_text("31 % <b>of</b> offers").first).to_be_visible()
    result = file_of(opened)
    [record] = result.progress
    assert (record.play, record.met, record.note) == (step.id, False, "after the fair")
    assert record.on >= result.assessed_on


def test_a_day_before_the_assessment_is_refused_and_nothing_is_lost(
    window: Window, opened: Page
) -> None:
    window.expected = (422,)
    opened.get_by_role("link", name="Record progress").click()
    opened.get_by_label("What was measured").first.fill("7 of 10")
    # What the page's own check would stop is sent all the same.
    opened.evaluate(
        "document.querySelectorAll('[type=date]').forEach(e => e.removeAttribute('min'))"
    )
    opened.get_by_label("On which day").first.fill("2001-01-01")
    opened.get_by_role("button", name="Record").first.click()
    expect(opened.get_by_role("alert")).to_be_visible()
    expect(opened.get_by_label("What was measured").first).to_have_value("7 of 10")


def test_answers_can_be_changed_and_the_result_follows(opened: Page) -> None:
    before = file_of(opened)
    opened.get_by_role("link", name="Change answers").click()
    question = opened.locator("ol.answers a").first
    question.click()
    unchosen = opened.locator(".choices input:not(:checked)").first
    value = unchosen.get_attribute("value")
    unchosen.check()
    opened.get_by_role("button", name="Keep this answer").click()
    opened.wait_for_url("**/results/**")
    after = file_of(opened)
    changed = [
        item for item in before.row.given if after.row.given.get(item) != before.row.given[item]
    ]
    assert len(changed) == 1
    assert after.row.given.get(changed[0]) == value


def test_removing_asks_first(opened: Page) -> None:
    place = opened.url
    opened.get_by_role("link", name="Remove").click()
    opened.get_by_role("link", name="Keep it").click()
    assert opened.url == place
    opened.get_by_role("link", name="Remove").click()
    opened.get_by_role("button", name="Remove it").click()
    expect(opened.get_by_role("heading", name="Results")).to_be_visible()
    expect(opened.locator(f'a[href="{place[place.index("/results") :]}"]')).to_have_count(0)
