"""robots.txt by RFC 9309: what a site lets us read, how often, and where its sitemaps are."""

import re
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from protego import Protego

AGENT: Final = "persona"
LARGEST: Final = 500 * 1024
"""In bytes: what RFC 9309 asks a reader to take at least; the rest is left out."""
LONGEST_DELAY: Final = 30.0
"""In seconds; see ``Robots.limited``."""
MOST_SITEMAPS: Final = 20

_GROUP = re.compile(r"^[ \t]*user[- ]?agent[ \t]*:?[ \t]*([^\r\n#]*)", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z_-]+")


def _user_agent() -> str:
    try:
        number = version("persona")
    except PackageNotFoundError:
        number = "0"
    return f"persona/{number} (website reader; respects robots.txt)"


USER_AGENT: Final = _user_agent()
"""The header value sent with every request."""


class Robots:
    """What one robots.txt says to us.

    ``delay`` is the time asked for between requests, in seconds, at most 30, None where none is
    asked for. ``limited`` is true where more was asked for: read very few pages then, 30 s apart.
    ``sitemaps`` holds http(s) addresses as given.
    """

    def __init__(
        self,
        rules: "Protego | None" = None,
        *,
        agent: str = AGENT,
        everything: bool = True,
        sitemaps: tuple[str, ...] = (),
    ) -> None:
        self._rules = rules
        self._agent = agent
        self._everything = everything
        self.sitemaps = sitemaps
        delay = rules.crawl_delay(agent) if rules else None
        self.limited = delay is not None and delay > LONGEST_DELAY
        self.delay = min(delay, LONGEST_DELAY) if delay else None

    def allows(self, url: str) -> bool:
        """Return whether we may read ``url``; robots.txt itself may always be read."""
        if self._rules is None:
            return self._everything
        try:
            return self._rules.can_fetch(url, self._agent)
        except ValueError:
            return False


ALL: Final = Robots()
"""No robots.txt (404 and other 4xx): everything may be read."""
NONE_AT_ALL: Final = Robots(everything=False)
"""robots.txt could not be reached (5xx, network): nothing may be read, says RFC 9309."""


def parse_robots(body: bytes, agent: str = AGENT) -> Robots:
    """Read a robots.txt, whatever is in it; only its first 500 KiB count. Never raises."""
    from protego import Protego

    lines = _text(body[:LARGEST]).splitlines()
    try:
        rules = Protego.parse("\n".join(_ours(line, agent) for line in lines))
    except (ValueError, RecursionError, OverflowError):
        return ALL
    found = (each.strip() for each in rules.sitemaps)
    sitemaps = [each for each in found if each.lower().startswith(("http://", "https://"))]
    return Robots(rules, agent=agent, sitemaps=tuple(dict.fromkeys(sitemaps))[:MOST_SITEMAPS])


def _ours(line: str, agent: str) -> str:
    """Name groups as RFC 9309 compares them, by the whole product token.

    Protego takes "person" for a prefix of "persona", and reads no token out of "persona/1.0".
    """
    group = _GROUP.match(line)
    if not group:
        return line
    name = group[1].strip().lower()
    if name.startswith("*"):
        return "User-agent: *"
    token = _TOKEN.match(name)
    return f"User-agent: {agent if token and token[0] == agent else 'another'}"


def _text(body: bytes) -> str:
    """Decode as UTF-8, or as UTF-16 where a byte-order mark or the zeros in it say so."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    if body[1:40:2].count(0) > 10:
        return body.decode("utf-16-le", "replace")
    return body.decode("utf-8-sig", "replace").replace("\0", "")
