"""Workers that Ray starts: on a cluster, or here for one run."""

import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from persona.errors import EngineError
from persona.prospects.engine.interrupting import held_back
from persona.prospects.engine.same_program import check_programs, this_program
from persona.prospects.engine.sharing import Workers

PATIENCE: Final = 10.0
"""Seconds within which a cluster must answer."""

_NAME: Final = "persona-ray"
_QUIET: Final = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


@contextmanager
def on_ray(workers: int | None, address: str | None) -> Iterator[Workers]:
    """Yield ``workers`` workers of the cluster at ``address``, or of one started here.

    All cores that there are, where ``workers`` is left out. Raises EngineError when Ray is not
    installed, nobody answers at the address, or workers run another version of this program.
    """
    os.environ |= {name: value for name, value in _QUIET.items() if name not in os.environ}
    try:
        import ray
        from ray.exceptions import NodeDiedError, OutOfMemoryError, WorkerCrashedError
    except ImportError:
        raise EngineError("Ray is not installed: pip install 'persona[ray]'") from None
    if address:
        _knock(address)
    try:
        with held_back():
            ray.init(
                address=address or "local",
                num_cpus=None if address else workers,
                include_dashboard=None if address else False,
                logging_level=logging.CRITICAL,
                log_to_driver=False,
            )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise _no_answer(address, error) from None
    try:
        _silence()
        if address:
            check_programs({address: ray.get(ray.remote(this_program).remote())})
        count = workers or int(ray.cluster_resources().get("CPU", 1))
        lost = (WorkerCrashedError, OutOfMemoryError, NodeDiedError)
        yield Workers(count, {"backend": _backend()}, lost, moves=True)
    finally:
        ray.shutdown()


def _silence() -> None:
    """Keep to ourselves what Ray prints of workers that were lost: no setting of its own does."""
    with suppress(ImportError, KeyError):
        from ray._private.ray_logging import global_worker_stdstream_dispatcher

        global_worker_stdstream_dispatcher.remove_handler("ray_print_logs")


def _backend() -> str:
    """Return the name of a backend of joblib that gives each lot to whichever worker is free.

    Ray's own deals them out in turn, so that lots wait for a busy worker beside idle ones.
    """
    import ray
    from joblib import register_parallel_backend
    from joblib.parallel import ParallelBackendBase
    from ray.exceptions import RayTaskError

    class Backend(ParallelBackendBase):  # type: ignore[misc]
        supports_retrieve_callback = True

        def __init__(self, **settings: Any) -> None:
            super().__init__(**settings)
            self._running: set[Any] = set()

        def effective_n_jobs(self, n_jobs: int) -> int:
            return n_jobs

        def submit(self, func: Callable[[], Any], callback: Callable[[Any], None]) -> Any:
            task = ray.remote(_call).options(num_cpus=1).remote(func)
            self._running.add(task)
            future = task.future()
            future.add_done_callback(lambda _: self._running.discard(task))
            future.add_done_callback(callback)
            return future

        def retrieve_result_callback(self, out: Any) -> Any:
            try:
                return out.result()
            except RayTaskError as error:
                raise error.cause from None

        def abort_everything(self, ensure_ready: bool = True) -> None:
            for task in tuple(self._running):
                with suppress(ValueError):
                    ray.cancel(task, force=True)

    register_parallel_backend(_NAME, Backend)
    return _NAME


def _call(func: Callable[[], Any]) -> Any:
    return func()


def _knock(address: str) -> None:
    """Raise EngineError where nobody listens: Ray itself would try for a minute."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    try:
        socket.create_connection((host, int(port)), PATIENCE).close()
    except (OSError, ValueError) as error:
        raise _no_answer(address, error) from None


def _no_answer(address: str | None, error: Exception) -> EngineError:
    why = " ".join(str(error).split())[:200]
    if address is None:
        return EngineError(f"Ray could not be started here ({why})")
    return EngineError(
        f"no Ray cluster answers at {address} ({why}); start one with `ray start --head`, check "
        "the address, or set RAY_AUTH_MODE here as it is set there"
    )
