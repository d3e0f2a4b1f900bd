"""``persona plan --record`` and ``persona assess --role``: kept in the file, shown afterwards."""

import json
from typing import Any

import pytest

from tests.integration.commands import EXAMPLE, Desk, complaint, lines

NAME = "Zaphod Beeblebrox"


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("record"))
    done = desk.run(
        "assess", "--answers", EXAMPLE, "--company", "Acme", "--save", "r.json",
        "--role", " Head\tof sales ", "--respondent", NAME,
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    assert NAME not in done.out
    return desk


def document(desk: Desk) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((desk.folder / "r.json").read_bytes())
    return read


def test_who_answered_is_kept_in_the_file(desk: Desk) -> None:
    assert document(desk)["respondent"] == {"role": "Head of sales", "name": NAME}


def test_values_are_recorded_and_shown_by_plan_and_report(desk: Desk) -> None:
    before = document(desk)
    first, second = (step["id"] for step in before["plan"]["steps"][:2])

    done = desk.run(
        "plan", "r.json", "--record", f"{first}=23 % = a start", "--record", f"{second}=4",
        "--on", "2099-02-03", "--met", "--note", "by hand",
    )  # fmt: skip

    after = document(desk)
    assert (done.code, done.err) == (0, "")
    assert "3 February 2099: 23 % = a start, target met" in " ".join(done.out.split())
    assert [each["play"] for each in after.pop("progress")] == [first, second]
    before.pop("progress")
    assert after == before
    assert "Recorded" in desk.run("report", "r.json").out
    assert "2 values recorded in r.json" in done.out
    plan, _, _ = done.out.partition("2 values recorded")
    assert plan.strip() in desk.run("plan", "r.json").out


def test_what_is_recorded_is_in_the_json(desk: Desk) -> None:
    first = document(desk)["plan"]["steps"][0]["id"]

    done = desk.run(
        "plan", "r.json", "--record", f"{first}=23", "--on", "2099-02-03", "--not-met", "--json"
    )

    assert json.loads(done.out)["progress"] == [
        {"play": first, "on": "2099-02-03", "value": "23", "met": False}
    ]


def test_a_mistake_is_one_line_and_leaves_the_file(desk: Desk) -> None:
    before = (desk.folder / "r.json").read_bytes()

    line = complaint(desk.run("plan", "r.json", "--record", "Z9=1"))

    assert "'Z9' is not a step of this plan" in line
    assert (desk.folder / "r.json").read_bytes() == before


def test_two_roles_of_one_company_do_not_overwrite_each_other(desk: Desk) -> None:
    for role, key in (("Chief executive", "1"), ("Head of sales", "2")):
        done = desk.run("assess", "--company", "Beta", "--role", role, feed=lines([key, "q"]))
        assert done.code == 130
        assert f"--resume --company Beta --role '{role}'" in done.last_line

    line = complaint(desk.run("assess", "--resume", "--company", "Beta", feed=lines(["1"])))
    assert "'Chief executive'" in line
    assert "'Head of sales'" in line
    done = desk.run(
        "assess", "--resume", "--company", "Beta", "--role", "Chief executive", "--save", "c.json",
        feed=lines(["f"]),
    )  # fmt: skip

    kept = json.loads((desk.folder / "c.json").read_bytes())
    assert kept["respondent"] == {"role": "Chief executive"}
    assert [answer["item"] for answer in kept["row"]["answers"]] == ["P01"]
