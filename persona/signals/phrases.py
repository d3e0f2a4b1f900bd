"""The notation of one phrase: the words that it must have, and the pattern that finds it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

OPENING: Final = 4
"""Letters by which a word that may end anyhow ("distribut*") is looked up."""

_SPACE: Final = r"\s{1,4}"
_GAP: Final = r"(?![^\W_])[^.!?\n]{0,30}?(?<![^\W_])"
_NUMBER: Final = r"\d[\d.,]{0,19}"
_ENDING: Final = r"[^\W_]{0,40}"
_SLACK: Final = 4
"""Characters that a space, and an ending above its mark, may take up beyond what is written."""

_TOKEN = re.compile(r"\(([^()]*)\)|(…)|(#)|([^\s()…#]+)|(\s+)")
_SPLIT: Final = bytes(byte if chr(byte).isalnum() and byte < 128 else 32 for byte in range(256))
"""Leaves the letters a to z and digits and makes everything else a space."""

_PLAIN: Final = frozenset(bytes([byte]) for byte in b"abcdefghijklmnopqrstuvwxyz0123456789")

_LONG: Final = 400
"""Characters from which on a text is a page, and not a heading or a label."""
_OF_A_PIECE: Final = 4.0
_COMMON: Final = """
    a all an and are as at be by for from get in is it not of on or our s t that the this to us up
    we with you your
"""
_FREQUENT: Final = """
    any but can do each every free has have here how if its like make many may more most need new
    no now off one other out per see so such their them then they too use was what when which who
    why will business products service services
