"""The server: one process, on this machine alone unless told otherwise."""

import secrets
import signal
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
import uvicorn

from persona.capture.guard import Allowed
from persona.home import make_folder, state_folder
from persona.web.app import create_app
from persona.web.listening import address_of, hosts_of, is_everywhere, is_loopback, listen
from persona.web.security.access import PARAMETER, TICKET
from persona.web.security.patience import PatientProtocol
from persona.web.settings import LOOPBACK, PORT, Settings

_TOKEN_BYTES: Final = 24
_IDLE_SECONDS: Final = 15
"""How long a connection may rest between two requests."""
_LAST_SECONDS: Final = 2
"""How long answers under way may still take when the server is to end."""


class Place(msgspec.Struct, frozen=True):
    """Where a server is reached.

    ``url`` opens the application and holds its access token; ``once`` does so a single time,
    within a minute, for a browser that is started with it. ``private`` says that only this
    machine can reach it.
    """

    url: str
    once: str
    private: bool


def serve(
    *,
    host: str = LOOPBACK,
    port: int = PORT,
    model: str | Path | None = None,
    allow: Iterable[str] = (),
    folder: str | Path | None = None,
    on_ready: Callable[[Place], None] | None = None,
) -> None:
    """Serve the browser application until interrupted.

    ``port`` 0 takes any that is free. ``allow`` names addresses off the public internet that may
    be read as websites, as HOST or HOST:PORT. ``folder`` is where everything is kept (the one the
    terminal uses if left out). ``on_ready`` is told where it is reached; without it the address,
    which holds a new access token, is printed.

    Raises UsageError for a place that cannot be listened on or an address that cannot be allowed,
    ModelError, and OutputError for a folder that cannot be made.
    """
    allowed = tuple(allow)
    Allowed.parse(allowed)
    kept = Path(folder) if folder else state_folder()
    make_folder(kept)
    with listen(host, port) as listener:
        settings = Settings(
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            ticket=secrets.token_urlsafe(_TOKEN_BYTES),
            folder=kept,
            host=host,
            port=listener.getsockname()[1],
            hosts=hosts_of(host, listener),
            any_address=is_everywhere(listener),
            allow=allowed,
            model=Path(model) if model else None,
        )
        server = _Server(_config(settings))
        address = address_of(host, listener)
        place = Place(
            f"{address}?{PARAMETER}={settings.token}",
            f"{address}?{TICKET}={settings.ticket}",
            is_loopback(listener),
        )
        (on_ready or _print)(place)
        server.run([listener])


def _config(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(settings),
        http=PatientProtocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )


class _Server(uvicorn.Server):
    """A server for which being interrupted is the usual end, not an error."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """End when the process is told to, with signal handlers put back as they were."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        ends = (signal.SIGINT, signal.SIGTERM)
        before = {each: signal.signal(each, self.handle_exit) for each in ends}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def _print(place: Place) -> None:
    print(place.url, flush=True)
