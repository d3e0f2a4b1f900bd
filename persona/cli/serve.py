"""``persona serve``: the questionnaire and everything else in a browser."""

import os
import sys
from pathlib import Path

import click

from persona.cli.output import write_json

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    metavar="N",
    help="The port to listen on; 0 takes any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen on; the usual one is reached from this machine alone.",
)
@click.option(
    "--open/--no-open",
    "opened",
    default=None,
    help="Open it in the browser (as usual on a desktop), or only print the address.",
)
@click.option(
    "--model", type=click.Path(path_type=Path), metavar="FILE.json", help="Another model."
)
@click.option(
    "--allow-address",
    multiple=True,
    metavar="HOST[:PORT]",
    help="Let a website off the public internet be read; repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the address as JSON.")
def serve(
    port: int,
    host: str,
    opened: bool | None,
    model: Path | None,
    allow_address: tuple[str, ...],
    as_json: bool,
) -> None:
    """Answer, read websites, score lists and compare results in a browser.

    Everything stays on this machine. The address that is printed holds a key, made anew every
    time, without which nobody gets in. Ctrl-C ends it; what was answered is kept.

    \b
    Example: persona serve
    Example: persona serve --port 0 --no-open --json
    """
    from msgspec.json import encode

    from persona.home import state_folder
    from persona.web.server import Place
    from persona.web.server import serve as serve_pages

    def ready(place: Place) -> None:
        if not place.private:
            _tell(
                f"anyone who can reach {host} and knows the address below can see and change "
                "everything; what is sent is not encrypted"
            )
        if as_json:
            write_json(encode({"url": place.url}) + b"\n")
        else:
            click.echo(place.url)
            _tell("open this address in a browser; Ctrl-C ends")
        if _on_a_desktop() if opened is None else opened:
            _open(place.once)

    serve_pages(host=host, port=port, model=model, allow=allow_address, on_ready=ready)
    _tell(f"ended; answers and results are kept in {state_folder()}")


def _tell(line: str) -> None:
    click.echo(f"persona: {line}", err=True)


def _on_a_desktop() -> bool:
    """Return whether a person sits at a terminal of a machine that can show a browser."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, _DISPLAYS))


def _open(address: str) -> None:
    """Open the browser without waiting for it."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
