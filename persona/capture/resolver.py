"""aiohttp's resolver with the guard in it: what it gives out has been checked."""

import socket
from collections.abc import Awaitable, Callable

from aiohttp.abc import AbstractResolver, ResolveResult


class CheckedResolver(AbstractResolver):
    """Gives aiohttp numeric addresses that passed the guard, which it then connects to as given."""

    def __init__(self, addresses: Callable[[str, int], Awaitable[tuple[str, ...]]]) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the checked addresses of a name; Refused or OSError where there are none."""
        found = [
            ResolveResult(
                hostname=host,
                host=ip,
                port=port,
                family=socket.AF_INET6 if ":" in ip else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for ip in await self._addresses(host, port)
        ]
        return [each for each in found if family in (socket.AF_UNSPEC, each["family"])]

    async def close(self) -> None:
        """Do nothing: no resource is held."""