"""
_WEIGHTS: Final = {
    **dict.fromkeys(_COMMON.encode().split(), 20.0),
    **dict.fromkeys(_FREQUENT.encode().split(), 5.0),
}

_BEGUN = re.compile(r"[a-z0-9]+(?![*\w])", re.ASCII)
_Token = tuple[str, str, str, str, str]


class Text:
    """Lower-case text with its different words, in plain letters and digits.

    ``plain`` has one byte for each character: words are found several times as fast in bytes.
    """

    def __init__(self, lower: str) -> None:
        self.lower = lower
        self.plain = lower.encode("latin-1", "replace")
        self.words = frozenset(_split(self.plain))
        self._places: dict[bytes, list[int]] = {}

    @cached_property
    def openings(self) -> frozenset[bytes]:
        """The first letters of the words."""
        return frozenset([word[:OPENING] for word in self.words])

    def places(self, word: bytes) -> list[int]:
        """Return where a whole word stands, in order; many phrases ask for the same words."""
        places = self._places.get(word)
        if places is None:
            places = self._places[word] = []
            plain, size = self.plain, len(word)
            at = plain.find(word)
            while at >= 0:
                end = at + size
                if plain[end : end + 1] not in _PLAIN and plain[at - 1 : at] not in _PLAIN:
                    places.append(at)
                at = plain.find(word, end)
        return places

    def places_of_piece(self, piece: bytes | str) -> Iterator[int]:
        """Yield where a piece of a word stands, in order."""
        at = self._find(piece, 0)
        while at >= 0:
            yield at
            at = self._find(piece, at + 1)

    def _find(self, piece: bytes | str, start: int) -> int:
        if isinstance(piece, bytes):
            return self.plain.find(piece, start)
        return self.lower.find(piece, start)


def read(lower: str) -> Text:
    """Return a text with its words; those of the last texts are remembered, pages apart."""
    return _read_page(lower) if len(lower) > _LONG else _read_label(lower)


_read_page = lru_cache(maxsize=256)(Text)
_read_label = lru_cache(maxsize=4096)(Text)


def _split(text: bytes) -> list[bytes]:
    """Return the runs of plain letters and digits."""
    return text.translate(_SPLIT).split()


class Part(NamedTuple):
    """One part of a phrase, by what a text must have for one of its options to occur.

    ``words`` are whole words, one of each option. ``beside`` has the words of which every option
    takes others too, with these. ``openings`` are those of words that may end anyhow; of these,
    and of words that stand without a space beside something else, one of the ``pieces`` must be
    in the text. ``first`` are the words that a phrase begins with if the part is its first, empty
    where an option begins otherwise; ``leads`` says that these are ``words``, option by option.
    ``number`` is the place of the part in its phrase.
    """

    number: int
    words: frozenset[bytes] = frozenset()
    beside: Mapping[bytes, tuple[frozenset[bytes], ...]] = MappingProxyType({})
    openings: frozenset[bytes] = frozenset()
    pieces: tuple[bytes | str, ...] = ()
    first: frozenset[bytes] = frozenset()
    leads: bool = False

    @property
    def is_loose(self) -> bool:
        """Return whether neither words nor openings tell that a text may have the part."""
        return bool(self.pieces) and not self.openings

    def weight(self) -> float:
        """Return how often, by a rough guess, its words stand in a text: the less, the better."""
        return sum(map(_weight, self.words)) + _OF_A_PIECE * len(self.pieces)

    def places(self, text: Text) -> list[int]:
        """Return where the words and pieces stand in a text, in order."""
        words = [
            word
            for word in self.words & text.words
            if word not in self.beside or any(each <= text.words for each in self.beside[word])
        ]
        if len(words) == 1 and not self.pieces:
            return text.places(words[0])
        places = [place for word in words for place in text.places(word)]
        if self.pieces and (not self.openings or not self.openings.isdisjoint(text.openings)):
            for piece in self.pieces:
                places += text.places_of_piece(piece)
        return sorted(places)


@cache
def _weight(word: bytes) -> float:
    return _WEIGHTS.get(word) or 8.0 / max(len(word), 2)


class Phrase:
    """A phrase made ready: its parts, the rarest first.

    The pattern is made when a text first has a word of every part: most phrases never get that
    far, and making all of them takes longer than reading a site's pages.
    """

    def __init__(self, phrase: str) -> None:
        """Take a phrase in the notation; ValueError when it has no fixed word."""
        self._phrase = phrase
        self._tokens: list[_Token] = _TOKEN.findall(phrase.strip().lower())
        parts = [part for part in _parts(self._tokens) if part.words or part.pieces]
        if not parts:
            raise ValueError(f"{phrase!r} has no fixed word to look for")
        self.parts = sorted(parts, key=Part.weight) if len(parts) > 1 else parts
        self._others = [part.words for part in self.parts[1:] if not part.pieces]
        self._first = next((part.first for part in parts if part.number == 0), frozenset())

    def may_be_in(self, text: Text) -> bool:
        """Return whether a text has words of the parts beside the rarest: cheap, and rarely so."""
        return not any(words.isdisjoint(text.words) for words in self._others)

    def matches(self, text: Text) -> list[re.Match[str]]:
        """Return the places of the phrase in a text, in order."""
        rarest = self.parts[0]
        places = rarest.places(text)
        if not places:
            return []
        return self._at(text, places) if rarest.leads else self._near(text, places)

    def _at(self, text: Text, places: list[int]) -> list[re.Match[str]]:
        """Return the matches that begin at one of the places."""
        match, lower, end = self._compiled[0].match, text.lower, 0
        found = []
        for place in places:
            if place >= end and (one := match(lower, place)):
                end = one.end()
                found.append(one)
        return found

    def _near(self, text: Text, places: list[int]) -> list[re.Match[str]]:
        """Return the matches that have the rarest part at one of the places."""
        pattern, before, reach = self._compiled
        found, end, lower = [], 0, text.lower
        for start, stop in _stretches(places, before, reach):
            if self._first and self._first.isdisjoint(_split(text.plain[start:stop])):
                continue
            for match in pattern.finditer(lower, max(start, end), stop):
                end = match.end()
                if end < stop or stop >= len(lower):
                    found.append(match)
        return found

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str], int, int]:
        """The pattern, and the most characters up to the end of its rarest part and of all."""
        pattern, reach, before = "", 2, 0
        for number, (choice, gap, digits, word, space) in enumerate(self._tokens):
            if choice or word:
                options = _options(choice, word)
                pattern += "(?:" + "|".join(map(_words, options)) + ")"
                reach += max(map(_length, options))
                before = reach if number == self.parts[0].number else before
            elif gap:
                pattern, reach = pattern + _GAP, reach + 30
            elif digits:
                pattern, reach = pattern + _NUMBER, reach + 20
            elif space:
                last, following = self._tokens[number - 1], self._tokens[number + 1]
                beside = last[1] or following[1] or following[3] == "%"
                pattern, reach = pattern + (r"\s{0,4}" if beside else _SPACE), reach + 4
        right = "" if self._phrase.rstrip().endswith("*") else r"(?![^\W_])"
        return re.compile(r"(?<![^\W_])" + pattern + right), before, reach


def _stretches(places: list[int], before: int, after: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of text around the places, joined where they touch."""
    start, stop = 0, -1
    for at in places:
        if at - before > stop:
            if stop >= 0:
                yield start, stop
            start = max(at - before, 0)
        stop = at + after
    if stop >= 0:
        yield start, stop


