"""WARC files: the pages among the answers that a crawler wrote down.

Read with warcio rather than fastwarc: pure Python, so that it installs everywhere and a damaged
file cannot bring the process down; reading the records is a small part of the time that reading
the pages takes.
"""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from persona.capture.body import inflate
from persona.capture.charset import decode
from persona.capture.failures import Unreadable
from persona.capture.records import CapturedPage
from persona.capture.saved import LARGEST_PAGE, LONGEST_URL, Skip, site_of, when

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_HTML: Final = ("text/html", "application/xhtml+xml")
_SUCCESS: Final = ("200", "203")
_TOO_LARGE: Final = "the page is too large"


def read_warc(file: BinaryIO, skip: Skip) -> Iterator[CapturedPage]:
    """Yield the pages in an uncompressed WARC file, as far as it can be read.

    Only successful answers that are HTML count; anything else is passed over in silence, and
    what is damaged goes to ``skip``.
    """
    records = _records(file, skip)
    for number, record in enumerate(records, start=1):
        try:
            page = _page(record)
        except (ValueError, EOFError, OSError, zlib.error, AttributeError) as error:
            skip(f"record {number}: {error}")
            continue
        if page:
            yield page


def _records(file: BinaryIO, skip: Skip) -> Iterator["ArcWarcRecord"]:
    """Yield the records up to the first that makes the rest unreadable."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    from persona.capture.warclines import BoundedReader

    number = 0
    records = ArchiveIterator(file, arc2warc=False)
    records.reader = BoundedReader(file)
    try:
        for record in records:
            number += 1
            yield record
    except (ArchiveLoadFailed, ValueError, EOFError, OSError, zlib.error, KeyError) as error:
        why = " ".join(str(error).split())[:120]
        skip(f"after record {number}: the file is damaged or cut off ({why})")


def _page(record: "ArcWarcRecord") -> CapturedPage | None:
    """Return the page in a record, None when there is none; ValueError when it is unusable."""
    answer: Any = record.http_headers
    if record.rec_type != "response" or answer is None or answer.get_statuscode() not in _SUCCESS:
        return None
    content_type = answer.get_header("Content-Type") or ""
    if not content_type.lower().lstrip().startswith(_HTML):
        return None
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    if len(url) > LONGEST_URL:
        raise ValueError("no address of a web page")
    site_of(url)
    body = _body(record.raw_stream.read(LARGEST_PAGE + 1), answer)
    moment = when(record.rec_headers.get_header("WARC-Date"))
    return CapturedPage(url, decode(body, content_type), moment, int(answer.get_statuscode()))


def _body(raw: bytes, answer: Any) -> bytes:
    """Return the body of an answer, put together and unpacked; ValueError when it is unusable.

    warcio's own unpacking knows no cap.
    """
    from warcio.bufferedreaders import ChunkedDataReader

    if len(raw) > LARGEST_PAGE:
        raise ValueError(_TOO_LARGE)
    if (answer.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        raw = ChunkedDataReader(BytesIO(raw)).read()
    try:
        return inflate(raw, answer.get_header("Content-Encoding") or "", LARGEST_PAGE)
    except Unreadable as error:
        if error.failure == "too_large":
            raise ValueError(_TOO_LARGE) from None
        if raw.lstrip().startswith(b"<"):
            # Some crawlers keep the header when they unpack.
            return raw
        raise ValueError(error.detail) from None
