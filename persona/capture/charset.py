"""From the bytes of a page to its text, whatever it says about its own encoding."""

import codecs
import re
from typing import Final

_HEAD: Final = 4096
"""Bytes at the start of a page in which a <meta> or XML declaration is looked for."""

_SAMPLE: Final = 4096
"""Bytes from which an undeclared encoding is guessed; guessing costs milliseconds."""

_FALLBACK: Final = "cp1252"

_FEW: Final = 32
_FOREIGN: Final = 0.1
"""Below so many bytes beyond ASCII, and such a share of them, text is Western, most likely
English: a guesser takes its few accents for any of a dozen alphabets."""

_BEYOND_ASCII: Final = bytes(range(0x80, 0x100))

_CODECS: Final[dict[str, str]] = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8 utf8mb4",
    "cp1252": "windows-1252 cp1252 cp819 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 "
    "iso8859_1 latin1 latin-1 latin_1 l1 us-ascii ascii ansi_x3.4-1968",
    "utf-16-le": "utf-16 utf-16le utf_16 utf_16_le ucs-2 unicode",
    "utf-16-be": "utf-16be utf_16_be unicodefffe",
    "iso8859-2": "iso-8859-2 iso8859-2 iso8859_2 latin2 l2",
    "iso8859-3": "iso-8859-3 latin3",
    "iso8859-4": "iso-8859-4 latin4",
    "iso8859-5": "iso-8859-5 cyrillic",
    "iso8859-6": "iso-8859-6 arabic",
    "iso8859-7": "iso-8859-7 greek",
    "iso8859-8": "iso-8859-8 iso-8859-8-i hebrew",
    "iso8859-10": "iso-8859-10 latin6",
    "iso8859-13": "iso-8859-13",
    "iso8859-14": "iso-8859-14",
    "iso8859-15": "iso-8859-15 iso8859-15 iso8859_15 latin-9 latin9 l9",
    "iso8859-16": "iso-8859-16",
    "cp1250": "windows-1250 cp1250",
    "cp1251": "windows-1251 cp1251",
    "cp1253": "windows-1253 cp1253",
    "cp1254": "windows-1254 cp1254 iso-8859-9 latin5",
    "cp1255": "windows-1255 cp1255",
    "cp1256": "windows-1256 cp1256",
    "cp1257": "windows-1257 cp1257",
    "cp1258": "windows-1258 cp1258",
    "cp874": "windows-874 iso-8859-11 tis-620 dos-874",
    "cp866": "ibm866 cp866 866",
    "koi8-r": "koi8-r koi8_r koi8 koi",
    "koi8-u": "koi8-u koi8-ru",
    "mac-roman": "macintosh mac x-mac-roman",
    "gb18030": "gb18030 gbk gb2312 gb_2312-80 x-gbk chinese",
    "big5hkscs": "big5 big5-hkscs x-x-big5",
    "euc-jp": "euc-jp euc_jp x-euc-jp",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji cp932",
    "cp949": "euc-kr euc_kr ks_c_5601-1987 windows-949 cp949 korean",
}
_CODEC_OF: Final = {label: codec for codec, labels in _CODECS.items() for label in labels.split()}
"""The labels that are honoured. UTF-7, ISO-2022, HZ and the like are not: text that looks
harmless in one reading is markup in theirs."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_IN_META: Final = re.compile(rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_IN_XML: Final = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.I)


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a page, always encodable as UTF-8 and without NUL characters.

    The encoding is that of a byte-order mark, else of the Content-Type header, else of a
    declaration in the first 4 KiB, else UTF-8 where it fits, else a guess. Bytes that do not fit
    become U+FFFD.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return _clean(body[len(mark) :].decode(codec, "replace"))
    codec = _declared(body, content_type) or ""
    if codec in ("", "utf-8", _FALLBACK):
        # Valid UTF-8 beyond ASCII is never Latin text by accident, and many servers declare
        # Latin-1 for every page they send.
        try:
            return _clean(body.decode("utf-8"))
        except UnicodeDecodeError as error:
            codec = codec or _guess(body, error.start)
    return _clean(body.decode(codec, "replace"))


def _declared(body: bytes, content_type: str) -> str | None:
    """Return the codec that the header or the head of the page names, if it is honoured."""
    found = _IN_HEADER.search(content_type)
    if found and (codec := _CODEC_OF.get(found[1].lower())):
        return codec
    head = body[:_HEAD]
    for pattern in (_IN_META, _IN_XML):
        declared = pattern.search(head)
        if declared and (codec := _CODEC_OF.get(declared[1].decode("ascii", "ignore").lower())):
            # What could be read as ASCII up to here is not UTF-16.
            return "utf-8" if codec.startswith("utf-16") else codec
    return None


def _guess(body: bytes, first: int) -> str:
    """Return the likely codec of text that is not UTF-8 from byte ``first`` on."""
    start = max(0, first - _SAMPLE // 2)
    sample = body[start : start + _SAMPLE].replace(b"\0", b"")
    replaced = sample.decode("utf-8", "replace")
    foreign = len(sample) - len(sample.translate(None, _BEYOND_ASCII))
    if sum(char > "\x7f" for char in replaced) > 2 * replaced.count("\ufffd"):
        return "utf-8"
    if foreign < _FEW or foreign < len(sample) * _FOREIGN:
        return _FALLBACK
    return _guessed(sample)


def _guessed(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    guessable = [codec.replace("-", "_") for codec in _CODECS if not codec.startswith("utf")]
    best = from_bytes(sample, steps=3, chunk_size=1024, cp_isolation=guessable).best()
    codec = _CODEC_OF.get(best.encoding.replace("_", "-"), "") if best else ""
    return codec or _FALLBACK


def _clean(text: str) -> str:
    """Drop what no page means and later steps stumble over."""
    return text.replace("\0", "") if "\0" in text else text
