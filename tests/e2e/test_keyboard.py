"""The whole questionnaire with nothing but a keyboard, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from persona.questionnaire.items import Questionnaire
from persona.reports.result import decode_result
from tests.e2e.keys import enter, focused, tab_to
from tests.e2e.window import Window
from tests.integration.serving import Serving

Choose = Callable[[Page, int], None]


def by_number(page: Page, place: int) -> None:
    """Choose with the number key that stands beside an answer."""
    page.keyboard.press(str(place + 1))


def by_arrows(page: Page, place: int) -> None:
    """Choose with the keys that every browser knows."""
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(place):
        page.keyboard.press("ArrowDown")


@pytest.mark.parametrize(("script", "choose"), [(True, by_number), (False, by_arrows)])
def test_a_whole_questionnaire_is_answered_by_keyboard_alone(
    browser: Browser,
    server: Serving,
    questionnaire: Questionnaire,
    script: bool,
    choose: Choose,
) -> None:
    company = f"Keyboard {'with' if script else 'without'} script"
    with Window(browser, server, java_script_enabled=script) as window:
        page = window.page
        tab_to(page, "Answer the questionnaire")
        enter(page)
        assert focused(page).startswith("Name of the company")
        page.keyboard.type(company)
        tab_to(page, "Begin")
        enter(page)

        chosen: dict[str, str] = {}
        for number in range(len(questionnaire.items)):
            item = page.url.rpartition("/")[2]
            assert item not in chosen
            texts = page.locator(".choices .text").all_inner_texts()
            question = page.get_by_role("heading", level=1).inner_text()
            assert focused(page) == question, "no answer looks picked out"
            place = number % (len(texts) - 1)
            choose(page, place)
            chosen[item] = texts[place]
            enter(page)

        assert "/results/" in page.url, page.url
        given = decode_result(saved(server, page), "the result").row.given
    assert {item: text_of(questionnaire, item, given[item]) for item in given} == chosen


def saved(server: Serving, page: Page) -> bytes:
    """Return the file of the result on a page."""
    name = page.url.rpartition("/")[2]
    return (server.desk.home / "results" / f"{name}.json").read_bytes()


def text_of(questionnaire: Questionnaire, item: str, option: str | None) -> str:
    """Return an answer as people read it."""
    found = questionnaire.by_id[item].option(option or "")
    assert found is not None
    return found.text
