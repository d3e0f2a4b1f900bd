"""What several rules ask of the same site is found once and kept for as long as the site is."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from persona.signals.site import SiteFacts

T = TypeVar("T")


def once(find: Callable[[SiteFacts], T]) -> Callable[[SiteFacts], T]:
    """Return the same function, which looks at each site only once."""
    known: WeakKeyDictionary[SiteFacts, T] = WeakKeyDictionary()

    @wraps(find)
    def remembered(site: SiteFacts) -> T:
        if site not in known:
            known[site] = find(site)
        return known[site]

    return remembered