def _parts(tokens: list[_Token]) -> Iterator[Part]:
    for number, (choice, _, _, word, _) in enumerate(tokens):
        if choice or word:
            yield _part(number, _options(choice, word), glued=_is_glued(tokens, number))


def _options(choice: str, word: str) -> list[str]:
    return [option.strip() for option in choice.split("|")] if choice else [word]


def _is_glued(tokens: list[_Token], number: int) -> bool:
    """Return whether a part stands without a space beside another, so that it may end mid-word."""
    beside = tokens[max(number - 1, 0) : number] + tokens[number + 1 : number + 2]
    return any(choice or digits or word for choice, _, digits, word, _ in beside)


def _part(number: int, options: list[str], *, glued: bool) -> Part:
    """Return what must occur for one of the options to occur; nothing where one has no word."""
    beside: dict[bytes, list[frozenset[bytes]]] = {}
    pieces: list[bytes | str] = []
    leads = not number and not glued
    for option in options:
        whole = [] if glued else _whole(option)
        loose = max((word.removesuffix("*") for word in option.split()), key=len, default="")
        if whole:
            rarest = min(whole, key=_weight) if len(whole) > 1 else whole[0]
            beside.setdefault(rarest, []).append(frozenset(whole) - {rarest})
            leads = leads and rarest == _first_word(option)
        elif any(char.isalnum() for char in loose):
            leads = False
            pieces.append(loose.encode() if loose.isascii() else loose)
        else:
            return Part(number)
    openings = [] if glued else [_opening(piece) for piece in pieces]
    first = [] if glued or number else [_first_word(option) for option in options]
    return Part(
        number,
        frozenset(beside),
        {word: tuple(others) for word, others in beside.items() if all(others)},
        frozenset(openings) if all(openings) else frozenset(),
        tuple(pieces),
        frozenset(first) if all(first) else frozenset(),
        leads,
    )


def _first_word(option: str) -> bytes:
    """Return the plain word that an option begins with, b"" where it begins otherwise."""
    word = option.partition(" ")[0]
    if word.isascii() and word.isalnum():
        return word.encode()
    begun = _BEGUN.match(option)
    return begun[0].encode() if begun else b""


def _whole(option: str) -> list[bytes]:
    """Return the whole words of an option, in plain letters and digits."""
    if option.isascii() and option.isalnum():
        return [option.encode()]
    whole = " ".join(word for word in option.split() if word[-1:] != "*")
    return _split(whole.encode("latin-1", "replace"))


def _opening(piece: bytes | str) -> bytes:
    """Return the opening of a word that may end anyhow, b"" where it is too short to tell."""
    opening = piece[:OPENING]
    plain = isinstance(opening, bytes) and len(opening) == OPENING and opening.isalnum()
    return opening if isinstance(opening, bytes) and plain else b""


def _words(text: str) -> str:
    """Return the pattern of fixed words; a trailing * stands for the rest of a word."""
    return _SPACE.join(
        re.escape(word.removesuffix("*")) + (_ENDING if word.endswith("*") else "")
        for word in text.split()
    )


def _length(text: str) -> int:
    """Return the most characters that fixed words can match."""
    return len(text) + _SLACK * len(text.split()) + 40 * text.count("*")
