"""The evidence of words: exact sums, bounded shares, and nothing from what is not known."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.model.artefact import WordWeights
from persona.model.verdict import classify
from persona.model.words import MOST_SHOWN, known_words, weigh_words
from persona.observations import WORD_PARTS, ObservationRow, Wording, WordPart
from persona.vocabulary import PERSONAS
from tests.strategies import TYPICAL, row_of
from tests.websites import DYNAMIC_SITE, PRIOR, WORDS, saying, with_site, wording

MODEL = with_site()
names = st.sampled_from([f"word{letter}" for letter in "abcdefghijklmnop"])
number = st.floats(min_value=-9, max_value=9)
rarity = st.floats(min_value=0, max_value=8)
tables: st.SearchStrategy[dict[WordPart, dict[str, WordWeights]]] = st.fixed_dictionaries(
    {part: st.dictionaries(names, st.tuples(rarity, number, number, number)) for part in WORD_PARTS}
)
counts = st.dictionaries(names, st.integers(min_value=1, max_value=10**9))
wordings = st.builds(Wording, links=counts, labels=counts, text=counts)


def adds(word: str, part: WordPart, counts: dict[str, int]) -> list[float]:
    """Return what a word of ``MODEL`` adds, by the formula and the plain way."""
    assert MODEL.site is not None
    table = MODEL.site.words[part]
    sizes = {w: table[w][0] * (1 + math.log(n)) for w, n in counts.items() if w in table}
    share = sizes[word] / math.sqrt(sum(size**2 for size in sizes.values()))
    return [share * weight / MODEL.site.temperature for weight in table[word][1:]]


def test_an_example_worked_by_hand() -> None:
    used = {"research": 3, "quote": 1, "unknown": 90}
    (links,) = weigh_words(saying(links=used), MODEL)
    assert (links.item, links.option, links.value) == ("links", None, 2.0)
    parts = [adds(word, "links", used) for word in ("research", "quote")]
    assert links.weights == pytest.approx([sum(each) for each in zip(*parts, strict=True)])
    assert [each.word for each in links.words] == ["research", "quote"]
    assert links.words[0].weights == pytest.approx(parts[0])
    assert links.words[1].weights == pytest.approx(parts[1])
    assert 0 < links.weights[2] == -links.weights[0]


def test_one_word_alone_has_its_full_share() -> None:
    (text,) = weigh_words(saying(text={"dealer": 5}), MODEL)
    assert text.weights == (1.5 / 1.25, 0.0, -1.5 / 1.25)


def test_half_the_weight_counts_half() -> None:
    whole = weigh_words(saying(**DYNAMIC_SITE), MODEL)
    half = weigh_words(saying(**DYNAMIC_SITE), MODEL, 0.5)
    for one, other in zip(whole, half, strict=True):
        assert other.weights == tuple(weight / 2 for weight in one.weights)
        assert other.value == one.value


@given(tables, wordings)
def test_what_is_shown_adds_up_to_the_logits_exactly(
    words: dict[WordPart, dict[str, WordWeights]], said: Wording
) -> None:
    verdict = classify(ObservationRow(wording=said), with_site(words))
    for index, persona in enumerate(PERSONAS):
        parts = [verdict.intercept[persona], *(one.weights[index] for one in verdict.evidence)]
        assert math.fsum(parts) == verdict.logits[persona]
    for one in verdict.from_words:
        if one.value is not None and one.value <= MOST_SHOWN:
            assert len(one.words) == one.value
            for index in range(len(PERSONAS)):
                assert math.fsum(each.weights[index] for each in one.words) == one.weights[index]


@given(tables, wordings, st.randoms(use_true_random=False))
def test_the_order_of_words_changes_no_bit(
    words: dict[WordPart, dict[str, WordWeights]], said: Wording, order: random.Random
) -> None:
    def shuffled(counts: dict[str, int]) -> dict[str, int]:
        pairs = list(counts.items())
        order.shuffle(pairs)
        return dict(pairs)

    model = with_site(words)
    other = Wording(*(shuffled(said.part(part)) for part in WORD_PARTS))
    assert weigh_words(ObservationRow(wording=other), model) == weigh_words(
        ObservationRow(wording=said), model
    )


@given(tables, wordings)
def test_a_part_is_bounded_however_large_the_site(
    words: dict[WordPart, dict[str, WordWeights]], said: Wording
) -> None:
    model = with_site(words)
    assert model.site is not None
    for one in weigh_words(ObservationRow(wording=said), model):
        table = words[next(part for part in WORD_PARTS if part == one.item)]
        largest = max(abs(weight) for row in table.values() for weight in row[1:])
        most = largest * math.sqrt(one.value or 0) / model.site.temperature
        assert max(map(abs, one.weights)) <= most * (1 + 1e-9)


@given(wordings)
def test_words_that_are_not_known_add_exactly_nothing(said: Wording) -> None:
    row = ObservationRow(row_of(TYPICAL["passive_marketer"]).answers, wording=said)
    assert weigh_words(row, MODEL) == ()
    assert weigh_words(ObservationRow(wording=said), PRIOR) == ()


def test_words_beside_known_ones_change_no_bit() -> None:
    more = {part: {**counts, "unheard": 70} for part, counts in DYNAMIC_SITE.items()}
    assert weigh_words(saying(**more), MODEL) == weigh_words(saying(**DYNAMIC_SITE), MODEL)


def test_without_wording_nothing_is_weighed() -> None:
    assert weigh_words(ObservationRow(), MODEL) == ()
    assert weigh_words(saying(), MODEL) == ()


@pytest.mark.parametrize("count", [0, -3])
def test_a_word_that_is_not_used_does_not_count(count: int) -> None:
    assert weigh_words(saying(text={"dealer": count}), MODEL) == ()


def test_words_that_are_not_rare_at_all_weigh_nothing() -> None:
    common = with_site({"text": {"pumps": (0.0, 9.0, 0.0, 0.0)}})
    assert weigh_words(saying(text={"pumps": 4}), common) == ()


def test_only_the_words_that_tell_most_are_kept_and_all_are_counted() -> None:
    table = {f"word{letter}": (1.0, 0.0, 0.0, 0.1 * n) for n, letter in enumerate("abcdefghijkl")}
    (text,) = weigh_words(saying(text=dict.fromkeys(table, 1)), with_site({"text": table}))
    assert text.value == len(table)
    assert [each.word for each in text.words] == [f"word{letter}" for letter in "lkjihgfe"]


def test_known_words_are_counted_part_by_part() -> None:
    row = saying(links={"quote": 2, "news": 1, "other": 1}, text={"dealer": 1})
    assert known_words(weigh_words(row, MODEL)) == 3
    assert known_words(weigh_words(saying(), MODEL)) == 0


def test_a_word_tells_only_in_its_own_part() -> None:
    assert "dealer" not in WORDS["links"]
    assert weigh_words(ObservationRow(wording=wording(links={"dealer": 3})), MODEL) == ()
