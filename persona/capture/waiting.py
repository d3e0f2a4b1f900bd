"""How long to wait before asking again."""

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 10 * 365 * 24 * 3600.0
"""In seconds: what any larger figure counts as."""


def backoff(url: str, attempt: int, seconds: float) -> float:
    """Return the pause in seconds after a failed attempt, counted from 0: twice as long each time.

    Up to half as much again is added, by chance but the same at every run, so that many clients
    do not come back at once.
    """
    jitter = random.Random(f"{attempt} {url}").random() / 2
    return float(seconds * 2**attempt * (1 + jitter))


def asked_for(retry_after: str) -> float | None:
    """Return the seconds that a Retry-After header asks for, None when it says nothing usable.

    The header holds seconds or a date.
    """
    value = retry_after.strip()
    if value.isascii() and value.isdecimal():
        return min(float(value[:20]), _LONGEST)
    try:
        date = parsedate_to_datetime(value)
        wait = (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(wait, 0.0), _LONGEST)
