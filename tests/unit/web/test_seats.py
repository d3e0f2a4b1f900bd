"""Many requests at once change one questionnaire one after another."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from persona.model.artefact import Model
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.ordering import next_item
from persona.questionnaire.store import Store
from persona.web import moves
from persona.web.seats import InUse, Seats


@pytest.fixture
def seats(tmp_path: Path, questionnaire: Questionnaire, model: Model) -> Seats:
    choose = partial(next_item, questionnaire=questionnaire, model=model)
    return Seats(Store(tmp_path, questionnaire), questionnaire, choose)


@pytest.mark.parametrize("system_has_file_locks", [True, False])
def test_answers_sent_at_the_same_moment_are_all_kept(
    seats: Seats, monkeypatch: pytest.MonkeyPatch, system_has_file_locks: bool
) -> None:
    if not system_has_file_locks:
        monkeypatch.setattr("persona.questionnaire.store._taken", lambda *_: True)
    key = seats.begin("Norrland Valves", None, quick=False)
    items = [item.id for item in seats.questionnaire.items]

    def answer(item: str) -> None:
        assert seats.change(key, lambda session: moves.answered(session, item, "a"))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(answer, items))
    session = seats.find(key)
    assert session is not None
    assert session.answers == dict.fromkeys(items, "a")
    assert session.complete


def test_two_programs_do_not_overwrite_each_other(seats: Seats) -> None:
    other = Seats(seats.store, seats.questionnaire, seats.choose)
    key = seats.begin("Norrland Valves", None, quick=False)
    items = [item.id for item in seats.questionnaire.items[:20]]

    def answer(place: int) -> None:
        who, item = (seats, other)[place % 2], items[place]
        assert who.change(key, lambda session: moves.answered(session, item, "a"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(answer, range(20)))
    session = seats.find(key)
    assert session is not None
    assert set(session.answers) == set(items)


def test_a_questionnaire_that_a_terminal_keeps_is_in_use(
    seats: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("persona.web.seats._PATIENCE", 0.03)
    key = seats.begin("Norrland Valves", "Head of sales", quick=False)
    with (
        seats.store.hold("Norrland Valves", "Head of sales"),
        pytest.raises(InUse, match="answered in a terminal"),
    ):
        seats.change(key, lambda session: session)
    assert seats.change(key, lambda session: session) is not None


def test_a_move_that_fails_leaves_the_questionnaire_as_it_was_and_free(seats: Seats) -> None:
    key = seats.begin("Norrland Valves", None, quick=False)
    before = seats.find(key)

    def broken(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        seats.change(key, broken)  # type: ignore[arg-type]
    assert seats.find(key) == before
    assert seats.change(key, lambda session: session) == before


def test_one_that_is_gone_is_not_made_again(seats: Seats) -> None:
    key = seats.begin("Norrland Valves", None, quick=False)
    seats.set_aside(key)
    assert seats.change(key, lambda session: session) is None
    assert seats.find(key) is None
    assert seats.change("nothing-at-all", lambda session: session) is None


def test_company_and_role_are_cleaned_as_in_the_terminal(seats: Seats) -> None:
    key = seats.begin("  Norrland\u202e \x00Valves ", " Head  of\nsales ", quick=False)
    session = seats.find(key)
    assert session is not None
    assert (session.company, session.role) == ("Norrland Valves", "Head of sales")
