"""Triggers: small checked conditions over a company's profile and answers, written as data.

    expression := term ("or" term)*
    term       := factor ("and" factor)*
    factor     := condition | "(" expression ")"
    condition  := DIMENSION ("=" | "<=" | ">=") LEVEL      BASIS = 1      level 1 to 3
                | ITEM      ("=" | "<=" | ">=") SCORE      E02 <= 1       score 0 to 3
                | ITEM "is" OPTION                         P02 is a

A condition on something unknown is false. An expression that holds is returned with the
conditions that made it hold, so that advice can say which answers it rests on.
"""

import re
from typing import Literal, NoReturn

import msgspec

from persona.errors import TriggerError
from persona.model.profile import Profile
from persona.observations import Answer, ObservationRow
from persona.vocabulary import DIMENSIONS

_TOKEN = re.compile(r"\s*(<=|>=|=|\(|\)|[A-Za-z0-9]+)")
_ITEM = re.compile(r"[PE]\d\d")
_COMPARISONS = ("=", "<=", ">=")
_BEST = 3
_LOWEST_LEVEL = 1


class Condition(msgspec.Struct, frozen=True):
    """One comparison: ``subject`` is a dimension or an item, ``value`` a level, score or option."""

    subject: str
    operator: Literal["=", "<=", ">=", "is"]
    value: int | str


class Both(msgspec.Struct, frozen=True):
    """Holds when every part holds."""

    parts: tuple["Expression", ...]


class Either(msgspec.Struct, frozen=True):
    """Holds when at least one part holds."""

    parts: tuple["Expression", ...]


Expression = Condition | Both | Either


class Facts(msgspec.Struct, frozen=True):
    """What triggers are evaluated against: a company's answers and its profile."""

    row: ObservationRow
    profile: Profile


class Match(msgspec.Struct, frozen=True):
    """A condition that holds, the answers it rests on, and how far from good they are.

    For a dimension, the answers are those whose own level fulfils the condition; where only
    their mean does (one at each end), all of them.
    ``distance`` is a share of the scale: 0 at its best end (level or score 3), 1 at its worst
    (level 1, score 0), so that levels and scores can be put in one order; a neutral option has 0.
    """

    condition: Condition
    answers: tuple[Answer, ...]
    distance: float


def parse_trigger(text: str) -> Expression:
    """Parse a trigger; TriggerError says what is wrong and where."""
    try:
        return _Parser(text).parse()
    except RecursionError:
        raise TriggerError("trigger: its brackets are nested too deeply") from None


def matches(expression: Expression, facts: Facts) -> tuple[Match, ...]:
    """Return the conditions that make an expression hold; empty when it does not hold."""
    if isinstance(expression, Condition):
        match = _match(expression, facts)
        return (match,) if match else ()
    found = [matches(part, facts) for part in expression.parts]
    if isinstance(expression, Both) and not all(found):
        return ()
    return tuple(dict.fromkeys(match for part in found for match in part))


def conditions(expression: Expression) -> tuple[Condition, ...]:
    """Return every condition in an expression, left to right."""
    if isinstance(expression, Condition):
        return (expression,)
    return tuple(one for part in expression.parts for one in conditions(part))


def _match(condition: Condition, facts: Facts) -> Match | None:
    if condition.subject in DIMENSIONS:
        standing = facts.profile[condition.subject]
        if standing.level is None or standing.mean is None or not _holds(condition, standing.level):
            return None
        answers = [
            answer
            for answer in facts.row.of_kind("persona")
            if answer.dimension == condition.subject and answer.level
        ]
        own = [answer for answer in answers if answer.level and _holds(condition, answer.level)]
        return Match(
            condition, tuple(own or answers), (_BEST - standing.mean) / (_BEST - _LOWEST_LEVEL)
        )
    answer = facts.row.answer(condition.subject)
    if answer is None:
        return None
    if condition.operator == "is":
        holds = answer.option == condition.value
    else:
        holds = answer.score is not None and _holds(condition, answer.score)
    return Match(condition, (answer,), _distance(answer)) if holds else None


def _distance(answer: Answer) -> float:
    if answer.kind == "execution":
        return 0.0 if answer.score is None else (_BEST - answer.score) / _BEST
    return (_BEST - answer.level) / (_BEST - _LOWEST_LEVEL) if answer.level else 0.0


def _holds(condition: Condition, actual: int) -> bool:
    value = int(condition.value)
    if condition.operator == "<=":
        return actual <= value
    if condition.operator == ">=":
        return actual >= value
    return actual == value


class _Parser:
    """Recursive descent over the tokens of one trigger."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokenise()
        self.position = 0

    def _tokenise(self) -> list[str]:
        tokens, at = [], 0
        text = self.text.rstrip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                self._fail(f"{text[at:].split()[0]!r} is not part of a condition")
            tokens.append(match.group(1))
            at = match.end()
        return tokens

    def parse(self) -> Expression:
        expression = self._either()
        if self.position < len(self.tokens):
            self._fail(f"{self._peek()!r} is not expected here")
        return expression

    def _either(self) -> Expression:
        parts = [self._both()]
        while self._accept("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Expression:
        parts = [self._factor()]
        while self._accept("and"):
            parts.append(self._factor())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _factor(self) -> Expression:
        if not self._accept("("):
            return self._condition()
        inner = self._either()
        if not self._accept(")"):
            self._fail("a bracket is not closed")
        return inner

    def _condition(self) -> Condition:
        subject, operator, value = self._take(), self._take(), self._take()
        is_item = _ITEM.fullmatch(subject) is not None
        if subject not in DIMENSIONS and not is_item:
            self._fail(f"{subject!r} is neither a dimension nor an item")
        if operator == "is" and is_item and re.fullmatch("[a-e]", value):
            return Condition(subject, "is", value)
        lowest = _LOWEST_LEVEL if subject in DIMENSIONS else 0
        comparable = subject in DIMENSIONS or subject.startswith("E")
        if operator not in _COMPARISONS or not comparable:
            self._fail(f"{subject} cannot be compared with {operator!r}")
        if re.fullmatch(f"[{lowest}-{_BEST}]", value) is None:
            self._fail(f"{subject} takes a number from {lowest} to {_BEST}, not {value!r}")
        return Condition(subject, operator, int(value))  # type: ignore[arg-type]

    def _peek(self) -> str | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def _accept(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self.position += 1
        return True

    def _take(self) -> str:
        token = self._peek()
        if token is None:
            self._fail("it ends too early")
        self.position += 1
        return token

    def _fail(self, problem: str) -> NoReturn:
        raise TriggerError(f"trigger {self.text!r}: {problem}")
