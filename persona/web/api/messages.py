"""What programs send and get; the OpenAPI document is made from these types."""

from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from persona.advice.plan import Plan
from persona.capture.records import MOST_PAGES, PAGES
from persona.observations import Kind
from persona.reports.result import ModelName, Share
from persona.vocabulary import Label, Reason

LONGEST_WAIT: Final = 60.0
"""Seconds that an answer may be waited for."""
_WAIT: Final = 20.0
_LONGEST_NAME: Final = 200
_LONGEST_ADDRESS: Final = 2048

Company = Annotated[
    str, Meta(max_length=_LONGEST_NAME, description="The company's name, as reports show it.")
]
Answers = Annotated[
    dict[str, str | None],
    Meta(
        description="Option by question, as in GET /api/v1/questions; may be partial.",
        examples=[{"P15": "b", "P16": "a"}],
    ),
]


class ClassifyRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers to the questionnaire."""

    answers: Answers
    company: Company | None = None


class ScanRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A website to be read."""

    address: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=_LONGEST_ADDRESS,
            description="The website's address, as a person types it.",
            examples=["norrland.example"],
        ),
    ]
    pages: Annotated[
        int, Meta(ge=1, le=MOST_PAGES, description="The most pages that are read.")
    ] = PAGES
    company: Company | None = None
    wait: Annotated[
        float,
        Meta(
            ge=0,
            le=LONGEST_WAIT,
            description="Seconds to wait for the result, before it is to be asked for later.",
        ),
    ] = _WAIT


class PlanRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers, or a result that was got or saved earlier; one of the two."""

    answers: Answers | None = None
    company: Company | None = None
    result: (
        Annotated[
            dict[str, Any],
            Meta(
                description="A whole result.",
                extra_json_schema={"$ref": "#/components/schemas/Result"},
            ),
        ]
        | None
    ) = None


class PlanAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The plan, and the verdict that it follows from."""

    company: str | None
    label: Label
    confidence: Share
    reason: Reason | None
    model: ModelName
    plan: Plan


class ScanUnderWay(msgspec.Struct, frozen=True):
    """A scan that has not ended; ask again at ``href``."""

    job: str
    state: Literal["waiting", "running"]
    pages_read: int
    href: str


class Question(msgspec.Struct, frozen=True):
    """A question with its options, by their ids."""

    id: str
    kind: Kind
    question: str
    options: dict[str, str]


class Error(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a request was refused, in one line; ``where`` names the part of it that is at fault."""

    error: str
    where: str | None = None
