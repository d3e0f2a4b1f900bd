"""What the tests of the browser application share."""

from pathlib import Path

import pytest
from starlette.applications import Starlette

from tests.unit.web.browser import Browser, application


@pytest.fixture
def app(tmp_path: Path) -> Starlette:
    return application(tmp_path)


@pytest.fixture
def browser(app: Starlette) -> Browser:
    return Browser(app)
