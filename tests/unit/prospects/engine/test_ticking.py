"""Calls made while something else goes on."""

import threading
import time

import pytest

from persona.prospects.engine import ticking as module
from persona.prospects.engine.ticking import ticking


def test_it_is_called_meanwhile_and_once_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY", 0.01)
    callers: list[threading.Thread] = []
    with ticking(lambda: callers.append(threading.current_thread())):
        time.sleep(0.1)
        meanwhile = len(callers)
    assert meanwhile >= 3
    assert callers[-1] is threading.main_thread()
    assert not [each for each in threading.enumerate() if each.name == "ticking"]


def test_what_it_raises_is_raised_once_the_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY", 0.01)
    calls = []

    def broken() -> None:
        calls.append(1)
        raise LookupError("the journal is gone")

    with pytest.raises(LookupError, match="journal"), ticking(broken):
        time.sleep(0.1)
    assert len(calls) == 1


def test_what_it_raises_explains_an_error_in_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY", 0.01)

    def broken() -> None:
        raise LookupError("the folder is gone")

    def fail_a_little_later() -> None:
        time.sleep(0.1)
        raise TimeoutError

    with pytest.raises(LookupError, match="folder"), ticking(broken):
        fail_a_little_later()
    with pytest.raises(TimeoutError), ticking(lambda: None):
        fail_a_little_later()


def test_an_interruption_is_passed_on_without_another_call() -> None:
    calls: list[int] = []
    with pytest.raises(KeyboardInterrupt), ticking(lambda: calls.append(1)):
        raise KeyboardInterrupt
    assert not calls
