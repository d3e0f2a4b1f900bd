"""The first words of a home page: its first heading and the line below it."""

from typing import Final

from persona.signals.page import Page

_LONGEST: Final = 60
"""In words: a longer line below the heading is running text, not a claim."""


def hero(page: Page) -> str:
    """Return the first heading of level 1 (or else 2) and the line after it, on one line.

    The empty text when the page has no such heading.
    """
    for level in (1, 2):
        for heading in page.headings:
            if heading.level == level and heading.text.strip():
                title = " ".join(heading.text.split())
                return f"{title} {_below(page, title)}".strip()
    return ""


def _below(page: Page, title: str) -> str:
    """Return the first line with four words or more after the line that ends the title."""
    past = False
    for line in page.lines:
        if past:
            count = len(line.split())
            if count >= 4:
                return line if count <= _LONGEST else ""
        elif title.endswith(line) or line.startswith(title):
            past = True
    return ""
