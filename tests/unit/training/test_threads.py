"""One thread: for a block and as a decorator, and as it was afterwards."""

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from persona.training.threads import one_thread


def threads() -> set[int]:
    np.ones((2, 2)) @ np.ones((2, 2))
    return {int(library["num_threads"]) for library in threadpool_info()}


@one_thread()
def inside() -> set[int]:
    return threads()


def test_numerical_libraries_are_kept_to_one_thread_and_let_go_again() -> None:
    with threadpool_limits(2):
        before = threads()
        assert before != {1}
        assert inside() == inside() == {1}
        with one_thread():
            assert threads() == {1}
        assert threads() == before
