"""Only requests that name this server are answered.

A foreign page can have its own name resolve to 127.0.0.1 and then reads what this server says as
if it were its own (DNS rebinding). Its name stands in the Host header, so that an exact list of
names stops it. An address in figures is resolved by nobody, and cannot be rebound.
"""

import ipaddress

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from persona.web.refusing import refusal
from persona.web.settings import Settings

_LINE = "This server does not go by that name; open the address that persona serve printed."


class HostCheck:
    """Refuses a request (403) whose Host header is missing, repeated or not one of ours."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.hosts = frozenset(settings.hosts)
        self.any_port = settings.port if settings.any_address else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        app: ASGIApp = self.app
        if scope["type"] == "http" and not self._is_ours(Headers(scope=scope).getlist("host")):
            app = refusal(scope, 403, _LINE, inside=False)
        await app(scope, receive, send)

    def _is_ours(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        host = hosts[0].lower()
        return host in self.hosts or (self.any_port is not None and self._is_figures(host))

    def _is_figures(self, host: str) -> bool:
        name, colon, port = host.rpartition(":")
        if not colon or host.endswith("]"):
            name, port = host, "80"
        try:
            ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
        except ValueError:
            return False
        return port == str(self.any_port)
