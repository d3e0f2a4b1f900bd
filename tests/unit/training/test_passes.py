"""Passes of annotation put together: points, labels, what stays open, and how far they agree."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from persona.errors import TableError
from persona.questionnaire.items import Questionnaire
from persona.training.companies import Company
from persona.training.passes import agreement, as_table, main, merge
from persona.training.tables import read_companies
from persona.vocabulary import PERSONAS

S, P, D = PERSONAS


def company(
    label: str | None, *points: float, name: str = "a.example", reason: str = ""
) -> Company:
    return Company(
        company=name,
        label=label,
        reason=reason or None,
        points=(points[0], points[1], points[2]) if points else None,
    )


def only(*given: Company) -> Company:
    (merged,) = merge([[one] for one in given])
    return merged.company


def test_points_are_the_mean_and_the_label_is_what_most_passes_gave() -> None:
    merged = only(company(S, 0.6, 0.4, 0), company(P, 0.4, 0.6, 0), company(S, 0.8, 0.2, 0))
    assert merged.label == S
    assert merged.points == pytest.approx((0.6, 0.4, 0))


@pytest.mark.parametrize(
    ("second", "label", "reason"),
    [
        (company(P, 0.3, 0.6, 0.1), "undecided", "mixed"),
        (company(P, 0.4, 0.5, 0.1), S, None),
        (company("undecided", 0.5, 0.4, 0.1, reason="thin"), S, None),
    ],
)
def test_without_a_majority_the_points_decide_and_the_company_is_open(
    second: Company, label: str, reason: str | None
) -> None:
    (merged,) = merge([[company(S, 0.6, 0.3, 0.1)], [second]])
    assert (merged.company.label, merged.company.reason) == (label, reason)
    assert merged.is_open
    assert not merged.agree


def test_a_majority_of_undecided_keeps_its_first_reason() -> None:
    thin, scope = (company("undecided", reason=reason) for reason in ("thin", "out_of_scope"))
    assert only(thin, scope).reason == "thin"
    assert only(company(S), scope, thin).reason == "out_of_scope"
    assert only(company(S), company(P)).reason == "mixed"


def test_companies_are_matched_whatever_the_case_and_unlabelled_ones_left_out() -> None:
    first = [company(S, name="B.example"), company(None, name="c.example")]
    merged = merge([first, [company(S, name="b.Example"), company(D)]])
    assert [(one.company.company, one.passes, one.agree) for one in merged] == [
        ("a.example", 1, True),
        ("B.example", 2, True),
    ]


def test_points_in_some_passes_only_are_refused() -> None:
    with pytest.raises(TableError, match="points in 1 of its 2 passes"):
        merge([[company(S, 1, 0, 0)], [company(S)]])


def test_kappa_is_of_methods_and_of_all_four_labels() -> None:
    first = [company(label, name=f"{place}") for place, label in enumerate([S, S, P, P, S])]
    second = [company(label, name=f"{place}") for place, label in enumerate([S, P, P, P])]
    second.append(company("undecided", name="4", reason="thin"))
    found = agreement(first, second)
    assert (found.companies, found.same) == (5, 3)
    assert found.methods == pytest.approx(0.5)
    assert found.classes == pytest.approx((3 / 5 - 9 / 25) / (1 - 9 / 25))
    assert agreement(first, []).methods is None


def test_the_table_can_be_read_again_as_it_was_meant(
    tmp_path: Path, questionnaire: Questionnaire
) -> None:
    passes = [[company(S, 0.7, 0.2, 0.1)], [company(S, 0.6, 0.3, 0.1)], [company(P, 0.3, 0.6, 0.1)]]
    (tmp_path / "labels.csv").write_bytes(as_table(merge(passes)))
    (read,) = read_companies([tmp_path / "labels.csv"], questionnaire).companies
    assert read.label == S
    assert read.points == pytest.approx((1.6 / 3, 1.1 / 3, 0.1))


def test_by_command_open_companies_are_named_and_bad_input_is_one_line(tmp_path: Path) -> None:
    one, two, target = (tmp_path / name for name in ("one.csv", "two.csv", "labels.csv"))
    one.write_text(f"company,label\na.example,{S}\nb.example,{P}\n")
    two.write_text(f"company,label\na.example,{S}\nb.example,{D}\n")
    done = CliRunner().invoke(main, [str(one), str(two), "-o", str(target)])
    assert done.exit_code == 0
    assert "agree on 1 of 2 companies" in done.stdout
    assert "b.example: no label has most passes" in done.stdout
    before = target.read_bytes()

    for arguments in ([one], [one, tmp_path / "none.csv"], [one, tmp_path]):
        done = CliRunner().invoke(main, [*map(str, arguments), "-o", str(target)])
        assert done.exit_code == 2
        assert done.stderr.startswith("passes: ")
        assert done.stderr.count("\n") == 1
    assert target.read_bytes() == before
