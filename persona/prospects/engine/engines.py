"""Where lots are worked on: the cores of this machine, a Dask cluster or a Ray cluster.

All of them are backends of joblib, and run the same function.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from persona.errors import UsageError
from persona.prospects.engine.lot import read_elsewhere, read_lot
from persona.prospects.engine.lots import lots_of
from persona.prospects.engine.on_cores import cores, processes
from persona.prospects.engine.sharing import Workers, check_whole, share
from persona.prospects.engine.ticking import ticking
from persona.prospects.options import Backend
from persona.prospects.shard import Job, Shard


def run(
    job: Job,
    shards: Iterable[Shard],
    *,
    rows: int,
    backend: Backend = "loky",
    workers: int | None = None,
    scheduler: str | None = None,
    on_tick: Callable[[], None] = lambda: None,
) -> None:
    """Work on all shards and return when each is in the journal of the job's work folder.

    ``rows`` is about how many rows the shards hold, which are made as workers are free for them.
    ``workers`` is how many, at least 1: of this machine's cores all, if left out, and of a
    cluster's those that there are; one on this machine is this process itself. ``scheduler`` is
    the address of a cluster for "dask" or "ray", which otherwise start their workers here.
    ``on_tick`` is called twice a second, in another thread.

    Raises UsageError for options that do not go together, EngineError when workers cannot be
    started or reached, or are lost again and again, and what ``read_lot`` raises. Ctrl-C stops all
    workers and is passed on.
    """
    with ticking(on_tick), _opened(backend, workers, scheduler) as opened:
        lots = lots_of(shards, opened.count if opened else 1, rows)
        if opened is None:
            for lot in lots:
                check_whole(read_lot(job, lot), lot)
        else:
            share(partial(read_elsewhere, job), lots, opened)


@contextmanager
def _opened(
    backend: Backend, workers: int | None, scheduler: str | None
) -> Iterator[Workers | None]:
    """Yield the workers, None where this process is to do everything itself."""
    if backend == "dask":
        from persona.prospects.engine.on_dask import on_dask

        with on_dask(workers or cores(), scheduler) as found:
            yield found
    elif backend == "ray":
        from persona.prospects.engine.on_ray import on_ray

        with on_ray(workers, scheduler) as found:
            yield found
    elif scheduler:
        raise UsageError("--scheduler is for --backend dask or ray")
    else:
        count = workers or cores()
        yield processes(count) if count > 1 else None
