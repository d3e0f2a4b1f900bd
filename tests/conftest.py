"""What all tests share: the shipped questionnaire, model and playbook, and how to generate."""

import json
import signal
import time
from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from persona.advice.playbook import Playbook, load_playbook
from persona.errors import PersonaError
from persona.home import HOME_VARIABLE
from persona.model.artefact import Model, load_model
from persona.pipe import assess
from persona.questionnaire.items import Questionnaire, load_questionnaire
from persona.reports.result import Result
from tests.processes import end_children

settings.register_profile(
    "persona", deadline=None, derandomize=True, max_examples=60, database=None
)
settings.load_profile("persona")

# A shell that starts the tests in the background has Ctrl-C ignored, and every child of theirs
# would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

EXAMPLE = Path(__file__).parent.parent / "data" / "examples" / "valve-distributor.json"


def complaint(error: PersonaError, *words: object) -> str:
    """Return an error's message, having checked that it is one line with all ``words`` in it."""
    message = str(error)
    assert len(message.splitlines()) == 1, message
    for word in words:
        assert str(word) in message, message
    return message


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    """End the processes that a test began and left behind as it failed or took too long."""
    began = time.clock_gettime(time.CLOCK_BOOTTIME)
    try:
        yield
    except BaseException:
        end_children(began)
        raise


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the tests a home of their own, so that no model that someone chose here is in use.

    Nor does the width of whoever's terminal count.
    """
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(folder))
        patch.delenv("COLUMNS", raising=False)
        patch.delenv("LINES", raising=False)
        yield folder


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    return load_questionnaire()


@pytest.fixture(scope="session")
def model() -> Model:
    return load_model().model


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load_playbook()


@pytest.fixture(scope="session")
def example_answers() -> dict[str, str]:
    answers: dict[str, str] = json.loads(EXAMPLE.read_text())
    return answers


@pytest.fixture(scope="session")
def example(example_answers: dict[str, str]) -> Result:
    return assess(example_answers, company="Norrland Valves", on=date(2026, 11, 21))
