"""Which of the questionnaires kept is meant, and what is said where that is not clear."""

from pathlib import Path

import pytest

from persona.cli.resuming import kept_for
from persona.errors import UsageError
from persona.questionnaire import session as sessions
from persona.questionnaire.session import Session
from persona.questionnaire.store import Store
from tests.conftest import complaint
from tests.strategies import QUESTIONNAIRE


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "sessions", QUESTIONNAIRE)


def keep(store: Store, company: str | None, role: str | None = None, done: bool = False) -> Session:
    session = sessions.start(QUESTIONNAIRE, company, seed=1, role=role)
    session = sessions.answer(sessions.show(session, "P01"), "a")
    session = sessions.finish(session) if done else session
    store.save(session)
    return session


def refused(store: Store, company: str | None, role: str | None, named: bool) -> str:
    with pytest.raises(UsageError) as caught:
        kept_for(store, company, role, named=named)
    return complaint(caught.value)


def test_the_only_one_is_meant(store: Store) -> None:
    only = keep(store, "Acme", "Head of sales", done=True)

    for company, role, named in (
        (None, None, False), ("Acme", None, True), ("Acme", "Head of sales", True),
        (None, "Head of sales", False),
    ):  # fmt: skip
        assert kept_for(store, company, role, named=named) == only


def test_half_finished_comes_before_finished(store: Store) -> None:
    keep(store, "Acme", "Chief executive", done=True)
    begun = keep(store, "Acme", "Head of sales")

    assert kept_for(store, "Acme", None, named=True) == begun


def test_a_role_chooses_among_several(store: Store) -> None:
    chief = keep(store, "Acme", "Chief executive")
    keep(store, "Acme", "Head of sales")

    assert kept_for(store, "Acme", "Chief executive", named=True) == chief
    assert kept_for(store, None, "Chief executive", named=False) == chief


def test_several_roles_of_one_company_are_listed(store: Store) -> None:
    keep(store, "Acme", "Chief executive")
    keep(store, "Acme", "Head of sales")

    line = refused(store, "Acme", None, named=True)

    assert line.startswith("several are half-finished; add --role with one of ")
    assert "'Chief executive'" in line
    assert "'Head of sales'" in line


def test_several_companies_are_listed_as_they_are_typed(store: Store) -> None:
    keep(store, "Acme", "Head of sales", done=True)
    keep(store, "Beta", done=True)

    line = refused(store, None, None, named=False)

    assert line.startswith("several are kept; add --company with one of ")
    assert "'Acme' --role 'Head of sales'" in line
    assert "'Beta'" in line


@pytest.mark.parametrize(
    ("company", "role", "named", "words"),
    [
        (None, None, False, "no questionnaire is kept; start without --resume"),
        ("Acme", None, True, "nothing is kept for 'Acme'; start without --resume"),
    ],
)
def test_an_empty_store_says_so(
    company: str | None, role: str | None, named: bool, words: str, store: Store
) -> None:
    assert refused(store, company, role, named) == words


def test_what_is_not_kept_is_answered_with_what_is(store: Store) -> None:
    keep(store, "Acme", "Chief executive")

    line = refused(store, "Acme", "Head of sales", named=True)

    assert line == (
        "nothing is kept for 'Acme' --role 'Head of sales'; start without --resume, or name one "
        "of 'Acme' --role 'Chief executive'"
    )
