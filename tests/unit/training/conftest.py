"""Sums are made in one thread, as in training itself: results can then be compared to the bit."""

from collections.abc import Iterator

import pytest

from persona.training.threads import one_thread


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    with one_thread():
        yield
