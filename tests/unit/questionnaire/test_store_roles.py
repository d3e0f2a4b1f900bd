"""Several people of one company on one machine: nobody's answers overwrite another's."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import SessionError
from persona.questionnaire import session as sessions
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.session import Session
from persona.questionnaire.store import Store
from tests.strategies import QUESTIONNAIRE


@pytest.fixture
def store(tmp_path: Path, questionnaire: Questionnaire) -> Store:
    return Store(tmp_path / "sessions", questionnaire)


def session_of(company: str | None, role: str | None, option: str) -> Session:
    session = sessions.start(QUESTIONNAIRE, company, seed=1, role=role)
    return sessions.answer(sessions.show(session, "P01"), option)


def test_each_role_keeps_answers_of_its_own(store: Store) -> None:
    for role, option in ((None, "a"), ("Chief executive", "b"), ("Head of sales", "c")):
        store.save(session_of("Acme", role, option))

    for role, option in ((None, "a"), ("Chief executive", "b"), ("Head of sales", "c")):
        kept = store.load("Acme", role)
        assert kept is not None
        assert (kept.role, kept.answers) == (role, {"P01": option})
    assert len(store.kept()) == 3


def test_one_role_is_held_while_another_is_free(store: Store) -> None:
    with store.hold("Acme", "Chief executive"):
        with store.hold("Acme", "Head of sales"), store.hold("Acme"):
            pass
        with (
            pytest.raises(SessionError, match="Acme, Chief executive is being answered"),
            store.hold("Acme", "Chief executive"),
        ):
            pass


def test_setting_one_aside_leaves_the_others(store: Store) -> None:
    store.save(session_of("Acme", "Chief executive", "a"))
    store.save(session_of("Acme", "Head of sales", "b"))

    store.set_aside("Acme", "Chief executive")

    assert store.load("Acme", "Chief executive") is None
    assert store.load("Acme", "Head of sales") is not None


def test_a_file_from_before_there_were_roles_is_read(store: Store) -> None:
    store.save(session_of("Acme", None, "a"))
    path = store.path_for("Acme")
    document = json.loads(path.read_bytes())
    del document["role"]
    path.write_text(json.dumps(document))

    kept = store.load("Acme")

    assert kept == session_of("Acme", None, "a")
    assert path.name.startswith("acme-")


def test_no_role_and_an_empty_role_are_the_same(store: Store) -> None:
    assert store.path_for("Acme", "") == store.path_for("Acme", None) == store.path_for("Acme")


NAMES = st.text(max_size=200)


@given(NAMES, NAMES, NAMES, NAMES)
def test_other_companies_or_roles_have_other_short_plain_files(
    company: str, role: str, other: str, another: str
) -> None:
    store = Store(Path("sessions"), QUESTIONNAIRE)
    one, two = store.path_for(company, role), store.path_for(other, another)

    assert (one == two) is ((company, role) == (other, another))
    for path in (one, two):
        assert path.parent == Path("sessions")
        assert len(path.name) <= 64
        assert path.name.isascii()
        assert path.name.isprintable()
