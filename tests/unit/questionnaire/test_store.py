"""The store: one file a company, never lost, never another's."""

import os
import signal
import subprocess
import sys
import threading
import time
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.errors import OutputError, SessionError
from persona.home import HOME_VARIABLE
from persona.questionnaire import session as sessions
from persona.questionnaire.items import Questionnaire
from persona.questionnaire.session import Session
from persona.questionnaire.store import Store, sessions_folder
from tests.strategies import QUESTIONNAIRE

NAMES = (
    None,
    "Acme",
    "ACME!",
    "acme",
    "acme ",
    "A",
    "a" * 300,
    "a" * 301,
    "../../x",
    "/etc/passwd",
    "a/b",
    "a\\b",
    ".",
    "..",
    "🏭",
    "🏗",
    "Ünïversal",
    "Universal",
    "a\x00b",
    "\x1b[31mred",
    "line\nline",
    "con",
    "unnamed",
    "-",
)


@pytest.fixture
def store(tmp_path: Path, questionnaire: Questionnaire) -> Store:
    return Store(tmp_path / "sessions", questionnaire)


def session_of(company: str | None, option: str = "a") -> Session:
    session = sessions.start(QUESTIONNAIRE, company, seed=1)
    return sessions.answer(sessions.show(session, "P01"), option)


def test_what_is_saved_is_loaded_again(store: Store) -> None:
    assert store.load("Acme") is None

    store.save(session_of("Acme"))

    assert store.load("Acme") == session_of("Acme")


def test_similar_names_do_not_collide_and_stay_in_the_folder(store: Store) -> None:
    for number, name in enumerate(NAMES):
        store.save(session_of(name, "abcd"[number % 4]))

    for number, name in enumerate(NAMES):
        loaded = store.load(name)
        assert loaded is not None
        assert (loaded.company, loaded.answers) == (name, {"P01": "abcd"[number % 4]})
    assert len(list(store.folder.iterdir())) == len(NAMES)
    assert [path.name for path in store.folder.parent.iterdir()] == ["sessions"]


def test_no_name_and_an_empty_name_are_the_same_company(store: Store) -> None:
    assert store.path_for("") == store.path_for(None)


def test_file_names_are_plain_short_and_readable(store: Store) -> None:
    paths = [store.path_for(name) for name in NAMES]

    assert all(path.parent == store.folder for path in paths)
    assert all(len(path.name) <= 64 for path in paths)
    assert all(path.name.isascii() and path.name.isprintable() for path in paths)
    assert store.path_for("Norrland Valves").name.startswith("norrland-valves-")


@given(st.lists(st.text(), min_size=2, max_size=4, unique=True))
def test_different_names_have_different_files(names: list[str]) -> None:
    store = Store(Path("sessions"), QUESTIONNAIRE)

    for one, other in combinations(names, 2):
        assert store.path_for(one) != store.path_for(other)
    assert all(store.path_for(name).resolve().parent.name == "sessions" for name in names)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"null",
        b"{}",
        b'{"schema": "persona-session/1", "company": null, "option_order": {}}',
        b"[" * 100_000,
    ],
    ids=["empty", "cut", "binary", "null", "no fields", "other questions", "deep"],
)
def test_a_damaged_file_is_refused_and_left_as_it_is(store: Store, content: bytes) -> None:
    path = store.path_for("Acme")
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(SessionError, match=r"damaged.*left as it is"):
        store.load("Acme")

    assert path.read_bytes() == content


