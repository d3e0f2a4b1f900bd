"""Leaving a questionnaire and coming back: another window, another tab, a terminal."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.window import Window
from tests.integration.commands import current
from tests.integration.serving import Serving, Visitor


@pytest.fixture
def kept(server: Serving) -> Any:
    return server.desk.answers


def choose(page: Page, place: int) -> str:
    """Choose an answer by its place, go on, and return what the answer says."""
    choice = page.locator(".choices label").nth(place)
    text = choice.locator(".text").inner_text()
    choice.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Next").click()
    return text


def begin(page: Page, company: str, *, quick: bool = False) -> None:
    """Begin a questionnaire."""
    page.goto("/questionnaire")
    page.get_by_label("Name of the company").fill(company)
    if quick:
        page.get_by_label("As few as will do").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".choices")).to_be_visible()


def test_a_closed_window_loses_nothing(browser: Browser, server: Serving, kept: Any) -> None:
    with Window(browser, server) as window:
        begin(window.page, "Closed Window")
        for place in (0, 1, 0):
            choose(window.page, place)
        item = window.page.url.rpartition("/")[2]
        before = kept("Closed Window")
    assert len(before) == 3
    with Window(browser, server) as window:
        window.page.get_by_role("link", name="Closed Window").click()
        assert window.page.url.rpartition("/")[2] == item
        choose(window.page, 0)
    assert set(kept("Closed Window")) == {*before, item}


def test_what_was_begun_in_the_browser_goes_on_in_the_terminal_and_back(
    page: Page, server: Serving, kept: Any
) -> None:
    company = "Both Ways"
    begin(page, company)
    choose(page, 1)
    item = page.url.rpartition("/")[2]

    screen = server.desk.terminal("assess", "--company", company, "--resume")
    shown = screen.page()
    while "Question" not in shown:
        shown = screen.type("")
    assert current(shown) == item
    screen.type("2", "3")
    screen.end(line="q")

    assert len(kept(company)) == 3
    page.goto("/")
    page.get_by_role("link", name=company).click()
    choose(page, 0)
    assert len(kept(company)) == 4


def test_what_was_begun_in_the_terminal_goes_on_in_the_browser(
    page: Page, server: Serving, kept: Any
) -> None:
    company = "From The Terminal"
    screen = server.desk.terminal("assess", "--company", company)
    shown = screen.page()
    while "Question" not in shown:
        shown = screen.type("")
    item = current(screen.type("1", "2"))
    screen.end(line="q")
    page.goto("/")
    page.get_by_role("link", name=company).click()
    assert page.url.rpartition("/")[2] == item
    choose(page, 0)
    assert len(kept(company)) == 3


def test_a_terminal_that_is_open_keeps_the_browser_waiting_but_loses_nothing(
    window: Window, server: Serving, kept: Any
) -> None:
    window.expected = (409,)
    page, company = window.page, "At The Terminal"
    begin(page, company)
    choose(page, 0)
    screen = server.desk.terminal("assess", "--company", company, "--resume")
    shown = screen.page()
    while "Question" not in shown:
        shown = screen.type("")
    text = choose(page, 1)
    expect(page.get_by_role("alert")).to_contain_text("Not kept yet")
    expect(
        page.locator(".choices label").filter(has_text=text).get_by_role("radio")
    ).to_be_checked()
    assert len(kept(company)) == 1
    screen.end(line="q")
    with page.expect_navigation():
        page.get_by_role("button", name="Next").click()
    assert len(kept(company)) == 2


def test_two_tabs_that_answer_different_questions_lose_nothing(window: Window, kept: Any) -> None:
    first, second = window.page, window.tab()
    begin(first, "Two Tabs")
    place, _, one = first.url.rpartition("/")
    choose(first, 0)
    two = first.url.rpartition("/")[2]
    choose(first, 0)
    three = first.url.rpartition("/")[2]

    second.goto(f"{place}/{one}")
    first.goto(f"{place}/{three}")
    texts = {one: choose(second, 1), three: choose(first, 1)}
    answers = kept("Two Tabs")
    assert set(answers) == {one, two, three}
    first.goto(f"{place}/overview")
    for text in texts.values():
        expect(first.get_by_text(text, exact=True)).to_be_visible()


def test_of_two_tabs_at_one_question_the_last_answer_counts(window: Window, kept: Any) -> None:
    first, second = window.page, window.tab()
    begin(first, "Same Question")
    item = first.url.rpartition("/")[2]
    second.goto(first.url)
    choose(first, 0)
    onward = first.url
    text = choose(second, 1)
    assert second.url == onward, "both tabs go on to the same question"
    assert set(kept("Same Question")) == {item}
    first.goto(f"{onward.rpartition('/')[0]}/{item}")
    chosen = first.locator(".choices label").filter(has=first.locator(":checked"))
    expect(chosen.locator(".text")).to_have_text(text)


def test_the_back_button_shows_the_answer_given_and_takes_another(page: Page, kept: Any) -> None:
    begin(page, "Back Button")
    items, texts = [], []
    for place in (0, 1, 2):
        items.append(page.url.rpartition("/")[2])
        texts.append(choose(page, place))
    page.go_back()
    page.go_back()
    assert page.url.rpartition("/")[2] == items[1]
    chosen = page.locator(".choices label").filter(has=page.locator(":checked"))
    expect(chosen.locator(".text")).to_have_text(texts[1])
    before = kept("Back Button")
    choose(page, 0)
    after = kept("Back Button")
    assert set(after) == set(items)
    assert {item for item in items if after[item] != before[item]} == {items[1]}


def test_the_button_back_goes_to_the_question_before(page: Page) -> None:
    begin(page, "Button Back")
    first = page.url
    choose(page, 0)
    page.get_by_role("button", name="Back").click()
    expect(page).to_have_url(first)


def test_skipped_questions_come_again_and_may_stay_open(page: Page, kept: Any) -> None:
    begin(page, "Skipping")
    item = page.url.rpartition("/")[2]
    page.get_by_role("button", name="Skip").click()
    choose(page, 0)
    page.get_by_role("link", name="Overview").click()
    expect(page.locator("li.skipped")).to_have_count(1)
    page.get_by_role("button", name="Finish with what is answered").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/results/" in page.url
    assert kept("Skipping").get(item) is None


def test_quick_asks_less_and_ends_with_a_result(
    page: Page, visitor: Visitor, example_answers: dict[str, str]
) -> None:
    begin(page, "Quick", quick=True)
    place, _, item = page.url.partition("/questionnaire/")[2].rpartition("/")
    asked = 0
    while item in example_answers:
        option = {"option": example_answers[item]}
        shown = visitor.post(f"/questionnaire/{place}/{item}", option)
        item = shown.url.path.rpartition("/")[2]
        asked += 1
    assert 10 < asked < len(example_answers)
    page.goto(shown.url.path)
    assert "/results/" in page.url
    expect(page.get_by_text("Quick").first).to_be_visible()


def test_going_on_without_a_choice_asks_for_one(window: Window) -> None:
    window.expected = (422,)
    begin(window.page, "No Choice")
    window.page.get_by_role("button", name="Next").click()
    expect(window.page.get_by_role("alert")).to_contain_text("Choose one of the answers")
