"""The way to one page: what it may still cost, and what was set on it."""

from typing import Final

from persona.capture.content import HEADERS, Accept

_COOKIES: Final = 20


class Trip:
    """What one page may still cost, and the cookies set on the way to it.

    A site that sets a cookie and sends the reader to the same address is passed in this way;
    nothing is remembered from page to page.
    """

    def __init__(self, accept: Accept, seconds: float) -> None:
        self.accept = accept
        self.seconds = seconds
        self._cookies: dict[str, dict[str, str]] = {}

    def set_cookies(self, host: str, cookies: tuple[str, ...]) -> None:
        """Keep the cookies that a host set."""
        jar = self._cookies.setdefault(host, {})
        for cookie in cookies[:_COOKIES]:
            name, _, value = cookie.partition("=")
            if len(jar) < _COOKIES and name and cookie.isprintable() and cookie.isascii():
                jar[name] = value

    def headers(self, host: str) -> dict[str, str]:
        """Return the headers of a request to ``host``."""
        headers = {"Accept": HEADERS[self.accept]}
        if jar := self._cookies.get(host):
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        return headers
