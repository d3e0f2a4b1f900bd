"""The questionnaire in a browser: nothing is lost or misplaced, whatever is sent, and when."""

import re

import pytest
from starlette.applications import Starlette

from persona.questionnaire import session as sessions
from tests.disk import full_disk
from tests.unit.web.browser import Browser, kept_session, shown_result


def test_all_answers_lead_to_the_result_that_the_same_answers_give_elsewhere(
    browser: Browser,
) -> None:
    browser.begin("Norrland Valves", "Head of sales")
    browser.answer_all("b")
    result = shown_result(browser)
    assert result.row.given == dict.fromkeys(
        [item.id for item in browser.desk.questionnaire.items], "b"
    )
    assert (result.company, result.respondent and result.respondent.role) == (
        "Norrland Valves",
        "Head of sales",
    )
    assert browser.page.status_code == 200
    assert "Norrland Valves" in browser.text


def test_every_answer_is_kept_at_once(browser: Browser) -> None:
    browser.begin()
    browser.answer("c")
    browser.answer("unsure")
    assert kept_session(browser).answers == {"P01": "c", "P02": None}


def test_the_page_shows_the_options_in_the_order_drawn_for_this_person(browser: Browser) -> None:
    browser.begin()
    order = kept_session(browser).option_order["P01"]
    item = browser.desk.questionnaire.by_id["P01"]
    texts = [option.text for id_ in order if (option := item.option(id_))]
    places = [browser.text.index(text) for text in texts]
    assert places == sorted(places)


def test_no_page_hints_at_what_an_option_stands_for(browser: Browser) -> None:
    browser.begin()
    shown = browser.page.text.lower()
    for word in ("sales-driven", "sales_driven", "passive", "dynamic", "horizon", "level"):
        assert word not in shown


def test_back_and_skip_do_as_in_the_terminal(browser: Browser) -> None:
    place = browser.begin()
    browser.answer("a")
    browser.send(browser.path, do="skip")
    assert browser.path == f"{place}/P03"
    browser.send(browser.path, do="back")
    assert browser.path == f"{place}/P02"
    assert kept_session(browser).skipped == ("P02",)
    assert kept_session(browser).answers == {"P01": "a"}


def test_going_back_several_times_shows_answers_again_one_by_one(browser: Browser) -> None:
    place = browser.begin()
    for _ in range(3):
        browser.answer("a")
    browser.send(browser.path, do="back")
    browser.send(browser.path, do="back")
    assert browser.path == f"{place}/P02"
    browser.answer("b")
    assert browser.path == f"{place}/P03"


def test_an_answer_from_the_browsers_back_button_goes_to_the_question_that_was_read(
    browser: Browser,
) -> None:
    place = browser.begin()
    for option in "abc":
        browser.answer(option)
    browser.look(f"{place}/P01").answer("d")
    assert kept_session(browser).answers == {"P01": "d", "P02": "b", "P03": "c"}
    assert browser.path == f"{place}/P04"


def test_two_tabs_answer_the_same_questionnaire_without_losing_anything(app: Starlette) -> None:
    one, other = Browser(app), Browser(app)
    place = one.begin()
    other.look(f"{place}/P01")
    one.answer("a").answer("a")
    other.answer("b")
    assert kept_session(one).answers == {"P01": "b", "P02": "a"}
    assert other.path == f"{place}/P03"


def test_a_question_far_ahead_can_be_answered_first(browser: Browser) -> None:
    place = browser.begin()
    browser.look(f"{place}/E05").answer("b")
    assert kept_session(browser).answers == {"E05": "b"}
    assert browser.path == f"{place}/P01"


def test_nothing_chosen_says_so_and_keeps_nothing(browser: Browser) -> None:
    place = browser.begin()
    browser.send(f"{place}/P01", do="next")
    assert browser.page.status_code == 422
    assert "Choose one of the answers" in browser.text
    assert kept_session(browser).answers == {}


@pytest.mark.parametrize("option", ["z", "A", "aa", "a" * 5000, "<script>", "\u202e"])
def test_what_is_no_option_is_not_kept(browser: Browser, option: str) -> None:
    place = browser.begin()
    browser.send(f"{place}/P01", option=option)
    assert browser.page.status_code == 422
    assert kept_session(browser).answers == {}


