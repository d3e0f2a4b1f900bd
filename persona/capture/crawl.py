"""Reads one website: the home page, then pages of every zone, within a fixed number of requests."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Final, Literal, Protocol, TypeVar
from urllib.parse import urlsplit

from persona.capture.address import Site, registrable_domain
from persona.capture.digest import Seen
from persona.capture.feeds import parse_feed
from persona.capture.fetch import Fetched
from persona.capture.frontier import Candidate, Frontier
from persona.capture.kinds import is_overview, kind_of
from persona.capture.limits import MIB
from persona.capture.links import feed_links, key, leads, refresh_of, tidy
from persona.capture.profiles import ELSEWHERE
from persona.capture.records import MOST_PAGES, PAGES, Capture, CapturedPage, Failure, Unread
from persona.capture.robots import Robots
from persona.capture.sitemaps import listed_pages
from persona.capture.walls import wall
from persona.errors import UsageError

SECONDS: Final = 120.0
MOST_TEXT: Final = 32 * MIB
"""Characters of all pages of one site."""
SPARE: Final = 10
"""Requests beyond the number of pages that one site may cost: sitemaps, feeds, dead links."""

_MOST_CIRCLES: Final = 2
"""Circles of redirects after which a site is left: noticing one takes six requests."""
_LIMITED_PAGES: Final = 3
"""Pages read where robots.txt asks for longer pauses than we keep."""
_AT_ONCE: Final = 4
_PER_HOST: Final = 2
_FAILURES_IN_A_ROW: Final = 6
_SLOW_STARTS: Final = 2
_SEEN_LINKS: Final = 20_000
_ANSWERED: Final[frozenset[Failure]] = frozenset(
    (
        "robots",
        "unauthorised",
        "forbidden",
        "too_many_requests",
        "bot_wall",
        "parked",
        "budget",
    )
)
"""Failures of a first page after which other spellings of its address are not tried."""
_LEAVE: Final[frozenset[Failure]] = frozenset(("too_many_requests", "bot_wall", "parked"))
"""Failures of any page after which a site is left alone."""
_ON_HOME, _ON_PAGE, _IN_FEED, _IN_SITEMAP = 0, 1, 1, 2

T = TypeVar("T")
OnPage = Callable[[str], None] | None
Within = Callable[[str], bool] | None


class Reader(Protocol):
    """What the crawler needs of the client."""

    async def get(
        self, url: str, accept: Literal["page", "xml"] = "page", within: Within = None
    ) -> Fetched | Unread:
        """Read one address, redirected only ``within``; never raises for what the network does."""
        ...

    async def robots(self, url: str) -> Robots:
        """Return what the robots.txt of an address's host says."""
        ...


async def capture_site(
    site: Site,
    fetcher: Reader,
    *,
    pages: int = PAGES,
    seconds: float = SECONDS,
    on_page: OnPage = None,
) -> Capture:
    """Read at most ``pages`` pages of a site within ``seconds`` and return them.

    Never more than ``pages`` + 10 addresses are asked for, robots.txt and redirects on the way
    aside, whatever the site does. At the limit of time, requests or text, what was read is
    returned and the pages still wanted are in ``unread`` with "budget". ``on_page`` is told the
    address of every page read. Raises UsageError for a number of pages that is not between 1
    and 60.
    """
    if not 1 <= pages <= MOST_PAGES:
        raise UsageError(f"{pages} pages: read between 1 and {MOST_PAGES} pages of a site")
    visit = _Visit(site, fetcher, pages, seconds, on_page)
    home = await visit.read_home()
    if home is not None:
        await visit.read_rest(home)
    return visit.capture()


class _Budget:
    """What a visit may still cost in requests, time and text; ``spent`` once it cost all of it."""

    def __init__(self, requests: int, seconds: float) -> None:
        self.requests = requests
        self.spent = False
        self._text = MOST_TEXT
        self._deadline = asyncio.get_running_loop().time() + seconds

    def pay(self) -> bool:
        """Count one request; False when none is left."""
        self.requests -= 1
        self.spent = self.spent or self.requests < 0
        return self.requests >= 0

    def weigh(self, page: Fetched) -> None:
        """Count the text of a page that is kept."""
        self._text -= len(page.text)
        self.spent = self.spent or self._text <= 0

    async def run(self, works: Iterable[Coroutine[None, None, T]]) -> list[T | None]:
        """Run all at once and return their results in order, None for what took too long."""
        tasks = [asyncio.ensure_future(work) for work in works]
        left = self._deadline - asyncio.get_running_loop().time()
        try:
            await asyncio.wait(tasks, timeout=max(0.0, left))
        finally:
            late = [task for task in tasks if not task.done()]
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        self.spent = self.spent or bool(late)
        return [None if task in late else task.result() for task in tasks]


