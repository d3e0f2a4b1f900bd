"""A folder of pages saved from one website by hand or by a mirroring program."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from persona.capture.charset import decode
from persona.capture.links import tidy
from persona.capture.records import Capture, CapturedPage
from persona.capture.saved import (
    LARGEST_PAGE,
    MOST_PER_SITE,
    Skip,
    capture_of,
    site_of,
    within,
)
from persona.errors import CaptureError, FileError
from persona.files import read_bytes

_HEAD: Final = 64 * 1024
_DEEPEST: Final = 12
_ENDINGS: Final = (".html", ".htm", ".xhtml")
_PARTS_FOLDER: Final = ("_files", "_fichiers", "_dateien", "-Dateien", "_archivos")
"""Endings of the folders in which browsers keep the parts of a page they saved."""

_SAVED_FROM = re.compile(r"saved from url=(?:\(\d{1,6}\))?\s*(https?://[^\s>]{1,2000})", re.I)
_CANONICAL = re.compile(r"<link\b[^>]{0,500}\brel\s*=\s*[\"']?canonical\b[^>]{0,2000}", re.I)
_OWN_ADDRESS = re.compile(r"<meta\b[^>]{0,500}[\"']og:url[\"'][^>]{0,2000}", re.I)
_TARGET = re.compile(r"\b(?:href|content)\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^\s\"'>]+))", re.I)
_NO_NAME = re.compile(r"[^a-z0-9.-]+")


def read_folder(folder: Path, skip: Skip) -> Capture:
    """Return the pages in a folder and below it as one site.

    A page's address is what it says itself (canonical link, "saved from" remark, og:url); where
    it says none, or one of another site, it is the file's name under the site's. Raises
    CaptureError when there is no page.
    """
    read = within(_read(folder, skip), lambda page: page[1], str(folder), skip)
    found = [(path, html, stated_address(html)) for path, html in read]
    if not found:
        raise CaptureError(f"{folder}: no saved page (.html) in this folder")
    host = _host(folder, [address for _, _, address in found if address])
    pages = [
        CapturedPage(_address(folder, path, stated, host), html) for path, html, stated in found
    ]
    return capture_of(site_of(f"https://{host}/"), pages)


def read_saved_page(path: Path) -> Capture:
    """Return one saved page as a site of one page; CaptureError when it cannot be read."""
    try:
        html = decode(read_bytes(path, LARGEST_PAGE))
    except FileError as error:
        raise CaptureError(str(error)) from None
    address = stated_address(html)
    if address is None:
        host = _NO_NAME.sub("-", path.stem.lower()).strip("-.") or "page"
        address = f"https://{host}/"
    return capture_of(site_of(address), [CapturedPage(address, html)])


def is_saved_page(path: Path) -> bool:
    """Return whether a file is named like a saved page."""
    return path.name.lower().endswith(_ENDINGS)


def stated_address(html: str) -> str | None:
    """Return the address that a saved page gives as its own, None when it gives none."""
    head = html[:_HEAD]
    saved = _SAVED_FROM.search(head)
    for pattern in (_CANONICAL, _OWN_ADDRESS):
        tag = pattern.search(head)
        target = _TARGET.search(tag[0]) if tag else None
        if target:
            address = tidy(unescape(target[1] or target[2] or target[3]))
            if address:
                return address
    return tidy(saved[1]) if saved else None


def _read(folder: Path, skip: Skip) -> Iterator[tuple[Path, str]]:
    """Yield the pages below a folder, as many as are held of one site."""
    count = 0
    for path in _files(folder, skip):
        if count == MOST_PER_SITE:
            skip(f"more than {MOST_PER_SITE} pages; the others were left out")
            return
        try:
            html = decode(read_bytes(path, LARGEST_PAGE))
        except FileError as error:
            skip(str(error))
            continue
        count += 1
        yield path, html


def _files(folder: Path, skip: Skip) -> Iterator[Path]:
    """Yield the pages below a folder by name, links and parts of saved pages left out."""
    for place, folders, names in os.walk(folder, onerror=lambda error: skip(str(error))):
        depth = len(Path(place).relative_to(folder).parts)
        folders[:] = sorted(
            name for name in folders if not name.endswith(_PARTS_FOLDER) and depth < _DEEPEST
        )
        for name in sorted(names):
            path = Path(place, name)
            if name.lower().endswith(_ENDINGS) and path.is_file() and not path.is_symlink():
                yield path


def _host(folder: Path, addresses: list[str]) -> str:
    """Return the host of the site: the one most pages name, else the folder's name as one."""
    hosts = Counter(urlsplit(address).netloc for address in addresses)
    if hosts:
        return min(hosts, key=lambda host: (-hosts[host], host))
    return _NO_NAME.sub("-", folder.resolve().name.lower()).strip("-.") or "folder"


def _address(folder: Path, path: Path, stated: str | None, host: str) -> str:
    if stated and site_of(stated) == site_of(f"https://{host}/"):
        return stated
    name = path.relative_to(folder).as_posix()
    if path.stem.lower() in ("index", "home"):
        name = name[: -len(path.name)]
    return f"https://{host}/{quote(name, errors='replace')}"