def test_a_questionnaire_begun_in_the_terminal_goes_on_here(browser: Browser) -> None:
    desk = browser.desk
    begun = sessions.start(desk.questionnaire, "Norrland Valves", seed=3)
    begun = sessions.answer(sessions.show(begun, "P01"), "b")
    desk.store.save(begun)
    browser.look("/")
    assert "Norrland Valves" in browser.text
    assert "1 answer" in browser.text
    browser.look(f"/questionnaire/{desk.store.key_of(begun)}")
    assert browser.path.endswith("/P02")


def test_one_finished_in_the_terminal_is_listed_and_shows_its_result(browser: Browser) -> None:
    desk = browser.desk
    begun = sessions.start(desk.questionnaire, "Norrland Valves", seed=3)
    finished = sessions.finish(sessions.answer(sessions.show(begun, "P01"), "b"))
    desk.store.save(finished)
    browser.look("/")
    assert "Without a result" in browser.text
    key = desk.store.key_of(finished)
    browser.look(f"/questionnaire/{key}")
    assert browser.path.endswith("/overview")
    browser.send(f"/questionnaire/{key}/finish")
    assert shown_result(browser).row.given == {"P01": "b"}
    assert "Without a result" not in browser.look("/").text


def test_a_look_at_a_finished_questionnaire_makes_no_result(browser: Browser) -> None:
    desk = browser.desk
    begun = sessions.start(desk.questionnaire, "Norrland Valves", seed=3)
    desk.store.save(sessions.finish(sessions.answer(sessions.show(begun, "P01"), "b")))
    key = desk.store.key_of(begun)
    for page in ("", "/overview", "/P01", "/P02"):
        assert browser.look(f"/questionnaire/{key}{page}").page.status_code == 200
    assert desk.results.entries() == []