class _Visit:
    """One visit to one site: what was read so far, and what it may still cost."""

    def __init__(
        self, site: Site, fetcher: Reader, pages: int, seconds: float, on_page: OnPage
    ) -> None:
        self._on_page = on_page
        self._site = site
        self._fetcher = fetcher
        self._domain = site.domain
        self._port = site.port
        self._wanted = pages
        self._budget = _Budget(pages + SPARE, seconds)
        self._pages: list[CapturedPage] = []
        self._unread: list[Unread] = []
        self._read: set[str] = set()
        self._seen = Seen()
        self._links: set[int] = set()
        self._owned: dict[str, bool] = {}
        self._frontier = Frontier(pages, site.starts[0])
        self._failures = 0
        self._circles = 0
        self._left = False

    async def read_home(self) -> Fetched | None:
        """Read the first page that answers and return it, None when nothing more can be read.

        A home page behind a log-in or made by scripts is returned too: there may be pages beside
        it that can be read.
        """
        slow = 0
        for start in self._site.starts:
            outcome = await self._ask(start)
            if isinstance(outcome, Fetched):
                return await self._arrive(outcome)
            self._unread.append(outcome)
            slow += outcome.failure == "timeout"
            if outcome.failure in _ANSWERED or slow >= _SLOW_STARTS:
                break
        return None

    async def read_rest(self, home: Fetched) -> None:
        """Read the pages that the home page, sitemaps and feeds lead to, zone by zone."""
        self._frontier.add(tidy("/", home.url) or home.url)
        self._follow(home, _ON_HOME)
        if self._wanted > 1:
            await self._read_lists(home)
        while len(self._pages) < self._wanted and not self._over():
            batch = self._batch()
            if not batch:
                return
            gets = [self._fetcher.get(candidate.url, within=self._own) for candidate in batch]
            for candidate, outcome in zip(batch, await self._budget.run(gets), strict=True):
                await self._take_in(candidate, outcome or Unread(candidate.url, "budget"))

    def capture(self) -> Capture:
        """Return what was read, the home page first, and what was not."""
        if self._budget.spent and self._pages:
            told = sum(entry.failure == "budget" for entry in self._unread)
            for _ in range(self._wanted - len(self._pages) - told):
                candidate = self._frontier.take()
                if candidate:
                    self._unread.append(Unread(candidate.url, "budget"))
        pages = sorted(self._pages, key=lambda page: kind_of(page.url) != "home")
        unread = {entry.url: entry for entry in reversed(self._unread)}
        return Capture(
            site=self._domain,
            address=self._site.starts[0],
            pages=tuple(pages),
            unread=tuple(reversed(unread.values())),
        )

    async def _arrive(self, page: Fetched) -> Fetched | None:
        """Settle on the site that the first page belongs to, and keep the page."""
        self._unread.clear()
        self._move_to(page.url)
        page = await self._passed_on(page, leave=self._domain == self._site.domain)
        self._move_to(page.url)
        if self._domain != self._site.domain and self._domain in ELSEWHERE:
            self._unread.append(Unread(page.url, ELSEWHERE[self._domain]))
            self._domain = self._site.domain
            return None
        self._frontier = Frontier(self._wanted, page.url)
        failure = wall(page.url, page.text)
        if failure:
            self._unread.append(Unread(page.url, failure))
            return None if failure in _LEAVE else page
        self._seen.is_new(page.text)
        self._keep(page)
        return page

    def _move_to(self, url: str) -> None:
        parts = urlsplit(url)
        self._domain, self._port = registrable_domain(parts.hostname or ""), parts.port
        self._owned.clear()

    async def _read_lists(self, home: Fetched) -> None:
        """Add the pages that sitemaps and a feed of the site name."""
        [robots] = await self._budget.run([self._fetcher.robots(home.url)])
        if robots is None:
            return
        if robots.limited:
            self._wanted = min(self._wanted, _LIMITED_PAGES)
            return
        named = [each for each in map(tidy, robots.sitemaps) if each and self._own(each)]
        standard = tidy("/sitemap.xml", home.url) or ""
        for listed in await listed_pages(named or [standard], self._read_xml):
            if self._own(listed.url):
                self._frontier.add(listed.url, listed.hint, _IN_SITEMAP, listed.day)
        feeds = [feed for feed in feed_links(home.text, home.url) if self._own(feed)]
        for feed in feeds[:1]:
            for post in parse_feed(await self._read_xml(feed) or "", feed):
                if self._own(post.url):
                    self._frontier.add(post.url, post.hint, _IN_FEED, post.day)

    async def _read_xml(self, url: str) -> str | None:
        outcome = await self._ask(url, "xml", self._own) if self._own(url) else None
        return outcome.text if isinstance(outcome, Fetched) else None

    def _batch(self) -> list[Candidate]:
        """Take the pages to ask for next: four at most, two of one host, as many as are wanted."""
        batch: list[Candidate] = []
        hosts: dict[str, int] = {}
        while len(batch) < min(_AT_ONCE, self._wanted - len(self._pages)):
            candidate = self._frontier.take()
            if candidate is None or not self._budget.pay():
                if candidate:
                    self._unread.append(Unread(candidate.url, "budget"))
                break
            batch.append(candidate)
            host = urlsplit(candidate.url).netloc
            hosts[host] = hosts.get(host, 0) + 1
            if hosts[host] == _PER_HOST:
                break
        return batch

    async def _take_in(self, candidate: Candidate, outcome: Fetched | Unread) -> None:
        """Keep a page that is new, readable and the site's own; note why another was not read."""
        if isinstance(outcome, Fetched):
            outcome = await self._passed_on(outcome)
            failure = wall(outcome.url, outcome.text)
            if failure:
                outcome = Unread(outcome.url, failure)
        if isinstance(outcome, Unread):
            self._note(candidate, outcome)
        elif key(outcome.url) in self._read:
            self._frontier.give_back(candidate)
        elif not self._seen.is_new(outcome.text):
            self._frontier.give_back(candidate)
            self._frontier.close(candidate)
        else:
            self._failures = 0
            self._keep(outcome)
            left = self._wanted - len(self._pages)
            short = len(self._frontier) < 2 * left
            if left > 0 and (short or is_overview(outcome.url)):
                self._follow(outcome, _ON_PAGE)

    def _note(self, candidate: Candidate, unread: Unread) -> None:
        self._unread.append(unread)
        self._frontier.give_back(candidate)
        self._failures += unread.failure != "elsewhere"
        self._circles += unread.failure == "too_many_redirects"
        self._left |= unread.failure in _LEAVE or self._circles >= _MOST_CIRCLES

    def _over(self) -> bool:
        """Return whether to stop: nothing left to spend, or a site that answers no more."""
        return self._budget.spent or self._left or self._failures >= _FAILURES_IN_A_ROW

    async def _ask(
        self, url: str, accept: Literal["page", "xml"] = "page", within: Within = None
    ) -> Fetched | Unread:
        if not self._budget.pay():
            return Unread(url, "budget")
        [outcome] = await self._budget.run([self._fetcher.get(url, accept, within)])
        return outcome or Unread(url, "budget")

    async def _passed_on(self, page: Fetched, leave: bool = False) -> Fetched:
        """Follow a page that passes its visitors on, once; with ``leave`` to another site too."""
        target = refresh_of(page.text, page.url)
        if target is None or key(target) == key(page.url) or not (leave or self._own(target)):
            return page
        outcome = await self._ask(target, within=None if leave else self._own)
        return outcome if isinstance(outcome, Fetched) else page

    def _keep(self, page: Fetched) -> None:
        self._budget.weigh(page)
        self._read.add(key(page.url))
        self._pages.append(CapturedPage(page.url, page.text, page.fetched_at, page.status))
        if self._on_page:
            self._on_page(page.url)

    def _follow(self, page: Fetched, source: int) -> None:
        """Add the links of a page that lead to pages of the site."""
        for lead in leads(page.text, page.url, self._is_fresh):
            if self._own(lead.url):
                self._frontier.add(lead.url, lead.text, source)

    def _is_fresh(self, written: str) -> bool:
        """Return whether a link as written is new, and not to a host known to be another's."""
        seen = hash(written)
        if seen in self._links or len(self._links) >= _SEEN_LINKS:
            return False
        self._links.add(seen)
        if written[:7] in ("http://", "https:/"):
            return self._owned.get(written.split("/", 3)[2], True)
        return True

    def _own(self, url: str) -> bool:
        """Return whether an address belongs to the site, its subdomains included."""
        authority = url.split("/", 3)[2]
        own = self._owned.get(authority)
        if own is None:
            parts = urlsplit(url)
            domain = registrable_domain(parts.hostname or "")
            own = parts.port == self._port and domain == self._domain
            self._owned[authority] = own
        return own
