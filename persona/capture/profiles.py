"""Websites with pages of many firms: a name that leads there has no website of its own."""

from typing import Final

from persona.capture.records import Failure

_PROFILES: Final = (
    "facebook.com instagram.com linkedin.com twitter.com x.com youtube.com tiktok.com "
    "pinterest.com xing.com yelp.com linktr.ee google.com amazon.com ebay.com etsy.com"
)
_MARKETS: Final = (
    "hugedomains.com dan.com afternic.com sedo.com buydomains.com domainmarket.com "
    "brandbucket.com squadhelp.com atom.com undeveloped.com"
)
ELSEWHERE: Final[dict[str, Failure]] = {
    **dict.fromkeys(_PROFILES.split(), "elsewhere"),
    **dict.fromkeys(_MARKETS.split(), "parked"),
}
"""By registrable domain, why a site that moved there cannot be read: profiles and shops on
platforms, and markets where names are sold."""
