"""How one server of the browser application is set up."""

import hashlib
import hmac
from pathlib import Path

import msgspec

LOOPBACK = "127.0.0.1"
PORT = 8765


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """One server's settings.

    ``hosts`` are the values of the Host header that are answered, with the port where it is not
    80; ``any_address`` answers to every IP address on that port as well, for a server that listens
    on all of them. ``token`` opens the application; whoever has it may see and do everything.
    ``ticket`` opens it too, once and for a short time after the start: it is handed to a browser
    on a command line, which others on the machine can read. ``folder`` is where questionnaires,
    results and lists are kept. ``allow`` names addresses off the public internet that may be read
    as websites. ``model`` is another model's file.
    """

    token: str
    folder: Path
    ticket: str = ""
    host: str = LOOPBACK
    port: int = PORT
    hosts: tuple[str, ...] = ()
    any_address: bool = False
    allow: tuple[str, ...] = ()
    model: Path | None = None

    @property
    def csrf(self) -> str:
        """What every form must send back, to show that it came from a page of this server."""
        return derived(self.token, "form")

    @property
    def cookie(self) -> str:
        """What the browser keeps in place of the token."""
        return derived(self.token, "cookie")

    @property
    def cookie_name(self) -> str:
        """The cookie's name: cookies are shared by all ports of a host, names keep them apart."""
        return f"persona-{self.port}"


def derived(token: str, purpose: str) -> str:
    """Return a secret for one purpose, from which neither the token nor another one follows."""
    return hmac.new(token.encode(), purpose.encode(), hashlib.sha256).hexdigest()