def test_every_cut_of_a_file_is_noticed(store: Store) -> None:
    store.save(session_of("Acme"))
    path = store.path_for("Acme")
    whole = path.read_bytes()

    for length in range(0, len(whole.rstrip()), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(SessionError):
            store.load("Acme")


def test_a_folder_in_place_of_a_file_is_refused(store: Store) -> None:
    store.path_for("Acme").mkdir(parents=True)

    with pytest.raises(SessionError, match="folder"):
        store.load("Acme")


def test_what_is_kept_is_listed_the_last_changed_first(store: Store) -> None:
    assert store.kept() == []
    for age, name in enumerate(("new", "middle", "old")):
        store.save(session_of(name))
        os.utime(store.path_for(name), (1000 - age, 1000 - age))
    store.save(sessions.finish(session_of("done")))
    os.utime(store.path_for("done"), (1, 1))
    (store.folder / "damaged-0000000000.json").write_text("{")
    (store.folder / "notes.txt").write_text("mine")

    assert [each.company for each in store.kept()] == ["new", "middle", "old", "done"]


def test_setting_aside_keeps_every_old_file(store: Store) -> None:
    assert store.set_aside("Acme") is None
    asides = []
    for option in "abc":
        store.save(session_of("Acme", option))
        before = store.path_for("Acme").read_bytes()
        aside = store.set_aside("Acme")
        assert aside is not None
        assert aside.read_bytes() == before
        assert store.load("Acme") is None
        asides.append(aside)

    assert len(set(asides)) == 3
    assert all(aside.exists() for aside in asides)
    assert store.kept() == []


def test_saving_leaves_no_temporary_file_and_replaces_the_old_state(store: Store) -> None:
    store.save(session_of("Acme", "a"))
    store.save(session_of("Acme", "b"))

    assert [path.name for path in store.folder.iterdir()] == [store.path_for("Acme").name]
    loaded = store.load("Acme")
    assert loaded is not None
    assert loaded.answers == {"P01": "b"}


def test_a_place_that_cannot_hold_a_folder_is_named(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    (tmp_path / "file").write_text("mine")
    store = Store(tmp_path / "file" / "sessions", questionnaire)

    with pytest.raises(OutputError, match=f"file/sessions: cannot be made.*{HOME_VARIABLE}"):
        store.save(session_of("Acme"))
    with (
        pytest.raises(OutputError, match=f"file/sessions: cannot be written.*{HOME_VARIABLE}"),
        store.hold("Acme"),
    ):
        pass
    assert store.load("Acme") is None
    assert store.kept() == []
    assert (tmp_path / "file").read_text() == "mine"


def test_a_company_is_held_by_one_at_a_time(store: Store) -> None:
    with store.hold("Acme"):
        with pytest.raises(SessionError, match="Acme is being answered in another window"):
            hold_for_a_moment(store, "Acme")
        hold_for_a_moment(store, "ACME!")
    hold_for_a_moment(store, "Acme")


def hold_for_a_moment(store: Store, company: str) -> None:
    with store.hold(company):
        pass


def test_whoever_waits_a_little_gets_a_company_that_is_soon_free(store: Store) -> None:
    held, order = threading.Event(), []

    def hold() -> None:
        with store.hold("Acme"):
            held.set()
            time.sleep(0.05)
            order.append("first")

    first = threading.Thread(target=hold)
    first.start()
    held.wait(5)
    with store.hold("Acme", wait=5):
        order.append("second")
    first.join()
    assert order == ["first", "second"]


def test_a_key_finds_the_session_again_and_reaches_nothing_else(
    store: Store, questionnaire: Questionnaire
) -> None:
    session = sessions.start(questionnaire, "Acme", seed=1, role="Head of sales")
    store.save(session)
    key = store.key_of(session)
    assert store.at(key) == session
    (store.folder / f"{key}.json").rename(store.folder / "another.json")
    for other in (key, "another", "", "..", f"../{store.folder.name}/another", "A", "a" * 500):
        assert store.at(other) is None


HOLDER = """
import sys
import threading
import time
from pathlib import Path
from persona.questionnaire.items import load_questionnaire
from persona.questionnaire.store import Store
with Store(Path(sys.argv[1]), load_questionnaire()).hold("Acme"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_company_is_free_again_when_its_holder_was_killed(store: Store) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(store.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            with pytest.raises(SessionError, match="another window"):
                hold_for_a_moment(store, "Acme")
        finally:
            holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=10)
        hold_for_a_moment(store, "Acme")


def test_the_folder_follows_the_settings_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(HOME_VARIABLE, "/own")
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    monkeypatch.setenv("HOME", "/somebody")
    assert sessions_folder() == Path("/own/sessions")

    monkeypatch.delenv(HOME_VARIABLE)
    assert sessions_folder() == Path("/state/persona/sessions")

    monkeypatch.setenv("XDG_STATE_HOME", "")
    assert sessions_folder() == Path("/somebody/.local/state/persona/sessions")


def test_the_folder_on_windows_is_that_of_local_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    monkeypatch.setenv("LOCALAPPDATA", "/local")

    assert sessions_folder() == Path("/local/persona/sessions")
