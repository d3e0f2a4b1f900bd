"""How a list is to be scored, as its user wishes."""

from typing import Literal

import msgspec

Backend = Literal["loky", "dask", "ray"]


class ScoreOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What ``persona.score`` may be told; the fields are the command's options.

    ``columns`` maps "website", "company", "industry" and "size" to headings. Without ``websites``
    rows are judged by their answers alone. ``pages`` is the most read of a site, 1 to 60;
    ``allow`` names addresses off the public internet as HOST or HOST:PORT. ``workers`` is the
    number of processes, None for all there are; ``scheduler`` the address of a cluster. ``work``
    is where the run is kept until it is finished, a path or an address that pyarrow's file
    systems understand, None for a folder beside the output.
    """

    columns: dict[str, str] = {}
    websites: bool = True
    pages: int = 8
    allow: tuple[str, ...] = ()
    offline: bool = False
    resume: bool = False
    retry_failed: bool = False
    restart: bool = False
    workers: int | None = None
    backend: Backend = "loky"
    scheduler: str | None = None
    work: str | None = None
