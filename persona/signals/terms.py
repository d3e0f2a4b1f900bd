"""Term lists: phrases in a small notation that a speaker of the language can write and check.

A phrase is matched in lower-case text, at word boundaries, with any white space between words:

    best price          these words, one after another
    (get|ask for) quote one of the alternatives
    distribut*          a word that begins so
    save # %            # is a number
    get … quote         … is up to 30 characters in one sentence

Lists stand in ``data/terms/<language>.toml`` as ``[family.signal]`` tables of named lists.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from persona.errors import CatalogueError, FileError
from persona.files import read_text
from persona.signals.catalogue import DATA
from persona.signals.phrases import Phrase, read

_FIXED: Final = re.compile(r"[^\W_]")


class Terms:
    """A list of phrases, ready to be looked for in lower-case text.

    A phrase is looked for with a regular expression, but only where its rarest word stands, and
    only in text that has a word of each of its parts: most phrases are not on most pages.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        """Take phrases in the notation; ValueError for one that has no fixed word."""
        self.phrases = tuple(phrases)
        self._ready = tuple(map(Phrase, self.phrases))
        self._loose: list[int] = []
        self._by_word: dict[bytes, list[int]] = {}
        self._by_opening: dict[bytes, list[int]] = {}
        for number, phrase in enumerate(self._ready):
            rarest = phrase.parts[0]
            if rarest.is_loose:
                self._loose.append(number)
                continue
            for word in rarest.words:
                self._by_word.setdefault(word, []).append(number)
            for opening in rarest.openings:
                self._by_opening.setdefault(opening, []).append(number)
        self._words = frozenset(self._by_word)
        self._openings = frozenset(self._by_opening)

    def __bool__(self) -> bool:
        """Return whether there is at least one phrase."""
        return bool(self.phrases)

    def matches(self, lower: str) -> Iterator[re.Match[str]]:
        """Yield every match of every phrase in lower-case ``lower``, phrase by phrase."""
        text = read(lower)
        numbers = set(self._loose)
        for word in self._words & text.words:
            numbers.update(self._by_word[word])
        if self._by_opening:
            for opening in self._openings & text.openings:
                numbers.update(self._by_opening[opening])
        for number in sorted(numbers):
            phrase = self._ready[number]
            if phrase.may_be_in(text):
                yield from phrase.matches(text)

    def first(self, lower: str) -> re.Match[str] | None:
        """Return the first match of the first phrase that matches, or None."""
        return next(self.matches(lower), None)

    def count(self, lower: str) -> int:
        """Return how often the phrases occur; places where two phrases overlap count once."""
        count, end = 0, -1
        for start, stop in sorted(match.span() for match in self.matches(lower)):
            if start >= end:
                count, end = count + 1, stop
        return count

    def distinct(self, lower: str) -> int:
        """Return how many different wordings occur."""
        return len({match.group() for match in self.matches(lower)})

    def within(self, lower: str) -> bool:
        """Return whether any phrase occurs."""
        return self.first(lower) is not None


class TermLists:
    """All term lists of one language, by family, signal and name: ``lists["style.W04.price"]``.

    A list is made ready when it is first asked for: no site needs all of them.
    """

    def __init__(self, lists: dict[str, list[str]], source: str) -> None:
        """Take the phrases of each list; ``source`` is named in errors."""
        self._phrases = lists
        self._source = source
        self._ready: dict[str, Terms] = {}
        self._under: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, name: str) -> Terms:
        """Return one list; KeyError for a name that the file does not have.

        CatalogueError where a phrase of the list cannot be read.
        """
        ready = self._ready.get(name)
        if ready is None:
            try:
                ready = self._ready[name] = Terms(self._phrases[name])
            except (ValueError, re.error) as error:
                raise CatalogueError(f"{self._source}: {name}: {error}") from None
        return ready

    def names(self, table: str = "") -> tuple[str, ...]:
        """Return the names of all lists, or of those in one table ("controls.K01")."""
        if table not in self._under:
            before = f"{table}." if table else ""
            self._under[table] = tuple(name for name in self._phrases if name.startswith(before))
        return self._under[table]


def load_terms(path: Path) -> TermLists:
    """Load the term lists of one language; CatalogueError says what is wrong with the file."""
    import rtoml

    try:
        lists = dict(_flat(rtoml.loads(read_text(path)), ""))
    except (FileError, rtoml.TomlParsingError) as error:
        raise CatalogueError(f"{path}: {error}") from None
    return TermLists(lists, str(path))


def _flat(table: dict[str, object], before: str) -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            if bare := next((each for each in value if not _FIXED.search(each)), None):
                raise FileError(f"{name}: {bare!r} has no fixed word to look for")
            yield name, value
        else:
            raise FileError(f"{name}: not a list of phrases")


@cache
def shipped_terms(language: str = "en") -> TermLists:
    """Return the term lists that ship with the program for a language, loaded once."""
    return load_terms(DATA / "terms" / f"{language}.toml")
