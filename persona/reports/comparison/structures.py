"""What a comparison says, as data: of several dates, or of several people.

No name of a respondent is in any of these: a person is called by role, or by a number.
"""

from typing import ClassVar, Literal

import msgspec

from persona.advice.execution import State
from persona.advice.plan import Because
from persona.advice.progress import Record
from persona.drawn import Drawn
from persona.reports.result import Opinion
from persona.vocabulary import Gap, Label, Persona

SCHEMA = 1

Kind = Literal["dates", "people"]
GapChange = Literal["closed", "narrowed", "opened", "widened", "stays open", "stays closed"]
Origin = Literal["answer", "signal", "words", "start"]


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A company on one day. ``letter`` tells moments apart, the earliest is A.

    ``answered`` of ``asked`` questions on method were answered; ``pages`` of a website were read.
    """

    letter: str
    on: str
    role: str | None
    model: str
    opinion: Opinion
    answered: int
    asked: int
    pages: int
    score: float | None


class Place(msgspec.Struct, frozen=True):
    """Where somebody, or some day, stands on a dimension.

    ``mean`` is the mean of ``levels``, 1 to 3, of the answers that are not neutral, ``level`` the
    level nearest to it; both are None where nothing is known, and ``known`` then tells "neutral"
    from "not answered". ``answers`` are those the place rests on.
    """

    letter: str
    level: int | None
    mean: float | None
    levels: tuple[int, ...]
    known: bool
    answers: tuple[Because, ...]

    @property
    def split(self) -> bool:
        """True when two answers stand at opposite ends of the dimension."""
        return 1 in self.levels and 3 in self.levels


class Course(msgspec.Struct, frozen=True):
    """One dimension at every moment; ``moved`` is last less first in levels, None if unknown."""

    dimension: str
    places: tuple[Place, ...]
    moved: float | None


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """What one piece of evidence did to the lead between the first and the last moment, in nats.

    ``whole`` is ``by_evidence`` (another answer, another reading of the website) plus ``by_model``
    (other weights for the same) plus ``undivided`` (both at once, where no model is at hand that
    could tell them apart). ``item`` is an item or signal id, a part of the wording, or "start"
    for where the model stands before it knows anything. ``before`` and ``after`` are in words,
    None where there was none.
    """

    item: str
    origin: Origin
    about: str
    before: str | None
    after: str | None
    whole: float
    by_evidence: float
    by_model: float
    undivided: float


class Lead(msgspec.Struct, frozen=True, kw_only=True):
    """How the lead of one persona over another changed, and what changed it.

    ``before`` and ``after`` are ln(p of ``ahead`` / p of ``behind``). The shifts' ``whole`` add up
    to ``after`` less ``before``; those of nothing are left out.
    """

    ahead: Persona
    behind: Persona
    before: float
    after: float
    by_evidence: float
    by_model: float
    undivided: float
    shifts: tuple[Shift, ...]


class GapCourse(msgspec.Struct, frozen=True):
    """One gap at every moment; ``change`` is None where first or last is not known."""

    gap: Gap
    states: tuple[State, ...]
    change: GapChange | None


class StepOutcome(msgspec.Struct, frozen=True):
    """A step of an earlier plan with what was recorded of it, by day.

    ``met`` is what the last record that says so says of the 90-day target.
    """

    id: str
    name: str
    metric: str
    target: str
    records: tuple[Record, ...]
    met: bool | None


class Outcomes(msgspec.Struct, frozen=True):
    """What became of the plan of one moment."""

    letter: str
    steps: tuple[StepOutcome, ...]


class DateComparison(Drawn, frozen=True, kw_only=True, tag="dates", tag_field="kind"):
    """One company at two dates or more, the earliest first.

    ``taken`` says in one line what was compared and why; ``notes`` what to bear in mind.
    """

    drawing: ClassVar[str] = "persona.reports.html.comparison_notebook"

    schema: int = SCHEMA
    company: str | None
    taken: str
    notes: tuple[str, ...]
    moments: tuple[Moment, ...]
    lead: Lead
    courses: tuple[Course, ...]
    gaps: tuple[GapCourse, ...]
    plans: tuple[Outcomes, ...]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """How one person sees the company, by the answers alone.

    ``called`` is the role, or "Person 1"; ``letter`` the sign in pictures. ``apart`` are the
    dimensions on which the person stands a level or more from over half of the others, the
    farthest first.
    ``own_label`` is the label in the person's own result, where it is another.
    """

    letter: str
    called: str
    on: str
    opinion: Opinion
    answered: int
    asked: int
    apart: tuple[str, ...]
    own_label: Label | None


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """One dimension as all see it.

    ``agreeing`` of ``pairs`` of people are less than a level apart. ``spread`` is the highest
    mean level less the lowest, 0 to 2, None where fewer than two people are known. ``finding``
    says that the spread is itself a finding: more than one level on a dimension where people of
    one company should know the same.
    """

    dimension: str
    places: tuple[Place, ...]
    agreeing: int
    pairs: int
    spread: float | None
    finding: bool


class Side(msgspec.Struct, frozen=True):
    """The people who see a thing alike: their letters, what they see, and what they answered."""

    letters: tuple[str, ...]
    sees: str
    answers: tuple[Because, ...]


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A disagreement worth talking about: who sees what, a question, and what to bring along.

    ``subject`` is a dimension, or an execution item. ``distance`` is in levels or in points of
    the execution score; ``weight`` what it was ranked by.
    """

    subject: str
    name: str
    sides: tuple[Side, ...]
    question: str
    bring: str
    distance: float
    weight: float
    between_functions: bool = False


class Without(msgspec.Struct, frozen=True):
    """The joint verdict with one person left out."""

    letter: str
    opinion: Opinion


class Joint(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict of all answers together, each person's weighed alike.

    ``ranges`` is the lowest and highest probability of each persona over the people; ``without``
    holds the verdict without each of them, in their order.
    """

    opinion: Opinion
    answered: int
    ranges: dict[Persona, tuple[float, float]]
    without: tuple[Without, ...]
    model: str


class Statistic(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of agreement with a 95 percent interval, each None where it cannot be had.

    ``items`` is how many questions it rests on; ``why_not`` says why figure or interval is absent.
    """

    name: Literal["equal answers", "alpha on method", "alpha on execution"]
    value: float | None
    low: float | None
    high: float | None
    items: int
    why_not: str | None = None


class PeopleComparison(Drawn, frozen=True, kw_only=True, tag="people", tag_field="kind"):
    """One company as 2 to 30 of its people see it, in an order that tells nothing of the files.

    ``topics`` are at most three, the most useful first; ``execution`` the questions on execution
    on which people differ.
    """

    drawing: ClassVar[str] = "persona.reports.html.comparison_notebook"

    schema: int = SCHEMA
    company: str | None
    taken: str
    notes: tuple[str, ...]
    people: tuple[View, ...]
    dimensions: tuple[Agreement, ...]
    topics: tuple[Topic, ...]
    execution: tuple[Topic, ...]
    joint: Joint
    statistics: tuple[Statistic, ...]


Comparison = DateComparison | PeopleComparison
