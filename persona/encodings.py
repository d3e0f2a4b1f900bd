"""The encoding of text that is not UTF-8, as tables made by spreadsheets often are not."""

from typing import Final

SAMPLE: Final = 64 * 1024
"""Bytes beyond ASCII, with what stands around them, from which an encoding is guessed."""
FEW: Final = 32
"""Bytes beyond ASCII below which text is taken to be Western: too few for a guess."""
WESTERN: Final = "cp1252"


def likely_encoding(sample: bytes) -> str:
    """Return the name of the encoding that a sample of a text seems to be in."""
    if sum(byte > 0x7F for byte in sample) < FEW:
        return WESTERN
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else WESTERN
