"""From bytes to text: whatever a page says about its encoding, and when it says nothing."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.capture.charset import decode

TEXT = "<p>Café Zürich – “naïve” £5</p>"


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-8", "text/html; charset=utf-8"),
        ("utf-8", 'text/html; charset="UTF8"'),
        ("cp1252", "text/html;charset=ISO-8859-1"),
        ("cp1252", "text/html; charset = latin1"),
        ("utf-16-le", "text/html; charset=utf-16"),
        ("mac-roman", "text/html; charset=macintosh"),
        ("gb18030", "text/html; charset=GBK"),
        ("utf-8", ""),
        ("cp1252", ""),
    ],
)
def test_the_header_decides(encoding: str, content_type: str) -> None:
    assert decode(TEXT.encode(encoding), content_type) == TEXT


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="koi8-r">',
        "<META CHARSET=koi8-r>",
        '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
        '<?xml version="1.0" encoding="koi8-r"?>',
    ],
)
def test_without_a_header_the_page_decides(declaration: str) -> None:
    page = f"{declaration}<p>Привет</p>"
    assert decode(page.encode("koi8-r"), "text/html") == page


def test_a_declaration_too_far_into_the_page_does_not_count() -> None:
    page = f"{' ' * 5000}<meta charset=koi8-r>é"
    assert decode(page.encode("cp1252")) == page


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_comes_before_the_header(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding), "text/html; charset=koi8-r") == TEXT


def test_utf_8_sent_as_latin_1_is_read_as_utf_8() -> None:
    assert decode(TEXT.encode(), "text/html; charset=iso-8859-1") == TEXT


def test_latin_1_sent_as_utf_8_loses_its_accents_only() -> None:
    assert decode(b"<p>Caf\xe9 in Leeds</p>", "text/html; charset=utf-8") == (
        "<p>Caf\N{REPLACEMENT CHARACTER} in Leeds</p>"
    )


def test_a_page_that_is_ascii_so_far_is_not_utf_16() -> None:
    assert decode(b"<meta charset=utf-16><p>Leeds</p>").endswith("<p>Leeds</p>")


@pytest.mark.parametrize(
    "label", ["utf-7", "iso-2022-jp", "hz-gb-2312", "rot13", "zlib", "idna", "unicode_escape"]
)
def test_encodings_that_hide_markup_are_not_honoured(label: str) -> None:
    hidden = b"+ADw-script+AD4-alert(1)+ADw-/script+AD4- \\u003cscript\\u003e ~{<script"
    for page, header in (
        (hidden, f"text/html; charset={label}"),
        (b"<meta charset=%b>" % label.encode() + hidden, ""),
    ):
        assert decode(page, header) == page.decode("ascii")


def test_broken_surrogates_and_nul_characters_do_not_get_through() -> None:
    assert "\0" not in decode(b"a\0b\0")
    assert (
        decode(b"caf\xc3\xa9 " * 10 + b"\xed\xa0\x80")
        == "café " * 10 + "\N{REPLACEMENT CHARACTER}" * 3
    )
    lone = b"\xff\xfe" + b"a\0" + b"\x00\xd8" + b"b\0"
    assert decode(lone).encode() == "a\N{REPLACEMENT CHARACTER}b".encode()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет, это русский текст о компании и её продуктах. " * 20, "cp1251"),
        ("これは日本語のテキストです。会社の製品について説明します。" * 20, "cp932"),
    ],
)
def test_an_undeclared_foreign_encoding_is_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_few_undeclared_accents_are_western() -> None:
    text = "We make valves. " * 500 + "naïve café Zürich – “yes”" + " We sell valves." * 500
    assert decode(text.encode("cp1252")) == text


@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["", "text/html; charset=utf-8", "charset=utf-16", "charset=utf-7", "charset=big5"]
    ),
)
def test_any_bytes_become_text_that_can_be_written(body: bytes, content_type: str) -> None:
    text = decode(body, content_type)
    assert "\0" not in text
    text.encode("utf-8")
