"""The commands' one-line complaints on a page: options give way to what the page offers."""

import re
from typing import Final

_ON_A_PAGE: Final = (
    (r" \(--as [^)]*\)", ""),
    (r"--as dates", "“One company at different dates”"),
    (r"--as people", "“Several people of one company”"),
    (r"add --anyway", "say so below"),
    (r"if you mean it, name it with --allow-address", "persona serve --allow-address lets it in"),
    (r"name the websites with --column website=\S+", "give the heading of the websites below"),
    (r"as in --column website=(\d+)", r"such as \1"),
    (r"--column website=(.*): (?=there is no such|columns \d)", r"“\1”: "),
    (r"start again with --restart", "begin anew"),
    (r"--resume", "“Go on”"),
    (r"--retry-failed", "“Try again what failed”"),
)
_PATTERNS: Final = tuple((re.compile(pattern), words) for pattern, words in _ON_A_PAGE)


def in_page_words(line: str) -> str:
    """Return a line of a command's, with its options named as the page names them."""
    for pattern, words in _PATTERNS:
        line = pattern.sub(words, line)
    return line
