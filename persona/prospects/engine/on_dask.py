"""Workers that a Dask scheduler gives work to: on a cluster, or started here for one run."""

import gc
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from persona.errors import EngineError
from persona.prospects.engine.interrupting import held_back
from persona.prospects.engine.same_program import check_programs, this_program
from persona.prospects.engine.sharing import Workers

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

PATIENCE: Final = 10
"""Seconds within which a scheduler must answer."""

STARTING: Final = 60
"""Seconds within which a worker must have started here."""

_LOOK_EVERY: Final = 1.0
_MISSED_FOR: Final = 10.0
"""Seconds after which a worker that is not there is given up."""

_NAME: Final = "persona-dask"
_LOGS: Final = ("distributed", "tornado", "asyncio")


@contextmanager
def on_dask(workers: int, scheduler: str | None) -> Iterator[Workers]:
    """Yield the workers of the cluster at ``scheduler``, or of one with ``workers`` processes here.

    Raises EngineError when Dask is not installed, nobody answers at the address, there are no
    workers, or they run another version of this program, or when the scheduler goes away.
    """
    try:
        from distributed import KilledWorker
    except ImportError:
        raise EngineError("Dask is not installed: pip install 'persona[dask]'") from None
    with _quietly(), ExitStack() as closing:
        with held_back():
            client = closing.enter_context(
                _client(scheduler) if scheduler else _local_client(workers)
            )
        if scheduler:
            _check(client, scheduler)
            workers = len(client.scheduler_info(n_workers=-1)["workers"])
        try:
            yield Workers(
                workers, {"backend": _backend(), "client": client}, (KilledWorker,), moves=True
            )
        except CancelledError:
            raise EngineError(
                f"the Dask scheduler at {client.scheduler.address} is gone; what is done is kept: "
                "go on with --resume"
            ) from None


@contextmanager
def _client(scheduler: str) -> Iterator["Client"]:
    from distributed import Client

    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise EngineError(
            f"no Dask scheduler answers at {scheduler} ({type(error).__name__}); start one with "
            "`dask scheduler`, or check the address"
        ) from None
    try:
        yield client
    finally:
        client.close(timeout=1)


@contextmanager
def _local_client(workers: int) -> Iterator["Client"]:
    from distributed import Client, LocalCluster

    with LocalCluster(
        n_workers=0,
        threads_per_worker=1,
        processes=True,
        memory_limit=0,
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
    ) as cluster:
        try:
            cluster.scale(workers)
            with Client(cluster, set_as_default=False) as client:
                _wait_for_one(client)
                with _replaced(cluster, workers):
                    yield client
        except BaseException:
            _end_at_once(cluster)
            raise


def _wait_for_one(client: "Client") -> None:
    """Wait for the first worker; the others join it, but for any that died as they started."""
    try:
        client.wait_for_workers(1, timeout=STARTING)
    except TimeoutError:
        raise EngineError(
            f"no Dask worker has started here within {STARTING} s; go on without --backend dask"
        ) from None


@contextmanager
def _replaced(cluster: "LocalCluster", workers: int) -> Iterator[None]:
    """Start other workers in place of those that Dask does not start again.

    It gives up on one that is killed as it starts, and would wait forever without any.
    """
    over = threading.Event()

    def look() -> None:
        missed = 0
        while not over.wait(_LOOK_EVERY):
            missing = workers - len(cluster.scheduler.workers)
            missed = missed + 1 if missing > 0 else 0
            if missed * _LOOK_EVERY >= _MISSED_FOR:
                cluster.scale(len(cluster.worker_spec) + missing)
                missed = 0

    thread = threading.Thread(target=look, name="replacing", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _end_at_once(cluster: "LocalCluster") -> None:
    """End workers that would otherwise be waited for while they read."""
    for nanny in cluster.workers.values():
        nanny.auto_restart = False
        if nanny.pid:
            with suppress(ProcessLookupError):
                os.kill(nanny.pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def _check(client: "Client", scheduler: str) -> None:
    """Raise EngineError unless there are workers, and they run what runs here."""
    if not client.scheduler_info(n_workers=-1)["workers"]:
        raise EngineError(
            f"the Dask cluster at {scheduler} has no workers; start some with "
            f"`dask worker {scheduler}`"
        )
    try:
        check_programs(client.run(this_program))
    except ImportError as error:
        raise EngineError(
            f"a worker of the Dask cluster at {scheduler} cannot run persona ({error}); "
            "install it on every machine"
        ) from None


def _backend() -> str:
    """Return the name of joblib's backend for Dask, as we need it.

    joblib's own never hears of a task that ended because of its worker, and would wait forever;
    and it counts threads as workers, in which as many lots would crowd into one process.
    """
    from joblib import register_parallel_backend
    from joblib._dask import DaskDistributedBackend

    class Backend(DaskDistributedBackend):  # type: ignore[misc]
        def effective_n_jobs(self, n_jobs: int) -> int:
            return n_jobs

        def submit(self, func: Any, callback: Callable[[Any], None]) -> "Future[Any]":
            future: Future[Any] = super().submit(func, callback)

            def tell(done: "Future[Any]") -> None:
                if error := done.exception():
                    callback(error)

            future.add_done_callback(tell)
            return future

        def retrieve_result_callback(self, out: Any) -> Any:
            if isinstance(out, BaseException):
                raise out
            return super().retrieve_result_callback(out)

    register_parallel_backend(_NAME, Backend)
    return _NAME


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep Dask's log off the terminal, its workers' too."""
    import dask

    with dask.config.set({"logging": dict.fromkeys(_LOGS, "critical")}):
        names = [name for name in logging.root.manager.loggerDict if name.startswith(_LOGS)]
        levels = {name: logging.getLogger(name).level for name in names}
        try:
            for name in names:
                logging.getLogger(name).setLevel(logging.CRITICAL)
            yield
        finally:
            gc.collect()  # what asyncio says of tasks of a lost worker, it says as they are freed
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)
