"""Results of every kind that a report must be able to show."""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from persona.advice.progress import Record
from persona.capture.records import Capture, CapturedPage, Unread
from persona.files import encode
from persona.pipe import assess, scan_reading
from persona.reports.result import Respondent, Result, encode_result, load_result
from persona.signals.extract import extract
from tests.integration.commands import EXAMPLE
from tests.integration.worked_cases import reading
from tests.strategies import TYPICAL

DAY = date(2026, 11, 22)
OLD = Path(__file__).parents[3] / "fixtures" / "result-1.json"
NAME = "Q. Nonesuch"
"""The name of a respondent, which must not be seen anywhere."""

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnp.exe\u2066",
    "a\x00b\x1b[31mc",
    "</title></style></svg><style>*{display:none}</style>",
    "javascript:alert(1)",
)
_FREE = frozenset((
    "company", "text", "question", "name", "what", "how", "owner", "ambition", "verify_with",
    "says", "url", "words", "site", "address", "metric", "target", "measure", "first_action",
    "also_when", "diagnosis", "value", "note", "role", "missing", "play", "method", "given_text",
    "instead_text", "strengths", "guards", "labelled_by", "assessed_on", "on",
))  # fmt: skip
"""Names of fields that hold whatever somebody wrote."""


def _mixed() -> dict[str, str]:
    sides = ("passive_marketer", "sales_driven")
    return {
        item: TYPICAL[sides[place % 2]][item]  # type: ignore[index]
        for place, item in enumerate(TYPICAL["sales_driven"])
    }


@cache
def full() -> Result:
    """Return an assessment with everything: answers, website, role, name, recorded progress."""
    result = assess(_answers(), company="Norrland Valves", on=DAY, website=reading("vossgrave"))
    first, second, _ = result.plan.steps
    return replace(
        result,
        respondent=Respondent("Head of sales", NAME),
        progress=(
            Record(first.id, "2027-02-20", "24 %", True, "Counted in the CRM"),
            Record(first.id, "2026-12-20", "31 %"),
            Record(second.id, "2027-02-20", "+4 %", False),
        ),
    )


@cache
def long() -> Result:
    """Return an assessment with 28 answers on method and a website of 60 pages."""
    site = reading("vossgrave").capture
    more = [
        CapturedPage(f"https://vossgrave.example/news/{n}", page.html, page.fetched_at, page.status)
        for n, page in enumerate((site.pages * 4)[: 60 - len(site.pages)])
    ]
    website = extract(replace(site, pages=(*site.pages, *more)))
    return assess(_answers(), company="Norrland", on=DAY, website=website)


def hostile() -> Result:
    """Return a result from a stranger who wrote something hostile wherever words can stand."""
    document = msgspec.json.decode(encode_result(full()))
    return msgspec.json.decode(encode(_poisoned(document, [0])), type=Result)


def _poisoned(value: Any, turn: list[int]) -> Any:
    if isinstance(value, dict):
        return {
            key: _text(each, turn) if key in _FREE else _poisoned(each, turn)
            for key, each in value.items()
        }
    return [_poisoned(each, turn) for each in value] if isinstance(value, list) else value


def _text(value: Any, turn: list[int]) -> Any:
    if isinstance(value, list):
        return [_text(each, turn) for each in value]
    if not isinstance(value, str):
        return _poisoned(value, turn)
    turn[0] += 1
    return HOSTILE[turn[0] % len(HOSTILE)]


def _answers() -> dict[str, str]:
    answers: dict[str, str] = json.loads(EXAMPLE.read_text())
    return answers


def _unreachable() -> Result:
    away = Capture("x.example", "x.example", (), (Unread("https://x.example/", "tls"),))
    return scan_reading(extract(away), on=DAY)


CASES: dict[str, Callable[[], Result]] = {
    "full": full,
    "answers alone": lambda: assess(_answers(), on=DAY),
    "dynamic": lambda: assess(TYPICAL["dynamic_marketer"], on=DAY, website=reading("sparrowgate")),
    "mixed, long name": lambda: assess(_mixed() | {"E01": "d"}, company="X" * 300, on=DAY),
    "thin": lambda: assess({"P01": "a", "P02": "d", "E09": "d"}, on=DAY),
    "nothing": lambda: assess({}, on=DAY),
    "scan": lambda: scan_reading(reading("sparrowgate"), on=DAY),
    "gated scan": lambda: scan_reading(reading("orvelle"), on=DAY),
    "gated website": lambda: assess(_answers(), on=DAY, website=reading("gannickforge")),
    "unreachable": _unreachable,
    "old": lambda: load_result(OLD),
    "long": long,
    "hostile": hostile,
}
"""Results by what is particular about them."""


@cache
def case(name: str) -> Result:
    """Return the result of a case."""
    return CASES[name]()
