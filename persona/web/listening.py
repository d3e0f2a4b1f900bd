"""The place a server listens at, the names it answers to, and the address that is printed."""

import errno
import ipaddress
import socket
from typing import Final

from persona.errors import UsageError

_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
_BACKLOG: Final = 256
_HTTP: Final = 80


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; port 0 takes any that is free.

    Raises UsageError, one line with what to do, when that cannot be had.
    """
    try:
        found = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE | socket.AI_ADDRCONFIG
        )
    except (OSError, UnicodeError):
        raise UsageError(f"--host {host}: no address of this machine") from None
    family, kind, protocol, _, address = found[0]
    listener = socket.socket(family, kind, protocol)
    try:
        # Where a server has just ended, its port can be had again at once.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise UsageError(_why_not(error, host, port)) from None
    return listener


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use; name another with --port, or --port 0 for any that is free"
    if error.errno == errno.EACCES:
        return f"port {port} may not be used; name one above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"--host {host}: no address of this machine"
    return f"{host}:{port} cannot be listened on ({error.strerror})"


def is_loopback(listener: socket.socket) -> bool:
    """Return whether only this machine can reach a listening socket."""
    return ipaddress.ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback


def is_everywhere(listener: socket.socket) -> bool:
    """Return whether a socket listens on all addresses of this machine."""
    return ipaddress.ip_address(listener.getsockname()[0].partition("%")[0]).is_unspecified


def hosts_of(host: str, listener: socket.socket) -> tuple[str, ...]:
    """Return the values of the Host header that mean this server."""
    address, port = listener.getsockname()[:2]
    names = {_in_url(host.lower()), _in_url(address)}
    if is_loopback(listener):
        names.update(_LOOPBACK)
    elif is_everywhere(listener):
        names.update((*_LOOPBACK, socket.gethostname().lower()))
    hosts = {f"{name}:{port}" for name in names}
    return tuple(sorted(hosts | names if port == _HTTP else hosts))


def address_of(host: str, listener: socket.socket) -> str:
    """Return the address of the first page."""
    name = "127.0.0.1" if is_everywhere(listener) else _in_url(host)
    return f"http://{name}:{listener.getsockname()[1]}/"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
