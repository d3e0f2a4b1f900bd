"""The encoding of text that is not UTF-8."""

import pytest

from persona.encodings import FEW, likely_encoding


def test_few_strange_bytes_are_western() -> None:
    assert likely_encoding("Café Müller".encode("cp1252")) == "cp1252"
    assert likely_encoding("Привет мир".encode("cp1251")) == "cp1252"
    assert likely_encoding(b"plain") == "cp1252"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Широкая электрификация южных губерний даст мощный толчок подъёму", "cp1251"),
        ("日本語の文章がここにあります。これは長い文章です。もっと長く。", "shift_jis"),
    ],
)
def test_many_tell_the_encoding_they_are_in(text: str, encoding: str) -> None:
    raw = text.encode(encoding)
    assert sum(byte > 0x7F for byte in raw) >= FEW
    assert raw.decode(likely_encoding(raw)) == text
