"""Which page to read next: a fixed share of pages for every zone of a website.

Within a zone come lists and overviews first, then pages of kinds not read yet. What a zone does
not need passes on to the others. Pages of one pattern ("/calendar/2024/05") are taken a few times
at most, however many there are.
"""

from collections import Counter
from typing import Final, NamedTuple

from persona.capture.kinds import is_overview, kind_of, zone_of
from persona.capture.links import askable, key, shape
from persona.vocabulary import Zone

SHARES: Final[dict[Zone, int]] = {"Z1": 3, "Z2": 3, "Z3": 3, "Z4": 2, "Z5": 1}
"""How many of twelve pages each zone is meant to have, the home page among those of Z1."""

_ORDER: Final[dict[Zone, str]] = {
    "Z1": "home about+ leadership+ contact+ about leadership contact",
    "Z2": "product+ pricing+ product:3 solution+ solution:2 pricing shop+ shop",
    "Z3": "article+ article:3 event+ news+ research+ webinar+ news:2 research release+ download+ "
    "event:2 webinar download release",
    "Z4": "case_study+ partners+ customers+ support+ case_study:3 academy+ community+ docs+ "
    "partners:2 customers support academy community docs",
    "Z5": "careers+ job:8 careers",
}
"""In which order a zone's groups take turns; "+" marks lists and overviews, ":3" three turns."""

_OTHER: Final = "other"
_KEPT: Final = 60
"""Candidates held of one group, beside as many that have not been weeded out yet."""
_LANGUAGES: Final = frozenset(  # first sections of the addresses of translations
    """de fr es it pt br nl pl ru cn zh jp ja kr ko tr se sv da dk fi cs cz he hu ro
    th""".split()  # noqa: SIM905 (a list of strings would fill the page)
)


class Candidate(NamedTuple):
    """A page that could be read; ``day`` is that of the page as YYYYMMDD, 0 when not known."""

    url: str
    group: str
    zone: Zone | None
    source: int
    order: int
    day: int


class Frontier:
    """The candidates of one site, and how many pages each zone has had.

    ``pages`` is how many are to be read in all; ``home`` the address that was read first, whose
    language decides which translations of a page are left aside. The home page itself is a
    candidate where another page was read first.
    """

    def __init__(self, pages: int, home: str) -> None:
        self._pages = pages
        self._groups: dict[str, list[Candidate]] = {}
        self._seen: set[int] = {hash(key(home))}
        self._taken: Counter[str] = Counter({kind_of(home): 1})
        self._had: Counter[Zone | None] = Counter({zone_of(kind_of(home)): 1})
        self._shapes: Counter[str] = Counter()
        self._same_shape = max(2, pages // 4)
        self._language = _language(home)
        self._turns = {
            zone: [_turns(group) for group in order.split()] for zone, order in _ORDER.items()
        }

    def __len__(self) -> int:
        """Return how many candidates are left."""
        return sum(map(len, self._groups.values()))

    def add(self, url: str, text: str = "", source: int = 0, day: int = 0) -> None:
        """Add a page of the site by its tidy address; what is known or not worth it is ignored.

        ``source`` ranks where it was found, the best first; ``text`` is that of the link.
        """
        seen = hash(key(url))
        if seen in self._seen or not askable(url) or self._foreign(url):
            return
        self._seen.add(seen)
        kind = kind_of(url, text)
        zone = zone_of(kind)
        if kind == "home" and self._taken["home"]:
            kind, zone = "other", None
        if zone is None and kind != "other":
            return
        group = f"{kind}+" if kind != "home" and zone and is_overview(url) else kind
        candidates = self._groups.setdefault(group, [])
        candidates.append(Candidate(url, group, zone, source, len(self._seen), day))
        if len(candidates) > 2 * _KEPT:
            self._groups[group] = _weeded(candidates)

    def take(self) -> Candidate | None:
        """Return the page to read next and count it as read; None when there is none."""
        while group := self._next_group():
            candidates = self._groups[group]
            best = min(candidates, key=_newest if self._taken[group] % 2 else _first)
            candidates.remove(best)
            if not candidates:
                del self._groups[group]
            pattern = shape(best.url)
            if not best.url.endswith(pattern) and self._shapes[pattern] >= self._same_shape:
                continue
            self._shapes[pattern] += 1
            self._taken[group] += 1
            self._had[best.zone] += 1
            return best
        return None

    def give_back(self, candidate: Candidate) -> None:
        """Count a page that was taken as not read, so that another takes its place."""
        self._taken[candidate.group] -= 1
        self._had[candidate.zone] -= 1

    def close(self, candidate: Candidate) -> None:
        """Take no more pages of this pattern: it showed what another page had shown."""
        self._shapes[shape(candidate.url)] = self._same_shape

    def _next_group(self) -> str | None:
        """Return the group whose turn it is."""
        zones: dict[Zone, str] = {}
        for zone, turns in self._turns.items():
            waiting = [turn for turn in turns if turn[0] in self._groups]
            if waiting:
                zones[zone] = min(waiting, key=lambda turn: self._taken[turn[0]] / turn[1])[0]
        due = [zone for zone in zones if self._had[zone] < self._share(zone)]
        if due:
            return zones[min(due, key=self._need)]
        if _OTHER in self._groups and (not zones or self._had[None] < self._pages // 4):
            return _OTHER
        return zones[min(zones, key=self._need)] if zones else None

    def _share(self, zone: Zone) -> float:
        return max(1.0, self._pages * SHARES[zone] / sum(SHARES.values()))

    def _need(self, zone: Zone) -> float:
        return self._had[zone] / SHARES[zone]

    def _foreign(self, url: str) -> bool:
        """Return whether the address is that of a translation."""
        language = _language(url)
        return language in _LANGUAGES and language != self._language


def _language(url: str) -> str:
    """Return the first section of the path without a country ("de" for "/de-at/…")."""
    section = url.partition("://")[2].partition("/")[2].partition("/")[0].lower()
    return section[:2] if section[2:3] in ("", "-", "_") and len(section) <= 5 else ""


def _turns(group: str) -> tuple[str, int]:
    name, _, turns = group.partition(":")
    return name, int(turns or 1)


def _first(candidate: Candidate) -> tuple[int, int, int]:
    """Sort by where a page was found, then by depth."""
    return candidate.source, candidate.url.count("/"), candidate.order


def _newest(candidate: Candidate) -> tuple[int, int, int, int]:
    """Sort by date, those without last."""
    return -candidate.day, *_first(candidate)


def _weeded(candidates: list[Candidate]) -> list[Candidate]:
    """Return the better ones: half of them the first found, half the newest."""
    kept = set(sorted(candidates, key=_first)[: _KEPT // 2])
    kept.update(sorted(candidates, key=_newest)[: _KEPT // 2])
    return [candidate for candidate in candidates if candidate in kept]
