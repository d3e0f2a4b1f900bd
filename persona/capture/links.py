"""Which addresses a page leads to, written one way only, and which of them are worth asking for."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import islice, pairwise
from typing import Final, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

LONGEST_URL: Final = 300
"""In characters; longer addresses are made by programs for programs."""
DEEPEST: Final = 8
_MOST_QUERY_PARTS: Final = 3
_MOST_HTML: Final = 2 * 1024 * 1024
_MOST_LINKS: Final = 3000
_HEAD: Final = 128 * 1024
_COMMENT: Final = 300
_MOST_TEXT: Final = 600
_SLOWEST_REFRESH: Final = 10

_ANCHOR = re.compile(r"<[aA]\s")
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_BASE = re.compile(r"<base\s([^>]{0,1000})>", re.IGNORECASE)
_LINK = re.compile(r"<link\s([^>]{0,1000})>", re.IGNORECASE)
_META = re.compile(r"<meta\s([^>]{0,1000})>", re.IGNORECASE)
_FEED = re.compile(r"type\s*=\s*[\"']?application/(?:rss|atom)\+xml", re.IGNORECASE)
_REFRESH = re.compile(r"http-equiv\s*=\s*[\"']?\s*refresh\b", re.IGNORECASE)
_CONTENT = re.compile(
    r"content\s*=\s*[\"']?\s*([\d.]{1,6})\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"'>]{1,1000})", re.I
)
_TAG = re.compile(r"<[^<>]{0,1000}>")
_SITE = r"https?://[a-z0-9.-]*[a-z0-9](?::(?!(?:80|443)\b)(?:[1-9]\d{1,3}|[1-5]\d{4}))?"
_TIDY = re.compile(rf"({_SITE})((?:/[A-Za-z0-9_%~-][A-Za-z0-9_.%~-]*){{0,8}}/?)(?:#[\w-]*)?", re.A)
_WHOLE = re.compile(rf"({_SITE})(/[^?#]*)?(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_FOLDER = re.compile(rf"(({_SITE})(?:/[^/?#]*)*/)[^/?#]*(?:[?#].*)?", re.DOTALL)
_ROOTED = re.compile(r"/(?![/\s\\])")
_RELATIVE = re.compile(r"(?:\.\.?/|\w)[^:\\?#]*(?:[?#]|$)")
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PLAIN = re.compile(r"(?:/[a-z0-9_-]+)*/?")
_ODD = re.compile(r"[\x00-\x20\x7f]+")
_UNMEANT = re.compile(r"[{}<>\\^`|\"]|'\s*\+|\+\s*'")
_SESSION_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/?#]*", re.IGNORECASE)
_DROPPED = re.compile(
    r"(?:utm_.*|[a-z]*clid|mc_[ce]id|_ga|_gl|_hs.*|hs.*tracking|srsltid|igshid|ref|referrer|source"
    r"|src|campaign|cid|trk|fb_.*|mkt_.*|pk_.*|piwik_.*|s_kwcid|ver|v|_|ts|timestamp|nocache|rand"
    r"|.*sess(?:ion)?_?id|sess|sid|s_id|zenid|oscsid|cfid|cftoken|aspsessionid.*|x?token|nonce)",
    re.IGNORECASE,
)
_REFUSED_KEYS = re.compile(
    r"(?:s|q|query|search.*|keywords?|sort.*|order.*|filter.*|facet.*|dir|limit|per_?page|page_?size"
    r"|paged?|view|print|replytocom|share|add-to-cart|action|redirect.*|return.*|next|date|month"
    r"|year|week|day|min.*|max.*|price.*|colou?r|size|brand|format|download|attachment_id|f\[.*)",
    re.IGNORECASE,
)
_REFUSED_SECTIONS: Final = frozenset(
    """login log-in signin sign-in signup sign-up register registration logout log-out signout
    sign-out account accounts my-account myaccount password forgot-password reset-password
    cart basket bag checkout wishlist order orders order-status search suche print printable
    tag tags author authors wp-admin wp-login wp-json wp-content wp-includes xmlrpc cgi-bin
    feed feeds rss atom amp trackback comments archive archives cdn-cgi static assets uploads
    unsubscribe subscribe thank-you thanks share email-a-friend user users member members
    admin administrator customer-login portal-login 404 error oauth sso auth preview
    pagination sitemap sitemaps site-map site_map""".split()  # noqa: SIM905 (a list of strings would fill pages)
)
_REFUSED_HOSTS: Final = frozenset(
    """login signin auth sso account accounts my app apps portal secure cdn static assets img
    images media-cdn mail webmail email status api analytics track tracking click links m mobile
    de fr es it pt br nl pl ru cn zh jp ja kr ko tr se no dk fi cz ar staging dev test beta demo
    checkout cart pay payments ftp""".split()  # noqa: SIM905
)
_FILES = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|csv|txt|xml|rss|atom|json|zip|gz|tgz|rar|7z|exe|msi|dmg"
    r"|apk|iso|jpe?g|png|gif|svg|webp|avif|ico|bmp|tiff?|mp3|mp4|m4[av]|mov|avi|wmv|webm|ogg|wav"
    r"|css|js|mjs|woff2?|ttf|eot|ics|vcf|eps|ai|psd|dwg|dxf|step|stp|igs)$",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default|home)\.(?:html?|php\d?|aspx?|jsp|cfm)$", re.IGNORECASE)
_PAGED = re.compile(r"/(?:page|p|seite)/\d+/?$|/page-?\d+/?$")


class Lead(NamedTuple):
    """A link on a page: where to, and its text."""

    url: str
    text: str


def tidy(href: str, base: str = "") -> str | None:
    """Return ``href`` as an absolute http(s) address, written the one way that is compared.

    No fragment, tracking or session parts; the query sorted. None where it is no such address,
    carries credentials, or is too long or too deep.
    """
    tidied = _TIDY.fullmatch(href) if len(href) <= LONGEST_URL else None
    if tidied:
        return f"{tidied[1]}{tidied[2] or '/'}"
    href = _ODD.sub("", href) if len(href) <= 4 * LONGEST_URL else ""
    if not href or _OTHER_SCHEME.match(href) or _UNMEANT.search(href):
        return None
    whole = _WHOLE.fullmatch(href)
    site, path, query = whole.groups() if whole else _joined(href, base)
    clean_path = _path(path or "")
    clean_query = _query(query or "")
    if not site or clean_path is None or clean_query is None:
        return None
    url = f"{site}{clean_path}{clean_query}"
    return url if len(url) <= LONGEST_URL else None


def _joined(href: str, base: str) -> tuple[str, str, str]:
    """Return scheme with host, path and query of an address, the first "" where it has none."""
    try:
        parts = urlsplit(urljoin(base, href))
        host, port = parts.hostname, parts.port
    except ValueError:
        return "", "", ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return "", "", ""
    at = f":{port}" if port and port != {"http": 80, "https": 443}[parts.scheme] else ""
    name = f"[{host}]" if ":" in host else host.rstrip(".")
    return f"{parts.scheme}://{name}{at}", parts.path, parts.query


def key(url: str) -> str:
    """Return what two addresses of the same page share, "www." and encryption aside."""
    rest = url.partition("://")[2].removeprefix("www.")
    return _INDEX.sub("/", rest).rstrip("/")


def shape(url: str) -> str:
    """Return the address with its numbers and values left out: pages of one pattern share it."""
    path, _, query = url.partition("://")[2].partition("?")
    path = re.sub(r"\b[0-9a-f]{12,}\b|\d+", "0", path)
    keys = "&".join(pair.partition("=")[0] for pair in query.split("&"))
    return f"{path}?{keys}" if query else path


def askable(url: str) -> bool:
    """Return whether a tidy address may lead to a page about the company.

    Log-ins, carts, searches, files, lists by tag and author, and later pages of lists do not.
    """
    host, _, rest = url.partition("://")[2].partition("/")
    path, _, query = rest.partition("?")
    sections = path.lower().split("/")
    if host.count(".") > 1 and host.partition(".")[0] in _REFUSED_HOSTS:
        return False
    if _FILES.search(path) or _PAGED.search(f"/{path}"):
        return False
    if any(section.partition(".")[0] in _REFUSED_SECTIONS for section in sections):
        return False
    if any(sections.count(section) > 2 for section in sections if section):
        return False
    keys = [pair.partition("=")[0] for pair in query.split("&")] if query else []
    return not any(_REFUSED_KEYS.fullmatch(each) for each in keys)


def base_of(html: str, url: str) -> str:
    """Return the address that relative links on a page count from."""
    if html.find("<base", 0, _HEAD) >= 0 or html.find("<BASE", 0, _HEAD) >= 0:
        found = _BASE.search(html, 0, _HEAD)
        href = _HREF.search(found[1]) if found else None
        if href:
            try:
                return urljoin(url, unescape(_value(href)).strip())
            except ValueError:
                return url
    return url


def leads(html: str, url: str, fresh: Callable[[str], bool] = lambda _: True) -> Iterator[Lead]:
    """Yield the links of a page in the order of the page, in one pass over its text.

    ``fresh`` is asked with each address as it is written, with the base it counts from where
    that matters, before anything is done with it: most links are the same on every page.
    """
    base = base_of(html, url)
    here = base.rpartition("/")[0]
    absolute = _absolute(base)
    html = html[:_MOST_HTML]
    for start, stop in _anchors(html):
        end = html.find(">", start, stop)
        written = _href(html, start, end, stop)
        if not written or written[0] == "#":
            continue
        if not fresh(written if written[0] == "/" or "://" in written else f"{here} {written}"):
            continue
        if "&" in written:
            written = unescape(written)
        address = tidy(absolute(written), base)
        if address is not None:
            yield Lead(address, _text(html, end + 1, stop) if end >= 0 else "")


def feed_links(html: str, url: str) -> list[str]:
    """Return the addresses of the feeds that a page names, those of comments left out."""
    if "+xml" not in html:
        return []
    found: list[str] = []
    base = base_of(html, url)
    for link in _LINK.findall(html[:_HEAD]):
        href = _HREF.search(link)
        if href and _FEED.search(link) and "comment" not in link.lower():
            address = tidy(unescape(_value(href)), base)
            if address and address not in found:
                found.append(address)
    return found


def refresh_of(html: str, url: str) -> str | None:
    """Return where a page passes its visitors on to within ten seconds, None where it stays."""
    head = html[:_HEAD]
    if "refresh" not in head and "REFRESH" not in head and "Refresh" not in head:
        return None
    for meta in _META.findall(head):
        content = _CONTENT.search(meta) if _REFRESH.search(meta) else None
        if content and float("0" + content[1].replace(".", "", 1)[:4]) <= _SLOWEST_REFRESH:
            target = tidy(unescape(content[2]).strip(), base_of(html, url))
            return target if target and target != url else None
    return None


def _path(path: str) -> str | None:
    """Return a path without session ids, doubled slashes and steps back; None when too deep."""
    if _PLAIN.fullmatch(path):
        return (path or "/") if path.rstrip("/").count("/") <= DEEPEST else None
    sections: list[str] = []
    for section in _SESSION_PATH.sub("", path).split("/"):
        if section == "..":
            del sections[-1:]
        elif section not in ("", "."):
            sections.append(section)
    if len(sections) > DEEPEST:
        return None
    end = "/" if sections and path.endswith(("/", "/.", "/..")) else ""
    return quote("/" + "/".join(sections) + end, safe="/%:@!$&'()*+,;=~-._")


def _query(query: str) -> str | None:
    """Return "?" and the query's parts that matter, sorted; None when they are too many."""
    if not query:
        return ""
    pairs = [pair for pair in query.split("&") if pair]
    kept = sorted({pair for pair in pairs if not _DROPPED.fullmatch(pair.partition("=")[0])})
    if len(kept) > _MOST_QUERY_PARTS:
        return None
    return "?" + quote("&".join(kept), safe="/%:@!$&'()*+,;=~-._?[]") if kept else ""


