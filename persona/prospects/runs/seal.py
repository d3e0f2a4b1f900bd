"""Files that show by themselves whether they are as they were written."""

from hashlib import sha256
from typing import Final

_DIGEST: Final = 32


def seal(content: bytes) -> bytes:
    """Return content with its SHA-256 before it."""
    return sha256(content).digest() + content


def unseal(sealed: bytes | None) -> bytes | None:
    """Return what was sealed, or None where it is absent, cut short or changed."""
    if sealed is None or len(sealed) < _DIGEST:
        return None
    content = sealed[_DIGEST:]
    return content if sha256(content).digest() == sealed[:_DIGEST] else None
