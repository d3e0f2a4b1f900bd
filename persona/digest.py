"""SHA-256 without OpenSSL.

``hashlib`` loads OpenSSL, which costs a cold start about 4 ms for the one hash it needs. The
interpreter has an implementation of its own, which the standard library's ``random`` uses in the
same way for the same reason.
"""

try:
    from _sha2 import sha256  # type: ignore[import-not-found,unused-ignore]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found,unused-ignore,no-redef]
    except ImportError:
        from hashlib import sha256

__all__ = ["sha256"]
