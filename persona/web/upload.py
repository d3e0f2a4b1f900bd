"""Files that a form sends: read as they come, written to disk, and bounded on the way.

The browser's name for a file is data; files are stored under numbers.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from persona.errors import OutputError
from persona.home import make_folder
from persona.web.parts import MIB, Arrived, Limits, Parts, not_whole
from persona.web.responding import Form, check_csrf

_ROOM_LEFT: Final = 256 * MIB
"""Bytes that stay free on the disk."""
_AT_ONCE: Final = MIB
"""Bytes that are gathered before they are written."""
_ARRIVING: Final = ".arriving-"


@contextmanager
def arriving(folder: Path) -> Iterator[Path]:
    """Give a folder within ``folder`` for files on their way; what is left in it goes at the end.

    Both are made where they are not there yet; OutputError where they cannot be.
    """
    make_folder(folder)
    try:
        place = tempfile.TemporaryDirectory(
            prefix=_ARRIVING, dir=folder, ignore_cleanup_errors=True
        )
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from None
    with place as name:
        yield Path(name)


async def receive(
    request: Request, folder: Path, limits: Limits
) -> tuple[Form, tuple[Arrived, ...]]:
    """Return the fields of a form and its files, which are written into ``folder``.

    A file field left empty gives no file. Raises HTTPException: 403 when the form's token is
    missing, wrong or comes late, 415 for another kind of body, 400 for one that is damaged, 413
    when it is too large; OutputError when the disk has no room.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise HTTPException(415, "A form with files was expected.")
    _check_room(folder, request.headers.get("content-length", ""))
    parts = Parts(folder, limits, lambda sent: check_csrf(request, sent))
    parser = MultipartParser(options[b"boundary"], parts.callbacks)
    try:
        async for piece in request.stream():
            parser.write(piece)
            if parts.gathered >= _AT_ONCE:
                await run_in_threadpool(parts.flush)
    except (FormParserError, UnicodeError):
        raise not_whole() from None
    finally:
        parts.drop()
    parts.check()
    return Form(parts.fields), tuple(parts.files)


def _check_room(folder: Path, announced: str) -> None:
    """Raise OutputError where a body of so many bytes surely does not fit on the disk."""
    coming = int(announced) if announced.isascii() and announced.isdecimal() else 0
    if shutil.disk_usage(folder).free < coming + _ROOM_LEFT:
        raise OutputError("the disk is nearly full; make room, and send the file again")
