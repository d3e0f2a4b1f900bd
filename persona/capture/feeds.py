"""Feeds (RSS and Atom): a site's newest posts with their dates."""

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from persona.capture.links import tidy
from persona.capture.sitemaps import Listed, day_number, harmless

if TYPE_CHECKING:
    from bs4 import Tag

MOST_ENTRIES: Final = 100

_DATES: Final = ("pubDate", "published", "updated", "date")


def parse_feed(text: str, url: str) -> tuple[Listed, ...]:
    """Return the posts of a feed in its order, at most 100; never raises."""
    from bs4 import BeautifulSoup

    given = harmless(text)
    if given is None:
        return ()
    try:
        soup = BeautifulSoup(given, "xml")
    except (ValueError, RecursionError, AssertionError):
        return ()
    posts: list[Listed] = []
    for entry in soup.find_all(["item", "entry"], limit=MOST_ENTRIES):
        address = _address(entry, url)
        if address:
            posts.append(Listed(address, _day(entry), "blog"))
    return tuple(posts)


def _address(entry: "Tag", url: str) -> str | None:
    """Return where a post is: the text of an RSS link, or the href of Atom's main link."""
    for link in entry.find_all("link", recursive=False, limit=10):
        if link.get("rel", "alternate") == "alternate":
            target = link.get("href") or link.get_text()
            address = tidy(str(target).strip(), url)
            if address:
                return address
    guid = entry.find("guid", recursive=False)
    written = guid.get_text().strip() if guid else ""
    return tidy(written) if written.startswith("http") else None


def _day(entry: "Tag") -> int:
    for name in _DATES:
        date = entry.find(name, recursive=False)
        if date:
            return day_number(date.get_text()) or _mail_day(date.get_text())
    return 0


def _mail_day(text: str) -> int:
    """Return a date as mail has it ("Tue, 07 May 2024 08:00:00 GMT") as YYYYMMDD, else 0."""
    try:
        return int(parsedate_to_datetime(text.strip()[:60]).strftime("%Y%m%d"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0
