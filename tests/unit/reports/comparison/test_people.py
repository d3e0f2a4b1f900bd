"""Several people of one company: views, agreement, topics, and the joint verdict."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from persona.files import encode
from persona.model.verdict import Verdict
from persona.pipe import shipped_model, shipped_playbook
from persona.reports.comparison.structures import Agreement, PeopleComparison
from persona.reports.comparison.topics import Seen, function_of, topics_of
from persona.reports.dimensions import pole
from persona.reports.result import Result
from persona.vocabulary import DIMENSIONS, PERSONAS
from tests.strategies import TYPICAL, Answers, full, partial
from tests.unit.reports.comparison.made import AUTUMN, SECRET, people, person, three

SALES, PASSIVE, DYNAMIC = (TYPICAL[each] for each in PERSONAS)


@pytest.fixture(scope="module")
def found() -> PeopleComparison:
    return people(three())


def on(comparison: PeopleComparison, dimension: str) -> Agreement:
    return next(each for each in comparison.dimensions if each.dimension == dimension)


def test_each_is_called_by_role_and_has_a_verdict_of_their_own(found: PeopleComparison) -> None:
    assert [(each.letter, each.called, each.opinion.label) for each in found.people] == [
        ("A", "Chief executive", "dynamic_marketer"),
        ("B", "Head of marketing", "passive_marketer"),
        ("C", "Head of sales", "sales_driven"),
    ]


def test_people_without_a_role_have_numbers_and_no_two_have_one_name() -> None:
    roles = [None, "Rep", "rep", "Person 1", None, "Chief executive"]
    results = [
        person(SALES, role, P01=option, P02=option)
        for role, option in zip(roles, "abcdcb", strict=True)
    ]

    called = [each.called for each in people(results).people]

    assert sorted(called) == sorted(
        ["Chief executive", "Person 1", "Person 2", "Person 3", "Rep 1", "rep 2"]
    )


def test_no_name_is_in_what_is_computed(found: PeopleComparison) -> None:
    assert SECRET.encode() not in encode(found)


@settings(max_examples=5)
@given(st.lists(partial(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_the_results_changes_nothing(sets: list[Answers], mixed: object) -> None:
    results = [
        person({"P01": "a", **answers}, f"Role {number}") for number, answers in enumerate(sets)
    ]
    shuffled = list(results)
    mixed.shuffle(shuffled)  # type: ignore[attr-defined]

    assert encode(people(results)) == encode(people(shuffled))


@settings(max_examples=5)
@given(full())
def test_people_who_answer_alike_agree_on_everything(answers: Answers) -> None:
    found = people([person(answers, role) for role in ("a", "b", "c")])

    own = found.people[0].opinion
    assert found.topics == found.execution == ()
    assert all(each.agreeing == each.pairs for each in found.dimensions)
    assert all(each.spread in (0, None) for each in found.dimensions)
    assert found.statistics[0].value == 1
    assert all(each.value in (1, None) for each in found.statistics[1:])
    assert found.joint.opinion.label == own.label
    for persona in PERSONAS:
        assert found.joint.opinion.probabilities[persona] == pytest.approx(
            own.probabilities[persona]
        )
        low, high = found.joint.ranges[persona]
        assert low == high
    assert {each.opinion.label for each in found.joint.without} == {own.label}


def logits(result: Result) -> dict[str, float]:
    verdict: Verdict = result.verdict
    return {each: verdict.logits[each] for each in PERSONAS}


def test_the_joint_logits_are_the_mean_of_those_of_all() -> None:
    results = three()
    joint = people(results).joint.opinion.probabilities

    def lead(of: dict[str, float]) -> float:
        return of["sales_driven"] - of["dynamic_marketer"]

    mean = sum(lead(logits(each)) for each in results) / 3
    assert math.log(joint["sales_driven"] / joint["dynamic_marketer"]) == pytest.approx(mean)


def test_whoever_left_a_question_out_takes_nothing_from_those_who_answered() -> None:
    alone = person(DYNAMIC, "a")
    found = people([alone, person({"E01": "a"}, "b")])

    assert found.joint.opinion.probabilities == pytest.approx(alone.probabilities)
    assert found.joint.answered == len(DYNAMIC)


def test_leaving_somebody_out_is_the_verdict_of_the_others(found: PeopleComparison) -> None:
    results = three()

    for number, each in enumerate(found.joint.without):
        others = people([one for place, one in enumerate(results) if place != number])
        assert each.opinion == others.joint.opinion
        assert others.joint.without == ()
    assert len(found.joint.without) == 3


def test_standing_apart_is_a_level_or_more_from_most_of_the_others() -> None:
    results = [person(SALES, "a"), person(SALES, "b"), person(SALES, "c", P15="c", P16="c")]

    found = people(results)

    assert [each.apart for each in found.people] == [(), (), ("FUNCTION",)]
    both = people([results[0], results[2]])
    assert [each.apart for each in both.people] == [("FUNCTION",), ("FUNCTION",)]
    function = on(found, "FUNCTION")
    assert (function.agreeing, function.pairs, function.spread) == (1, 3, 2.0)


@pytest.mark.parametrize(
    ("dimension", "items", "finding"),
    [("FUNCTION", ("P15", "P16"), True), ("NURTURE", ("P09", "P10"), True),
     ("RESEARCH", ("P13", "P14"), True), ("HORIZON", ("P01", "P02"), False)],
)  # fmt: skip
def test_a_spread_of_more_than_a_level_is_a_finding_where_all_should_know(
    dimension: str, items: tuple[str, str], finding: bool
) -> None:
    wide = {item: DYNAMIC[item] for item in items}

    far = people([person(SALES, "a"), person({**SALES, **wide}, "b")])
    near = people([person(SALES, "a"), person(SALES, "b")])

    assert on(far, dimension).finding is finding
    assert not any(each.finding for each in near.dimensions)


def test_topics_are_three_the_weightiest_first_with_open_questions(
    found: PeopleComparison,
) -> None:
    weights = [each.weight for each in found.topics]

    assert len(found.topics) == 3
    assert weights == sorted(weights, reverse=True)
    assert all(each.question.endswith("?") and each.bring for each in found.topics)
    assert all(each.distance >= 1 for each in found.topics)
    for topic in found.topics:
        letters = list(itertools.chain.from_iterable(side.letters for side in topic.sides))
        assert sorted(letters) == ["A", "B", "C"]
        assert len({side.sees for side in topic.sides}) == len(topic.sides)


def test_a_finding_comes_before_what_only_reaches_as_far() -> None:
    other = {item: DYNAMIC[item] for item in ("P13", "P14", "P17", "P18")}

    topics = people([person(SALES, "a"), person({**SALES, **other}, "b")]).topics

    assert [each.subject for each in topics] == ["RESEARCH", "PARTNER"]


def test_the_question_is_tuned_to_who_sees_what() -> None:
    def asked(one: Answers, other: Answers) -> str:
        mine, theirs = ({**SALES, "P15": o["P15"], "P16": o["P16"]} for o in (one, other))
        found = people([person(mine, "a"), person(theirs, "b")])
        return next(each.question for each in found.topics if each.subject == "FUNCTION")

    level = {"P15": ("a", "b", "c"), "P16": ("a", "b", "c")}
    low, middle, high = (
        {item: options[place] for item, options in level.items()} for place in range(3)
    )
    assert len({asked(low, middle), asked(middle, high), asked(low, high)}) == 3
    assert asked(low, high) == asked(high, low)


def test_answers_at_both_ends_are_not_called_the_middle() -> None:
    split = {**SALES, "P15": "a", "P16": "c"}

    found = people([person(split, "a"), person({**SALES, "P15": "c", "P16": "c"}, "b")])

    sides = {side.letters: side.sees for side in found.topics[0].sides}
    assert sides[("A",)].startswith("both")


def test_who_stands_half_way_is_said_to_see_both() -> None:
    half_way = {**SALES, "P15": "a", "P16": "b"}

    found = people([person(half_way, "a"), person({**SALES, "P15": "c", "P16": "c"}, "b")])

    sides = {side.letters: side.sees for side in found.topics[0].sides}
    assert sides[("A",)] == f"{pole('FUNCTION', 1)}; also {pole('FUNCTION', 2)}"


def test_sales_and_marketing_on_execution_come_first(found: PeopleComparison) -> None:
    subjects = [each.subject for each in found.execution]

    assert subjects == ["E04", "E10"]
    assert all(each.between_functions for each in found.execution)
    alone = person(DYNAMIC, "Chief executive", E01="a", E10="a")
    others = [
        person(PASSIVE, "Head of marketing", E01="d", E10="c"),
        person(SALES, "Head of sales", E01="d", E10="a"),
    ]
    farther = people([alone, *others]).execution
    assert [(each.subject, each.distance) for each in farther] == [("E10", 2), ("E01", 3)]
    early = found.execution[0]
    assert {side.letters for side in early.sides} == {("A",), ("B",), ("C",)}
    assert early.bring == "Trace ten such enquiries"


def test_execution_that_is_one_step_apart_is_no_topic() -> None:
    assert people([person(SALES, "a", E01="a"), person(SALES, "b", E01="b")]).execution == ()


@pytest.mark.parametrize(
    ("role", "function"),
    [
        ("Head of Sales", "sales"),
        ("CMO", "marketing"),
        ("VP Marketing", "marketing"),
        ("Sales & Marketing", None),
        ("Chief executive", None),
        ("Salesforce administrator", None),
    ],
)
def test_roles_are_of_sales_or_of_marketing_or_of_neither(role: str, function: str | None) -> None:
    assert function_of(role) == function


def test_what_to_bear_in_mind_is_said() -> None:
    late = person(DYNAMIC, "b", AUTUMN)
    named = replace(late, label="undecided")

    notes = " ".join(people([person(SALES, "a"), named]).notes)

    assert "up to 28 weeks apart" in notes
    assert "the reports of b name another verdict" in notes
    assert "a role can tell who answered" in notes


def test_every_dimension_is_there(found: PeopleComparison) -> None:
    assert [each.dimension for each in found.dimensions] == list(DIMENSIONS)


def test_advice_that_holds_for_one_and_not_for_another_adds_weight() -> None:
    # Both dimensions are a level apart and neither is a finding. A sales-driven play depends on
    # LIFETIME, none on PARTNER.
    other = {"P17": PASSIVE["P17"], "P18": PASSIVE["P18"], "P21": PASSIVE["P21"], "P22": "b"}

    topics = people([person(SALES, "a"), person({**SALES, **other}, "b")]).topics

    assert [each.subject for each in topics] == ["LIFETIME", "PARTNER"]
    assert [each.weight > 1 for each in topics] == [True, False]


def test_a_finding_adds_the_spread_to_the_weight() -> None:
    results = [person(SALES, "a"), person({**SALES, "P15": "c", "P16": "c"}, "b")]
    found = people(results)
    seen = Seen(results, found.people, found.joint, shipped_model().model, shipped_playbook())
    unfound = [replace(each, finding=False) for each in found.dimensions]

    (plain,), (weighty,) = topics_of(unfound, seen), found.topics

    assert weighty.weight == pytest.approx(plain.weight + 2.0)
