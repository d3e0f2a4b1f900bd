"""The facts that the oracle reads from the head of a page, its JSON-LD and its times."""

import json
import re
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag


def attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else (value or "")


def line(text: str, most: int = 200) -> str:
    return " ".join(text[:1000].split())[:most]


OWN = re.compile(r"(?:^|/)(?:(?:Web|Item|FAQ|About|QA)Page|\w*Article|\w*Posting)$")


def day_of(text: object) -> date | None:
    """Return the day of an ISO date between 1995 and 2100, the first where no day is given."""
    if not isinstance(text, str):
        return None
    digits = re.match(r"\s*(\d{4})[-/.]?(\d\d)(?:[-/.]?(\d\d))?(?!\d)", text)
    if not digits or not 1995 <= int(digits[1]) <= 2100:
        return None
    try:
        return date(int(digits[1]), int(digits[2]), int(digits[3] or 1))
    except ValueError:
        return None


class Head:
    """A parsed page with its addresses, its meta data and its days."""

    blocks: dict[int, str]

    def __init__(self, url: str, html: str, builder: str) -> None:
        self.soup = BeautifulSoup(html, builder)
        self.tags: list[Tag] = list(self.soup.find_all(True))
        self.url = url
        self.base = self._base()

    def _gone(self, tag: Tag) -> bool:
        return any(
            parent.name in ("noscript", "template", "iframe", "noembed", "noframes")
            for parent in tag.parents
        )

    def _base(self) -> str:
        tag = self.soup.find("base", href=True)
        href = self.absolute(attribute(tag, "href"), self.url) if isinstance(tag, Tag) else ""
        return href if href.startswith(("http://", "https://")) else self.url

    def absolute(self, href: str, base: str | None = None) -> str:
        href = href.strip()
        if re.match("(javascript|data|vbscript|about|blob):", href, re.IGNORECASE):
            return ""
        try:
            return urljoin(base or self.base, href).split("#")[0]
        except ValueError:
            return ""

    @cached_property
    def _metas(self) -> list[Tag]:
        metas = [tag for tag in self.tags if tag.name == "meta" and tag.has_attr("content")]
        return [tag for tag in metas if not self._gone(tag)]

    def meta(self, *names: str) -> str:
        """Return the content of the first meta tag with one of the names, tried in order."""
        for name in names:
            for tag in self._metas:
                keys = [attribute(tag, key) for key in ("property", "name", "http-equiv")]
                if next(filter(None, keys), "").strip().lower() == name:
                    content = " ".join(attribute(tag, "content")[:2000].split())[:500]
                    if content or name == names[-1]:
                        return content
                    break
        return ""

    @property
    def title(self) -> str:
        for tag in self.tags:
            if tag.name == "title" and (tag.parent is None or tag.parent.name != "svg"):
                return " ".join(tag.get_text()[:2000].split())[:500]
        return ""

    @property
    def declared_language(self) -> str:
        return attribute(self.soup.html, "lang").strip().lower()[:35] if self.soup.html else ""

    @property
    def refresh(self) -> str:
        target = self.meta("refresh").partition("=")[2].strip("'\" ")
        return self.absolute(target) if target else ""

    # ---- data for machines and days ----

    @cached_property
    def data(self) -> tuple[dict[str, Any], ...]:
        """Return the objects with a type in JSON-LD, level by level, in the order of the page."""
        found: list[dict[str, Any]] = []
        for script in self.tags:
            if script.name != "script":
                continue
            if attribute(script, "type").strip().lower() != "application/ld+json":
                continue
            if self._gone(script):
                continue
            try:
                level = [json.loads(str(script.string or "").strip().rstrip(";"), strict=False)]
            except ValueError:
                continue
            while level:
                found += [each for each in level if isinstance(each, dict) and "@type" in each]
                inner: list[Any] = []
                for each in level:
                    values = each.values() if isinstance(each, dict) else each
                    inner += [value for value in values if isinstance(value, (dict, list))]
                level = inner
        return tuple(found[:500])

    @cached_property
    def _times(self) -> list[Tag]:
        """Return the first 60 times for machines outside blocks."""
        times = [tag for tag in self.tags if tag.name == "time" and attribute(tag, "datetime")]
        return [tag for tag in times if not self._gone(tag) and not self._outside(tag)][:60]

    def _outside(self, tag: Tag) -> bool:
        return any(id(node) in self.blocks for node in (tag, *tag.parents))

    @property
    def days(self) -> set[date]:
        """Return the days of JSON-LD objects and of times."""
        found = {day_of(attribute(tag, "datetime")) for tag in self._times}
        for item in self.data:
            keys = ("datePublished", "startDate", "datePosted", "uploadDate", "dateCreated")
            days = [day_of(item.get(key)) for key in keys]
            found.add(next((day for day in days if day), None))
        return {day for day in found if day}

    @property
    def published(self) -> date | None:
        """Return the page's own day: of its JSON-LD, its meta data, its only time, its address."""
        for item in self.data:
            types = item["@type"] if isinstance(item["@type"], list) else [item["@type"]]
            if any(OWN.search(name) for name in types if isinstance(name, str)):
                day = day_of(item.get("datePublished") or item.get("datePosted"))
                if day:
                    return day
        times = self._times
        only = day_of(attribute(times[0], "datetime")) if len(times) == 1 else None
        path = re.search(r"/((?:19|20)\d\d)[/-](\d\d?)(?:[/-](\d\d?))?(?:[/-]|$)", self.path)
        written = path and f"{path[1]}-{path[2]:0>2}-{path[3] or '1':0>2}"
        return day_of(self.meta("article:published_time")) or only or day_of(written)

    @property
    def path(self) -> str:
        return urlsplit(self.url).path or "/"
