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
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from persona.errors import CatalogueError, FileError
from persona.files import read_text
from persona.signals.catalogue import DATA

_SPACE: Final = r"\s{1,4}"
_GAP: Final = r"(?![^\W_])[^.!?\n]{0,30}?(?<![^\W_])"
_NUMBER: Final = r"\d[\d.,]{0,19}"
_ENDING: Final = r"[^\W_]{0,40}"
_SLACK: Final = 4
"""Characters that a space, and an ending above its mark, may take up beyond what is written."""

_TOKEN = re.compile(r"\(([^()]*)\)|(…)|(#)|([^\s()…#]+)|(\s+)")
_SPLIT: Final = bytes(byte if chr(byte).isalnum() and byte < 128 else 32 for byte in range(256))
"""Leaves the letters a to z and digits of UTF-8 and makes everything else a space."""

_SHORT: Final = 400
_OF_A_PIECE: Final = 4.0
_COMMON: Final = frozenset(
    b"a all an and are as at be by for from get in is it not of on or our s t that the this to us"
    b" up we with you your".split()
)
_FREQUENT: Final = frozenset(
    b"any but can do each every free has have here how if its like make many may more most need new"
    b" no now off one other out per see so such their them then they too use was what when which"
    b" who why will business products service services".split()
)


class Terms:
    """A list of phrases, ready to be looked for in lower-case text.

    A phrase is looked for with a regular expression, but only where its rarest word stands, and
    only in text that has a word of each of its parts: most phrases are not on most pages.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        self.phrases = tuple(phrases)
        self._compiled = tuple(_compile(phrase) for phrase in self.phrases)
        self._loose: list[int] = []
        self._by_word: dict[bytes, list[int]] = {}
        for number, phrase in enumerate(self._compiled):
            rarest = phrase.parts[0]
            if rarest.pieces:
                self._loose.append(number)
            else:
                for word in rarest.words:
                    self._by_word.setdefault(word, []).append(number)
        self._words = frozenset(self._by_word)

    def __bool__(self) -> bool:
        """Return whether there is at least one phrase."""
        return bool(self.phrases)

    def matches(self, lower: str) -> Iterator[re.Match[str]]:
        """Yield every match of every phrase in lower-case ``lower``, phrase by phrase."""
        words = _words_in(lower) if len(lower) > _SHORT else _few_words_in(lower)
        numbers = set(self._loose)
        for word in self._words & words:
            numbers.update(self._by_word[word])
        for number in sorted(numbers):
            yield from self._compiled[number].matches(words, lower)

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


def _pieces(text: str) -> list[bytes]:
    """Return the runs of plain letters and digits."""
    return text.encode("utf-8", "replace").translate(_SPLIT).split()


@lru_cache(maxsize=64)
def _words_in(lower: str) -> frozenset[bytes]:
    """Return the different words of a page; all lists are looked for in the same pages."""
    return frozenset(_pieces(lower))


@lru_cache(maxsize=4096)
def _few_words_in(lower: str) -> frozenset[bytes]:
    """Return the different words of a heading or label; apart, so that they push no page out."""
    return frozenset(_pieces(lower))


class _Anchor(NamedTuple):
    """A whole word by which some options of a part are known.

    ``beside`` holds, for each of the options, the other words that it takes; it is empty where
    one of them takes no other.
    """

    text: str
    weight: float
    beside: tuple[frozenset[bytes], ...]


class _Part(NamedTuple):
    """One part of a phrase: whole words, or pieces of words, of which one must occur.

    ``before`` is the most characters of the phrase that can stand before such a word.
    """

    words: frozenset[bytes]
    anchors: dict[bytes, _Anchor]
    pieces: tuple[str, ...]
    before: int

    def present(self, words: frozenset[bytes], lower: str) -> tuple[float, list[str]]:
        """Return the words and pieces that a text has, with how often they may stand in it."""
        found = [piece for piece in self.pieces if piece in lower] if self.pieces else []
        total = _OF_A_PIECE * len(found)
        for word in self.words & words:
            text, weight, beside = self.anchors[word]
            if not beside or any(others <= words for others in beside):
                found.append(text)
                total += weight
        return total, found

    def weight(self) -> float:
        """Return how often, by a rough guess, its words stand in a text: the less, the better."""
        whole = sum(anchor.weight for anchor in self.anchors.values())
        return whole + _OF_A_PIECE * len(self.pieces)


def _weight(word: bytes) -> float:
    if word in _COMMON or word in _FREQUENT:
        return 20.0 if word in _COMMON else 5.0
    return 8.0 / max(len(word), 2)


class _Phrase:
    """A phrase made ready: its parts, the rarest first, and the longest that it can be.

    The pattern is compiled when a text first has a word of every part: most phrases never get
    that far, and compiling all of them takes longer than reading a site's pages.
    """

    def __init__(self, parts: tuple[_Part, ...], pattern: str, reach: int) -> None:
        self.parts = parts
        self.reach = reach
        self._pattern = pattern

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The regular expression of the phrase."""
        return re.compile(self._pattern)

    def matches(self, words: frozenset[bytes], lower: str) -> Iterator[re.Match[str]]:
        """Yield the places of the phrase in a text that has these words."""
        best: tuple[float, list[str], int] | None = None
        for part in self.parts:
            weight, anchors = part.present(words, lower)
            if not anchors:
                return
            if best is None or weight < best[0]:
                best = weight, anchors, part.before
        if best is None:
            return
        end = 0
        for start, stop in _around(lower, best[1], best[2], self.reach):
            for match in self.pattern.finditer(lower, max(start, end), stop):
                end = match.end()
                if end < stop or stop >= len(lower):
                    yield match


