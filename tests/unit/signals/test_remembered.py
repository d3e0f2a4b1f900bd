"""What is found once for a site is not looked for again, and forgotten with the site."""

import gc
import weakref

from persona.signals.remembered import once
from persona.signals.site import SiteFacts


def test_each_site_is_looked_at_once() -> None:
    looked: list[str] = []

    @once
    def domain(site: SiteFacts) -> str:
        looked.append(site.domain)
        return site.domain

    one, other = SiteFacts("a.com", ()), SiteFacts("b.com", ())
    assert [domain(one), domain(other), domain(one)] == ["a.com", "b.com", "a.com"]
    assert looked == ["a.com", "b.com"]


def test_a_site_is_not_kept_alive() -> None:
    @once
    def pages(site: SiteFacts) -> int:
        return len(site.pages)

    site = SiteFacts("a.com", ())
    assert pages(site) == 0
    gone = weakref.ref(site)
    del site
    gc.collect()
    assert gone() is None
