"""Which addresses a page leads to, written one way only, and which of them are worth asking for."""

import re
from collections.abc import Callable, Iterator
from html import unescape
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

_UNUSUAL_ANCHOR = re.compile(r"<(?:A\s|a[\t\r\n])")
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
_SIMPLE = re.compile(r"https?://[a-z0-9.-]+[a-z0-9](?:/[a-z0-9_-]+){0,8}/?")
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
    if len(href) <= LONGEST_URL and _SIMPLE.fullmatch(href):
        return href if href.count("/") > 2 else f"{href}/"
    href = _ODD.sub("", href) if len(href) <= 4 * LONGEST_URL else ""
    if not href or _UNMEANT.search(href):
        return None
    try:
        parts = urlsplit(urljoin(base, href))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    path = _path(parts.path)
    query = _query(parts.query)
    if path is None or query is None:
        return None
    at = f":{port}" if port and port != {"http": 80, "https": 443}[parts.scheme] else ""
    name = f"[{host}]" if ":" in host else host.rstrip(".")
    url = f"{parts.scheme}://{name}{at}{path}{query}"
    return url if len(url) <= LONGEST_URL else None


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
    head = html[:_HEAD]
    if "<base" in head or "<BASE" in head:
        found = _BASE.search(head)
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
    origin = "/".join(base.split("/", 3)[:3])
    for piece in _anchors(html[:_MOST_HTML]):
        written = _href(piece)
        if not written or written[0] == "#":
            continue
        if not fresh(written if written[0] == "/" or "://" in written else f"{here} {written}"):
            continue
        if written[0] == "/" and _PLAIN.fullmatch(written):
            written = origin + written
        address = tidy(unescape(written) if "&" in written else written, base)
        if address is not None:
            yield Lead(address, _text(piece.partition(">")[2]))


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


def _anchors(html: str) -> Iterator[str]:
    """Yield what follows each opening of a link, cut short, links in comments left out."""
    if _UNUSUAL_ANCHOR.search(html):
        html = _UNUSUAL_ANCHOR.sub("<a ", html)
    before = ""
    for number, piece in enumerate(html.split("<a ", _MOST_LINKS)):
        opened = before.rfind("<!--")
        if number and (opened < 0 or before.find("-->", opened) > 0):
            yield piece[: 4 * _MOST_TEXT]
        before = piece[-_COMMENT:]


def _href(piece: str) -> str:
    """Return the address that a link's tag names, as written, "" where it names none."""
    at = piece.find('href="', 0, piece.find(">"))
    if at >= 0 and (not at or piece[at - 1].isspace()):
        return piece[at + 6 : piece.find('"', at + 6)].strip()
    href = _HREF.search(piece.partition(">")[0])
    return _value(href) if href else ""


def _value(href: re.Match[str]) -> str:
    return (href[1] or href[2] or href[3] or "").strip()


def _text(inner: str) -> str:
    """Return the text of a link from what stands between its tags."""
    end = inner.lower().find("</a")
    return " ".join(unescape(_TAG.sub(" ", inner[: end if end >= 0 else 200])).split())[:200]
