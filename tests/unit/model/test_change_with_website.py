"""What would change a verdict that rests on a website too: found, and no fewer would do."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from msgspec.structs import replace

from persona.model.artefact import Model
from persona.model.change import Change, sensitivity
from persona.model.reach import is_settled
from persona.model.verdict import Verdict, classify
from persona.observations import Signal
from tests.strategies import PERSONA_IDS, Answers, completions, few, other_answers, row_of
from tests.websites import DYNAMIC_SITE, PRIOR, SALES_SITE, with_site, wording

SITES = {
    "sales": wording(**SALES_SITE),
    "dynamic": wording(**DYNAMIC_SITE),
    "both": wording(**{part: {**SALES_SITE[part], **DYNAMIC_SITE[part]} for part in SALES_SITE}),
    "hardly any": wording(text={"dealer": 1}),
    "a clash of signals": wording(**SALES_SITE),
}
CLASH = tuple(
    Signal(name, PRIOR.signals[name].dimension, PRIOR.signals[name].family, "", 1.0)
    for name in ["W01", "W04", "W05", "W07", "W08", "W11", "W12", "W24", "W35", "W36"]
)
sites = st.sampled_from(sorted(SITES))


def fitted(min_answers: int, probability: float, site_probability: float) -> Model:
    limits = replace(PRIOR.thresholds, min_answers=min_answers, min_probability=probability)
    return with_site(base=replace(PRIOR, thresholds=limits), min_probability=site_probability)


def verdict(answers: Mapping[str, str], site: str, model: Model) -> Verdict:
    seen = CLASH if site == "a clash of signals" else ()
    return classify(replace(row_of(answers), wording=SITES[site], signals=seen), model)


def after(answers: Answers, change: Change) -> Answers:
    return {**answers, **{swap.item: swap.instead for swap in change.swaps}}


def check_fully(answers: Answers, site: str, model: Model) -> None:
    now = verdict(answers, site, model)
    found = sensitivity(now, model)
    for change in (found.label_changes, found.leader_changes):
        if change is not None:
            then = verdict(after(answers, change), site, model)
            assert (then.label, then.leader) == (change.label, change.leader)
    label_size = len(found.label_changes.swaps) if found.label_changes else len(answers) + 1
    leader_size = len(found.leader_changes.swaps) if found.leader_changes else len(answers) + 1
    for size in range(1, max(label_size, leader_size)):
        for other in other_answers(answers, size):
            then = verdict(other, site, model)
            assert then.label == now.label or size >= label_size
            assert then.leader == now.leader or size >= leader_size
    if found.label_changes:
        assert found.label_changes.label != now.label


@hypothesis_settings(max_examples=30)
@given(few(most=4), sites, st.sampled_from([0.5, 0.65]))
def test_smallest_changes_beside_answers_that_are_enough(
    answers: Answers, site: str, probability: float
) -> None:
    check_fully(answers, site, fitted(1, probability, 0.45))


@hypothesis_settings(max_examples=40)
@given(few(most=4), sites, st.sampled_from([0.34, 0.4, 0.55, 0.8]))
def test_smallest_changes_where_the_website_decides(
    answers: Answers, site: str, probability: float
) -> None:
    check_fully(answers, site, fitted(6, 0.65, probability))


@hypothesis_settings(max_examples=30)
@given(few(most=3), sites, st.sampled_from([0.5, 0.65, 0.8]))
def test_a_verdict_beside_a_website_is_settled_only_if_no_answer_could_change_it(
    answers: Answers, site: str, probability: float
) -> None:
    model = fitted(1, probability, 0.45)
    still_open = [item for item in PERSONA_IDS if item not in answers][:3]
    now = verdict(answers, site, model)
    reachable = {verdict(each, site, model).label for each in completions(answers, still_open)}
    if is_settled(now, model, still_open):
        assert reachable == {now.label}
    else:
        assert len(reachable) > 1
