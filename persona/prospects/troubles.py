"""Why rows failed, in words that can be counted, and what to do about each."""

import re
from typing import Final

from persona.capture.records import FAILURES, Failure
from persona.prospects.judge import NO_WEBSITE

OTHER: Final = "for other reasons"
_NAMED: Final = re.compile(r"' is no public website: |\" is no public website: ")
_OWN: Final = (
    (re.compile(r"^\.\S+ is not the ending"), "it does not end as a public name does"),
    (re.compile(r"^port \d+ is none"), "its port is none of a public website's"),
    (re.compile(r" is a mail provider"), "it is a mail provider, not the company's site"),
    (re.compile(r"^\w+: is not for web pages"), "it is not for web pages"),
)
"""Complaints that name what a cell holds, and the same without it."""

_LATER: Final = "Try again later."
_SAVED: Final = (
    "The website asks programs not to read it. Save its pages from a browser and score them as "
    "a file, or add answers to the questionnaire."
)
_SPELLING: Final = "Check the spelling; some companies no longer have this website."
_DO: Final[dict[Failure, str]] = {
    "dns": _SPELLING,
    "refused": _LATER,
    "timeout": _LATER,
    "tls": "The website's certificate is faulty; tell the company, and try again later.",
    "connection": _LATER,
    "forbidden_address": "It leads to a private network. Correct the address; for a site of your "
    "own, let it through with --allow-address.",
    "robots": _SAVED,
    "unauthorised": _SAVED,
    "forbidden": _SAVED,
    "too_many_requests": _LATER,
    "server_error": _LATER,
    "not_found": _SPELLING,
    "http_error": _LATER,
    "too_many_redirects": _LATER,
    "elsewhere": "Put the address in the list to which it leads.",
    "bot_wall": _SAVED,
    "login_wall": _SAVED,
    "offline": "Run again without --offline.",
    "budget": "Run again, and allow more time for a site.",
}
_BY_WORDS: Final = {FAILURES[failure]: advice for failure, advice in _DO.items()}
_BY_HAND: Final = "Look at the website in a browser, and add answers to the questionnaire."
_CORRECT: Final = "Correct the address in the list."


def why_failed(reason: str, error: str) -> str:
    """Return why a row failed in words without anything of the row's own, to be counted by.

    ``reason`` and ``error`` are the outcome's. What is said first counts: answers that could not
    be used are named after it.
    """
    if reason != "invalid_address":
        return error.partition("; ")[0] or OTHER
    words = _NAMED.split(error, maxsplit=1)[-1].partition("; ")[0]
    if words == NO_WEBSITE or words == "no address was given":
        return NO_WEBSITE
    words = next((same for own, same in _OWN if own.search(words)), words)
    return f"no address of a website: {words}"


def what_to_do(why: str) -> str:
    """Return what can be done about rows that failed for a reason of ``why_failed``."""
    if why in _BY_WORDS:
        return _BY_WORDS[why]
    if why == NO_WEBSITE:
        return "Add the address of the website, or answers to the questionnaire."
    return _CORRECT if why.startswith("no address of a website") else _BY_HAND
