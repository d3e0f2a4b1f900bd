"""After a questionnaire is finished in a browser: second thoughts, and looking at it again."""

from concurrent.futures import ThreadPoolExecutor

from msgspec.structs import replace
from starlette.applications import Starlette

from tests.unit.web.browser import Browser, kept_session, shown_result


def test_a_second_thought_changes_the_result_in_its_place(browser: Browser) -> None:
    place = browser.finish("a")
    first = browser.path
    browser.look(f"{place}/P05").answer("d")
    assert browser.path == first
    result = shown_result(browser)
    assert result.row.given["P05"] == "d"
    assert [(each.item, each.before, each.after) for each in result.revisions] == [
        ("P05", "a", "d")
    ]
    assert len(browser.desk.results.entries()) == 1


def test_a_second_thought_keeps_what_was_recorded_of_the_plan(browser: Browser) -> None:
    place = browser.finish("a")
    step = shown_result(browser).plan.steps[0].id
    browser.send(f"{browser.path}/progress", play=step, value="23 %")
    browser.look(f"{place}/P05").answer("d")
    assert [each.value for each in shown_result(browser).progress] == ["23 %"]


def test_second_thoughts_in_several_windows_at_once_are_all_in_the_result(
    app: Starlette, browser: Browser
) -> None:
    place = browser.finish("a")
    result = browser.path
    items = ("P01", "P02", "P03", "P04", "P05", "P06")
    windows = [Browser(app) for _ in items]
    with ThreadPoolExecutor(len(items)) as pool:
        for window, item in zip(windows, items, strict=True):
            pool.submit(window.send, f"{place}/{item}", option="b")
    kept = browser.desk.results.load(result.rpartition("/")[2])
    assert kept.row.given == kept_session(browser).given
    assert {kept.row.given[item] for item in items} == {"b"}


def test_a_look_at_a_result_on_a_later_day_makes_no_other_one(browser: Browser) -> None:
    place = browser.finish("a")
    shelf = browser.desk.results
    today = shelf.load(browser.path.rpartition("/")[2])
    earlier = shelf.save(replace(today, assessed_on="2026-01-02"))
    shelf.remove(browser.path.rpartition("/")[2])
    assert browser.send(f"{place}/finish").path == f"/results/{earlier}"
    assert [each.id for each in shelf.entries()] == [earlier]
    browser.look(f"{place}/P05").answer("d")
    assert len(shelf.entries()) == 2


def test_a_result_is_shown_although_its_questionnaire_is_damaged(browser: Browser) -> None:
    browser.finish("a")
    browser.desk.store.path_for("Norrland Valves").write_text("{")
    browser.look(browser.path)
    assert browser.page.status_code == 200
    assert "Change answers" not in browser.text


def test_a_questionnaire_is_finished_although_its_earlier_result_is_damaged(
    browser: Browser,
) -> None:
    place = browser.finish("a")
    result = browser.path
    browser.desk.results.path(result.rpartition("/")[2]).write_text("{")
    assert browser.send(f"{place}/finish").path == result
    assert browser.page.status_code == 200


def test_a_finished_questionnaire_can_be_gone_on_with(browser: Browser) -> None:
    place = browser.begin()
    browser.answer("a")
    browser.send(f"{place}/finish").send(f"{place}/reopen")
    assert browser.path == f"{place}/P02"
    assert not kept_session(browser).complete