def _around(
    lower: str, anchors: Iterable[str], before: int, after: int
) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text around the anchors, joined where they touch."""
    places = []
    for anchor in anchors:
        at = lower.find(anchor)
        while at >= 0:
            places.append(at)
            at = lower.find(anchor, at + 1)
    places.sort()
    start, stop = 0, -1
    for at in places:
        if at - before > stop:
            if stop >= 0:
                yield start, stop
            start = max(at - before, 0)
        stop = at + after
    if stop >= 0:
        yield start, stop


def _compile(phrase: str) -> _Phrase:
    """Return a phrase ready to be looked for; ValueError when it has no fixed word."""
    tokens: list[tuple[str, ...]] = _TOKEN.findall(phrase.strip().lower())
    pattern, reach = "", 2
    parts: list[_Part] = []
    for number, (choice, gap, digits, word, space) in enumerate(tokens):
        options = [option.strip() for option in choice.split("|")] if choice else [word]
        if choice or word:
            pattern += "(?:" + "|".join(_words(option) for option in options) + ")"
            reach += max(_length(option) for option in options)
            parts.append(_part(options, reach, glued=_is_glued(tokens, number)))
        elif gap:
            pattern, reach = pattern + _GAP, reach + 30
        elif digits:
            pattern, reach = pattern + _NUMBER, reach + 20
        elif space:
            beside = tokens[number - 1][1] or tokens[number + 1][1] or tokens[number + 1][3] == "%"
            pattern, reach = pattern + (r"\s{0,4}" if beside else _SPACE), reach + 4
    parts = [part for part in parts if part.words or part.pieces]
    if not parts:
        raise ValueError(f"{phrase!r} has no fixed word to look for")
    right = "" if phrase.rstrip().endswith("*") else r"(?![^\W_])"
    ordered = sorted(parts, key=_Part.weight)
    return _Phrase(tuple(ordered), r"(?<![^\W_])" + pattern + right, reach)


def _is_glued(tokens: list[tuple[str, ...]], number: int) -> bool:
    """Return whether a part stands without a space beside another, so that it may end mid-word."""
    beside = tokens[max(number - 1, 0) : number] + tokens[number + 1 : number + 2]
    return any(choice or digits or word for choice, _, digits, word, _ in beside)


def _part(options: list[str], before: int, *, glued: bool) -> _Part:
    """Return what must occur for one of the options to occur."""
    beside: dict[bytes, list[frozenset[bytes]]] = {}
    pieces: list[str] = []
    for option in options:
        whole = _pieces(" ".join(word for word in option.split() if word[-1:] != "*"))
        loose = max((word.removesuffix("*") for word in option.split()), key=len, default="")
        if whole and not glued:
            rarest = min(whole, key=_weight)
            beside.setdefault(rarest, []).append(frozenset(whole) - {rarest})
        elif any(char.isalnum() for char in loose):
            pieces.append(loose)
        else:
            return _Part(frozenset(), {}, (), before)
    anchors = {
        word: _Anchor(word.decode(), _weight(word), tuple(others) if all(others) else ())
        for word, others in beside.items()
    }
    return _Part(frozenset(anchors), anchors, tuple(pieces), before)


def _words(text: str) -> str:
    """Return the pattern of fixed words; a trailing * stands for the rest of a word."""
    return _SPACE.join(
        re.escape(word.removesuffix("*")) + (_ENDING if word.endswith("*") else "")
        for word in text.split()
    )


def _length(text: str) -> int:
    """Return the most characters that fixed words can match."""
    return len(text) + _SLACK * len(text.split()) + 40 * text.count("*")


class TermLists:
    """All term lists of one language, by family, signal and name: ``lists["style.W04.price"]``."""

    def __init__(self, lists: dict[str, Terms]) -> None:
        self._lists = lists

    def __getitem__(self, name: str) -> Terms:
        """Return one list; KeyError for a name that the file does not have."""
        return self._lists[name]

    def names(self) -> tuple[str, ...]:
        """Return the names of all lists."""
        return tuple(self._lists)


def load_terms(path: Path) -> TermLists:
    """Load the term lists of one language; CatalogueError says what is wrong with the file."""
    import rtoml

    lists: dict[str, Terms] = {}
    try:
        for name, phrases in _flat(rtoml.loads(read_text(path)), ""):
            try:
                lists[name] = Terms(phrases)
            except (ValueError, re.error, AttributeError) as error:
                raise CatalogueError(f"{path}: {name}: {error}") from None
    except (FileError, rtoml.TomlParsingError) as error:
        raise CatalogueError(f"{path}: {error}") from None
    return TermLists(lists)


def _flat(table: dict[str, object], before: str) -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}.")
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            yield name, value
        else:
            raise FileError(f"{name}: not a list of phrases")


@cache
def shipped_terms(language: str = "en") -> TermLists:
    """Return the term lists that ship with the program for a language, loaded once."""
    return load_terms(DATA / "terms" / f"{language}.toml")
