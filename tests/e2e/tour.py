"""Something of everything on one server, and the pages that show it."""

import io
import json
from typing import Any, NamedTuple

from tests.integration.loopback import Loopback
from tests.integration.serving import Serving, Visitor

COMPANY = "Tour & Sons <Ltd>"
UNKNOWN = "none"


class Stop(NamedTuple):
    """A page to look at: what it is, its path, and whether it refuses."""

    name: str
    path: str
    status: int = 200


def stops(server: Serving, visitor: Visitor, site: Loopback, answers: dict[str, str]) -> list[Stop]:
    """Return a stop for every kind of page, having made what it shows."""
    scan = visitor.scan(site.origin, pages=6, company=COMPANY)
    scored = visitor.send_list("tour.csv", "company,p15,p16\nA,a,b\nB,c,a\nC,,\n")
    faulty = visitor.send_list("faulty.csv", "nothing\nhere\n")
    full = visitor.result(COMPANY, answers, "Chief executive")
    other = visitor.result(COMPANY, other_mind(answers), "Head of sales")
    thin = visitor.result("Thin Ltd", {"P01": "a", "P15": "b"})
    earlier = earlier_than(server, visitor, full)
    website = visitor.wait_for(scan, "/results/").url.path
    both = beside(visitor, site, full)
    record(visitor, full, answers)
    place = visitor.begin("Under Way", "Head of marketing")
    visitor.answer(place, {"P01": "a", "P02": "b"})
    done = visitor.begin(COMPANY, "Finished")
    visitor.answer(done, answers)
    visitor.wait_for(f"{scored}/scored", scored)
    pair = "&".join(f"id={name(each)}" for each in (full, other))
    dates = "&".join(f"id={name(each)}" for each in (earlier, full))
    return [
        Stop("first page", "/"),
        Stop("begin", "/questionnaire"),
        Stop("question", f"{place}/P03"),
        Stop("question answered", f"{place}/P01"),
        Stop("first execution question", f"{place}/E01"),
        Stop("overview", f"{place}/overview"),
        Stop("overview of a finished one", f"{done}/overview"),
        Stop("put aside", f"{place}/aside"),
        Stop("result", full),
        Stop("result of few answers", thin),
        Stop("result of a website", website),
        Stop("result of both", both),
        Stop("progress", f"{full}/progress"),
        Stop("remove", f"{full}/remove"),
        Stop("scan", "/scan"),
        Stop("scan beside answers", f"/scan?result={name(full)}"),
        Stop("lists", "/lists"),
        Stop("list scored", scored),
        Stop("list refused", faulty),
        Stop("list report", f"{scored}/report"),
        Stop("compare", "/compare"),
        Stop("people compared", f"/compare/report?{pair}&as=people"),
        Stop("dates compared", f"/compare/report?{dates}&as=dates"),
        Stop("for programs", "/api"),
        Stop("nothing", "/nothing", 404),
        Stop("wrong key", "/?token=wrong", 403),
    ]


def name(path: str) -> str:
    """Return the last part of a path."""
    return path.rpartition("/")[2]


def other_mind(answers: dict[str, str]) -> dict[str, str]:
    """Return answers of someone who sees another company."""
    return {item: "a" if given != "a" else "b" for item, given in answers.items()}


def beside(visitor: Visitor, site: Loopback, result: str) -> str:
    """Add the website to a result; return the new result's path."""
    given = {"address": site.origin, "pages": "6", "result": name(result)}
    return visitor.wait_for(visitor.post("/scan", given).url.path, "/results/").url.path


def earlier_than(server: Serving, visitor: Visitor, result: str) -> str:
    """Keep the same result as if it had been made a year before; return its path."""
    document: dict[str, Any] = json.loads(visitor.get(f"{result}/file").content)
    document["assessed_on"] = "2025-06-01"
    document["row"]["answers"] = [
        each | ({"option": "b"} if each["item"] in ("P01", "E02", "E07") else {})
        for each in document["row"]["answers"]
    ]
    before = {path.stem for path in (server.desk.home / "results").glob("*.json")}
    content = io.BytesIO(json.dumps(document).encode())
    visitor.client.post(
        "/compare",
        files=[
            ("csrf", (None, visitor.csrf)),
            ("id", (None, name(result))),
            ("as", (None, "dates")),
            ("files", ("earlier.json", content)),
        ],
    )
    [new] = {path.stem for path in (server.desk.home / "results").glob("*.json")} - before
    return f"/results/{new}"


def record(visitor: Visitor, result: str, answers: dict[str, str]) -> None:
    """Record something of the plan of a result."""
    plan = json.loads(visitor.get(f"{result}/file").content)["plan"]["steps"]
    for step, met in zip(plan, ("yes", "no", ""), strict=False):
        given = {"play": step["id"], "value": "31 %", "met": met, "note": "after the fair"}
        assert visitor.post(f"{result}/progress", given).status_code == 200