def _absolute(base: str) -> Callable[[str], str]:
    """Return what makes the usual addresses on a page absolute, and leaves others as they are."""
    found = _FOLDER.fullmatch(base)
    if not found:
        return lambda written: written
    folder, site = found.groups()

    def absolute(written: str) -> str:
        if _ROOTED.match(written):
            return site + written
        return folder + written if _RELATIVE.match(written) else written

    return absolute


def _anchors(html: str) -> Iterator[tuple[int, int]]:
    """Yield where each link begins, after its "<a ", and ends at the latest.

    Links in comments are left out.
    """
    starts = [found.end() for found in islice(_ANCHOR.finditer(html), _MOST_LINKS)]
    before = 0
    for start, following in pairwise([*starts, len(html) + 3]):
        opened = html.rfind("<!--", max(before, start - 3 - _COMMENT), start - 3)
        if opened < 0 or html.find("-->", opened, start - 3) >= 0:
            yield start, min(following - 3, start + 4 * _MOST_TEXT)
        before = start


def _href(html: str, start: int, end: int, stop: int) -> str:
    """Return the address that the tag from ``start`` to ``end`` names, as written, else ""."""
    if end < 0:
        end = stop
    at = html.find('href="', start, end)
    if at >= 0 and html[at - 1].isspace():
        close = html.find('"', at + 6, stop)
        return html[at + 6 : close if close >= 0 else stop].strip()
    href = _HREF.search(html, start, end)
    return _value(href) if href else ""


def _value(href: re.Match[str]) -> str:
    return (href[1] or href[2] or href[3] or "").strip()


def _text(html: str, start: int, stop: int) -> str:
    """Return the text of a link from what stands between its tags."""
    end = html.find("</a", start, stop)
    if end < 0:
        upper = html.find("</A", start, stop)
        end = upper if upper >= 0 else min(start + 200, stop)
    inner = html[start:end]
    if "<" in inner:
        inner = _TAG.sub(" ", inner)
    if "&" in inner:
        inner = unescape(inner)
    return " ".join(inner.split())[:200]
