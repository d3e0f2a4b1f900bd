"""The hash is SHA-256, whichever implementation computes it."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from persona.digest import sha256


@given(st.binary())
def test_the_digest_is_that_of_hashlib(content: bytes) -> None:
    assert sha256(content).hexdigest() == hashlib.sha256(content).hexdigest()