def test_while_a_terminal_holds_it_an_answer_is_not_lost_from_the_page(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persona.web.seats._PATIENCE", 0.05)
    place = browser.begin()
    with browser.desk.store.hold("Norrland Valves"):
        browser.answer("c")
        assert browser.page.status_code == 409
        assert "answered in a terminal" in browser.text
        chosen = browser.page.text.index("checked")
        assert 'value="c"' in browser.page.text[chosen - 80 : chosen]
        for path in ("finish", "reopen", "aside"):
            assert browser.send(f"{place}/{path}").page.status_code == 409
    browser.send(f"{place}/P01", option="c")
    assert kept_session(browser).answers == {"P01": "c"}


def test_two_people_of_one_company_answer_side_by_side(app: Starlette) -> None:
    one, other = Browser(app), Browser(app)
    one.begin("Norrland Valves", "Head of sales")
    other.begin("Norrland Valves", "Head of marketing")
    one.answer("a")
    other.answer("b")
    assert kept_session(one, role="Head of sales").answers == {"P01": "a"}
    assert kept_session(one, role="Head of marketing").answers == {"P01": "b"}


def test_beginning_again_asks_first_and_puts_the_old_answers_aside(browser: Browser) -> None:
    browser.begin()
    browser.answer("a").answer("b")
    browser.send("/questionnaire", company="Norrland Valves", mode="full")
    assert "2 answers of Norrland Valves are kept" in browser.text
    assert kept_session(browser).answers == {"P01": "a", "P02": "b"}
    browser.send("/questionnaire", company="Norrland Valves", mode="full", do="again")
    assert browser.path.endswith("/P01")
    assert kept_session(browser).answers == {}
    folder = browser.desk.store.folder
    assert [path.suffix for path in folder.iterdir()].count(".old") == 1


def test_skipped_questions_are_offered_at_the_end_and_may_be_left(browser: Browser) -> None:
    place = browser.begin(mode="quick")
    browser.send(browser.path, do="skip")
    skipped = kept_session(browser).skipped[0]
    while not browser.path.endswith("/overview"):
        browser.answer("a")
    assert "You skipped question 1" in browser.text
    assert browser.desk.results.entries() == []
    browser.send(f"{place}/finish")
    assert skipped not in shown_result(browser).row.given


def test_a_quick_questionnaire_asks_less_and_says_when_enough_is_known(browser: Browser) -> None:
    browser.begin(mode="quick")
    told = ""
    asked = 0
    while "/questionnaire/" in browser.path:
        if "Enough is known" in browser.text:
            told = browser.text
        browser.answer("a")
        asked += 1
    assert "finish now" in told
    assert asked < len(browser.desk.questionnaire.items) - 2


def test_finishing_early_gives_a_result_that_says_too_little_is_known(browser: Browser) -> None:
    place = browser.begin()
    browser.answer("a")
    browser.send(f"{place}/finish")
    assert shown_result(browser).reason == "thin"


def test_nothing_answered_is_not_finished(browser: Browser) -> None:
    place = browser.begin()
    browser.send(f"{place}/finish")
    assert browser.path == f"{place}/P01"
    assert not kept_session(browser).complete


def test_answers_put_aside_leave_the_list_and_keep_their_file(browser: Browser) -> None:
    place = browser.begin()
    browser.answer("a")
    assert "leave the list" in browser.look(f"{place}/aside").text
    browser.send(f"{place}/aside")
    assert browser.path == "/"
    assert "Norrland Valves" not in browser.text
    assert list(browser.desk.store.folder.glob("*.old"))


@pytest.mark.parametrize(
    "path",
    ["none-0000000000", "none-0000000000/P01", "..%2f..%2fetc", "A", "%00", "a" * 300],
)
def test_what_is_no_questionnaire_is_not_found(browser: Browser, path: str) -> None:
    assert browser.look(f"/questionnaire/{path}").page.status_code == 404


def test_what_is_no_question_is_not_found(browser: Browser) -> None:
    place = browser.begin()
    assert browser.look(f"{place}/P99").page.status_code == 404
    assert browser.send(f"{place}/P99", option="a").page.status_code == 404


def test_a_role_that_is_too_long_is_refused_in_one_line_with_all_that_was_typed(
    browser: Browser,
) -> None:
    browser.send("/questionnaire", company="Norrland Valves", role="r" * 81)
    assert browser.page.status_code == 422
    assert "at most 80" in browser.text
    assert 'value="Norrland Valves"' in browser.page.text


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def test_a_hostile_company_name_is_inert_on_every_page(browser: Browser) -> None:
    place = browser.begin(HOSTILE, HOSTILE[:70])
    pages = [browser.page, browser.answer("a").page]
    pages += [browser.look(path).page for path in ("/", f"{place}/overview", f"{place}/aside")]
    pages.append(browser.send("/questionnaire", company=HOSTILE, role=HOSTILE[:70]).page)
    pages.append(browser.send(f"{place}/finish").page)
    result = browser.path
    pages += [browser.look(f"{result}{rest}").page for rest in ("/progress", "/remove", "/report")]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


def test_a_damaged_file_is_told_in_one_line_and_left_as_it_is(browser: Browser) -> None:
    place = browser.begin()
    path = browser.desk.store.path_for("Norrland Valves")
    path.write_text("{")
    browser.look(f"{place}/P01")
    assert browser.page.status_code == 400
    assert "damaged" in browser.text
    assert path.read_text() == "{"


def test_a_damaged_file_is_put_aside_when_its_questionnaire_is_begun_anew(
    browser: Browser,
) -> None:
    browser.begin()
    path = browser.desk.store.path_for("Norrland Valves")
    path.write_text("{")
    browser.send("/questionnaire", company="Norrland Valves")
    assert "is damaged and cannot be gone on with" in browser.text
    browser.send("/questionnaire", company="Norrland Valves", do="again")
    assert browser.path.endswith("/P01")
    assert [each.read_text() for each in path.parent.glob("*.old")] == ["{"]


def test_an_answer_that_finds_no_room_is_still_chosen_and_said_not_to_be_kept(
    browser: Browser,
) -> None:
    place = browser.begin()
    browser.answer("a")
    with full_disk(100):
        browser.answer("c")
    assert browser.page.status_code == 507
    assert "Not kept yet: sessions/" in browser.text
    assert re.search(r'value="c" checked', browser.page.text)
    assert str(browser.desk.store.folder) not in browser.page.text
    assert browser.answer("c").path == f"{place}/P03"
