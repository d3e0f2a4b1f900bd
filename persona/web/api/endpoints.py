"""What programs can ask for."""

import asyncio
import time
from typing import Any, Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from persona.layout import company_name
from persona.pipe import assess, questions
from persona.reports.result import Result, decode_result
from persona.web.api.messages import (
    ClassifyRequest,
    PlanAnswer,
    PlanRequest,
    Question,
    ScanRequest,
    ScanUnderWay,
)
from persona.web.api.serving import Answer, Endpoint, Faulty
from persona.web.desk import Desk
from persona.web.jobs import SCAN_LIMITS, Job
from persona.web.scans import Scan, begin_scan

_SCANS: Final = "/api/v1/scan"
_LOOK_EVERY: Final = 0.05
_AGAIN: Final = 2
"""Seconds after which it is worth asking for a scan again."""
_LARGEST_RESULT: Final = 4 * 1024 * 1024
_OFTEN: Final = "At most {} scans may begin in a minute, and {} in an hour.".format(
    *(count for count, _ in SCAN_LIMITS)
)
_RESULT: Final = "The result: verdict, evidence, profile, execution and plan."
_UNDER_WAY: Final = "Still under way. Ask again at the address in Location."


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Return all endpoints, in the order in which they are explained."""
    api = _Api(desk)
    return (
        Endpoint(
            method="GET",
            path="/api/v1/questions",
            name="questions",
            summary="The questionnaire",
            about="All questions with their options. What an option stands for is left out, as "
            "those who answer should not see it.",
            gives={200: (tuple[Question, ...], "The questions, in the order of asking.")},
            handle=api.questions,
        ),
        Endpoint(
            method="POST",
            path="/api/v1/classify",
            name="classify",
            summary="From answers to a verdict",
            about="Answers may be partial. Too few of them give the label undecided, with the "
            "reason thin; that is a result and no error.",
            takes=ClassifyRequest,
            gives={200: (Result, _RESULT)},
            example={"answers": {"P15": "b", "P16": "a"}, "company": "Norrland Valves"},
            handle=api.classify,
        ),
        Endpoint(
            method="POST",
            path=_SCANS,
            name="scan",
            summary="From a website to a verdict",
            about="Reads a public website politely, which takes from a second to some minutes. A "
            f"site that cannot be read is a result too, with the reason. {_OFTEN}",
            takes=ScanRequest,
            gives={200: (Result, _RESULT), 202: (ScanUnderWay, _UNDER_WAY)},
            example={"address": "norrland.example", "pages": 12},
            handle=api.scan,
        ),
        Endpoint(
            method="GET",
            path=_SCANS + "/{job}",
            name="scan-result",
            summary="The result of a scan that took longer",
            about="Scans are remembered until the server stops or many more have been made.",
            gives={200: (Result, _RESULT), 202: (ScanUnderWay, _UNDER_WAY)},
            handle=api.scan_result,
        ),
        Endpoint(
            method="POST",
            path="/api/v1/plan",
            name="plan",
            summary="From answers or a result to a plan",
            about="At most three things to do first, with owners and 90-day metrics.",
            takes=PlanRequest,
            gives={200: (PlanAnswer, "The plan, and the verdict that it follows from.")},
            example={"answers": {"P15": "b", "P16": "a", "E01": "d"}},
            limit=_LARGEST_RESULT,
            handle=api.plan,
        ),
    )


class _Api:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def questions(self, _: Request, __: None) -> Answer:
        return Answer(questions("json").encode())

    async def classify(self, _: Request, asked: ClassifyRequest) -> Answer:
        return Answer(await run_in_threadpool(self._assess, asked.answers, asked.company))

    async def scan(self, request: Request, asked: ScanRequest) -> Answer:
        wanted = Scan(
            address=asked.address,
            pages=asked.pages,
            company=company_name(asked.company),
            allow=self.desk.settings.allow,
            kept=False,
        )
        job = await run_in_threadpool(begin_scan, self.desk, wanted)
        await _ended(request, job, asked.wait)
        return _scanned(job)

    async def scan_result(self, request: Request, _: None) -> Answer:
        job = self.desk.jobs.scans.get(request.path_params["job"])
        if job is None or job.about.kept:
            raise Faulty(404, "there is no such scan, or no longer", "job")
        return _scanned(job)

    async def plan(self, _: Request, asked: PlanRequest) -> Answer:
        if (asked.answers is None) == (asked.result is None):
            raise Faulty(422, "give answers or a result, one of the two", "$")
        result = await run_in_threadpool(self._result, asked)
        return Answer(
            PlanAnswer(
                company=result.company,
                label=result.label,
                confidence=result.confidence,
                reason=result.reason,
                model=result.model,
                plan=result.plan,
            )
        )

    def _result(self, asked: PlanRequest) -> Result:
        if asked.result is not None:
            return decode_result(msgspec.json.encode(asked.result), "result")
        return self._assess(asked.answers or {}, asked.company)

    def _assess(self, answers: dict[str, Any], company: str | None) -> Result:
        return assess(answers, company=company, model=self.desk.model)


async def _ended(request: Request, job: Job, seconds: float) -> None:
    """Wait until a job has ended, the seconds are over, or nobody waits any more."""
    until = time.monotonic() + seconds
    while not job.over and time.monotonic() < until and not await request.is_disconnected():
        await asyncio.sleep(_LOOK_EVERY)


def _scanned(job: Job) -> Answer:
    """Return a scan's result, or how far it is; Faulty where it failed."""
    if job.state == "waiting" or job.state == "running":
        href = f"{_SCANS}/{job.id}"
        read = len(job.progress.pages) if job.progress else 0
        told = ScanUnderWay(job.id, job.state, read, href)
        return Answer(told, 202, {"Location": href, "Retry-After": str(_AGAIN)})
    if job.state == "done":
        return Answer(job.result)
    if job.state == "stopped":
        raise Faulty(503, "the scan was stopped, as the server is ending")
    raise Faulty(500 if job.fault else 422, job.error, "address")
