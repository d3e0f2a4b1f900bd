"""The polite client: one page at a time from any number of sites, robots.txt obeyed."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple, Self

import msgspec

from persona.capture.content import REDIRECTS, Accept, appetite, failure_of, text_of
from persona.capture.exchange import Answer, Exchange
from persona.capture.failures import Unreadable
from persona.capture.guard import PORTS, Guard, Refused
from persona.capture.limits import Limits
from persona.capture.pace import Pace
from persona.capture.records import Failure, Unread
from persona.capture.robots import ALL, NONE_AT_ALL, Robots, parse_robots
from persona.capture.store import Kept, Store
from persona.capture.trip import Trip
from persona.capture.waiting import asked_for, backoff

__all__ = ["Fetched", "Fetcher", "Limits"]

_PASSING: Final = frozenset((429, 500, 502, 503, 504))
"""Statuses after which the same request may succeed a little later."""

_LASTING: Final = frozenset(("not_found", "not_html", "too_large"))
"""Reasons that are kept like a page, so that the server is not asked again."""

_MANY_ORIGINS: Final = 4096
"""robots.txt files held at once."""


class Fetched(msgspec.Struct, frozen=True):
    """A page as read: ``url`` after redirects, decoded ``text``, ``fetched_at`` ISO 8601 in UTC.

    ``content_type`` is the header as sent; ``from_cache`` tells that the server was not asked, or
    answered that nothing has changed.
    """

    url: str
    status: int
    content_type: str
    text: str
    fetched_at: str
    from_cache: bool


class _Rules(NamedTuple):
    """What robots.txt says, or why it could not be asked."""

    robots: Robots
    failure: Failure | None = None
    detail: str = ""


class Fetcher:
    """Reads pages within ``limits``, through ``guard``, from ``store`` where that is fresh.

    An asynchronous context manager. With ``offline`` no server is asked. The store stays the
    caller's to close; what is waiting to be written is written at the end of the context.
    ``quiet`` is as in :class:`persona.capture.pace.Pace`.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        store: Store | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        offline: bool = False,
        quiet: float | None = None,
    ) -> None:
        self._guard = guard
        self._store = store
        self._limits = limits
        self._offline = offline
        self._exchange = Exchange(guard, limits)
        self._pace = Pace(limits.per_host, limits.at_once, quiet)
        self._rules: dict[str, asyncio.Task[_Rules]] = {}

    async def __aenter__(self) -> Self:
        await self._exchange.__aenter__()
        return self

    async def __aexit__(self, *exc: object) -> None:
        waiting = [task for task in self._rules.values() if not task.done()]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await self._exchange.__aexit__(*exc)
        if self._store:
            await asyncio.to_thread(self._store.flush)

    async def get(
        self,
        url: str,
        accept: Literal["page", "xml"] = "page",
        within: Callable[[str], bool] | None = None,
    ) -> Fetched | Unread:
        """Read one page (or sitemap, or feed) and return it, or why it cannot be read.

        Redirects are followed, with ``within`` only to addresses for which it is true; each
        address on the way passes the guard and its robots.txt. Raises nothing for what a page, a
        server or the network does.
        """
        trip = Trip(accept, self._limits.page_seconds)
        try:
            kept, from_cache = await self._follow(trip, url, within)
        except Unreadable as error:
            return Unread(url, error.failure, error.detail)
        if kept.failure:
            return Unread(url, kept.failure, kept.detail or f"status {kept.status}")
        return Fetched(
            kept.url, kept.status, kept.content_type, kept.text, _iso(kept.fetched), from_cache
        )

    async def robots(self, url: str) -> Robots:
        """Return what the robots.txt of this address's host says; it is asked for once.

        A site without one lets everything be read; one that cannot be reached, nothing.
        """
        try:
            return (await self._rules_for(self._checked(url))).robots
        except Unreadable:
            return NONE_AT_ALL

    async def _follow(
        self, trip: Trip, url: str, within: Callable[[str], bool] | None = None
    ) -> tuple[Kept, bool]:
        here = self._checked(url)
        for _ in range(self._limits.redirects + 1):
            spacing = await self._obey(here) if trip.accept != "robots" else 0.0
            kept, from_cache = await self._page(trip, here, spacing)
            if not kept.location:
                return kept, from_cache
            here = self._checked(kept.location, here)
            if within and not within(here):
                raise Unreadable("elsewhere", here)
        raise Unreadable("too_many_redirects", f"more than {self._limits.redirects}")

    def _checked(self, url: str, base: str | None = None) -> str:
        """Return an address in the one spelling that is asked for; Unreadable if it may not be."""
        from yarl import URL

        try:
            target = URL(base).join(URL(url)) if base else URL(url)
            address = str(target.with_fragment(None))
            self._guard.check_url(address)
        except Refused as refused:
            raise Unreadable("forbidden_address", str(refused)) from None
        except (ValueError, TypeError) as error:
            raise Unreadable("http_error", f"no usable address ({error})"[:200]) from None
        if base and base.startswith("https:") and target.scheme == "http" and target.port != 80:
            raise Unreadable("forbidden_address", "passed on from https to an unusual http port")
        return address

    async def _obey(self, url: str) -> float:
        """Return the seconds that robots.txt asks for between requests.

        Raises Unreadable when it forbids ``url``, or could not be asked.
        """
        rules = await self._rules_for(url)
        if rules.failure:
            raise Unreadable(rules.failure, f"robots.txt: {rules.detail}")
        if not rules.robots.allows(url):
            raise Unreadable("robots", url)
        return rules.robots.delay or 0.0

    async def _rules_for(self, url: str) -> _Rules:
        origin = url[: url.index("/", url.index("//") + 2)]
        task = self._rules.get(origin)
        if task is None:
            if len(self._rules) >= _MANY_ORIGINS:
                done = [name for name, each in self._rules.items() if each.done()]
                for name in done[: len(done) // 2 + 1]:
                    del self._rules[name]
            task = self._rules[origin] = asyncio.create_task(self._ask_rules(origin))
        return await asyncio.shield(task)

    async def _ask_rules(self, origin: str) -> _Rules:
        trip = Trip("robots", self._limits.page_seconds)
        try:
            kept, _ = await self._follow(trip, f"{origin}/robots.txt")
        except Unreadable as error:
            if error.failure in ("offline", "too_many_redirects"):
                return _Rules(ALL)
            return _Rules(NONE_AT_ALL, error.failure, error.detail)
        if 200 <= kept.status < 300 and not kept.failure:
            return _Rules(parse_robots(kept.text.encode()))
        if 400 <= kept.status < 500 and kept.status != 429:
            return _Rules(ALL)
        return _Rules(NONE_AT_ALL, kept.failure, kept.detail or f"status {kept.status}")

    async def _page(self, trip: Trip, url: str, spacing: float) -> tuple[Kept, bool]:
        """Return the answer for one address, and whether it came from the store."""
        key = url if trip.accept == "page" else f"{trip.accept} {url}"
        kept = self._store.get(key) if self._store else None
        if kept and kept.url != url:
            kept = None
        if kept and self._store and (self._offline or self._store.is_fresh(kept)):
            return kept, True
        if self._offline:
            raise Unreadable("offline")
        answer = await self._ask(trip, url, spacing, kept)
        if kept and answer.status == 304:
            fresh = msgspec.structs.replace(kept, fetched=_now())
        else:
            fresh = self._judged(trip.accept, url, answer)
        if self._store and _lasts(fresh):
            self._store.put(key, fresh)
        return fresh, answer.status == 304

    def _judged(self, accept: Accept, url: str, answer: Answer) -> Kept:
        """Return what to make of an answer: a page, a way on, or the reason why it is neither."""
        kept = Kept(
            url=url,
            status=answer.status,
            fetched=_now(),
            content_type=answer.headers.get("content-type", "")[:200],
            etag=answer.headers.get("etag", "")[:500],
            modified=answer.headers.get("last-modified", "")[:100],
        )
        location = answer.headers.get("location", "")
        if answer.status in REDIRECTS and location:
            return msgspec.structs.replace(kept, location=location)
        failure = failure_of(url, answer, self._limits)
        if failure:
            return msgspec.structs.replace(kept, failure=failure)
        try:
            return msgspec.structs.replace(kept, text=text_of(answer, accept, self._limits))
        except Unreadable as error:
            return msgspec.structs.replace(kept, failure=error.failure, detail=error.detail)

    async def _ask(self, trip: Trip, url: str, spacing: float, kept: Kept | None) -> Answer:
        """Ask the server, again after a while where the reason of a failure may pass."""
        limits = self._limits
        host = _host(url)
        if not self._guard.is_own(url):
            spacing = max(spacing, limits.spacing_seconds)
        for attempt in range(limits.retries + 1):
            last = attempt == limits.retries
            pause = backoff(url, attempt, limits.backoff_seconds)
            try:
                async with self._pace.turn(host, spacing):
                    if closed := self._pace.closed(host):
                        raise Unreadable(closed, "the server asked to be left alone")
                    answer = await self._send(trip, url, host, kept)
            except Unreadable as error:
                if error.failure != "connection" or last:
                    raise
                self._pace.rest(host, pause)
                continue
            if answer.status not in _PASSING:
                return answer
            failure = failure_of(url, answer, limits)
            wait = asked_for(answer.headers.get("retry-after", ""))
            if failure and wait is not None and wait > limits.retry_after_seconds:
                self._pace.close(host, wait, failure)
                return answer
            if last or failure == "bot_wall":
                return answer
            self._pace.rest(host, pause if wait is None else wait)
        raise AssertionError("the last attempt returns or raises")

    async def _send(self, trip: Trip, url: str, host: str, kept: Kept | None) -> Answer:
        if trip.seconds <= 0:
            raise Unreadable("timeout", f"more than {self._limits.page_seconds:g} s in all")
        headers = trip.headers(host)
        if kept and kept.etag:
            headers["If-None-Match"] = kept.etag
        if kept and kept.modified:
            headers["If-Modified-Since"] = kept.modified
        clock = asyncio.get_running_loop().time
        start = clock()
        try:
            answer = await self._exchange.send(
                url, headers, trip.seconds, appetite(trip.accept, self._limits)
            )
        finally:
            trip.seconds -= clock() - start
        trip.set_cookies(host, answer.cookies)
        return answer


def _host(url: str) -> str:
    """Return the host of an address, with its port where that is an unusual one."""
    scheme, _, rest = url.partition("://")
    authority = rest.partition("/")[0]
    return authority.removesuffix(f":{PORTS[scheme]}")


def _lasts(kept: Kept) -> bool:
    """Return whether an answer may be served again without asking."""
    return not kept.failure or kept.failure in _LASTING


def _now() -> float:
    """Return the time as seconds since 1970."""
    return datetime.now(UTC).timestamp()


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
