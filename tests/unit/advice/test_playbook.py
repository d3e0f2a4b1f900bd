"""The playbook: complete as shipped, and every fault named with file, play and field."""

from collections import Counter
from pathlib import Path

import pytest

from persona.advice.playbook import PLAYBOOK_FILE, Playbook, load_playbook
from persona.errors import PlaybookError
from persona.model.artefact import Model
from persona.pipe import assess
from persona.questionnaire.items import Questionnaire
from persona.vocabulary import GAPS, PERSONAS
from tests.conftest import complaint
from tests.strategies import EXECUTION_IDS, OPTIONS, TYPICAL

TEXT = PLAYBOOK_FILE.read_text()


def fault(folder: Path, text: str | bytes) -> str:
    """Return the complaint about a playbook, having checked that it names the file."""
    file = folder / "plays.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PlaybookError) as error:
        load_playbook(file, OPTIONS)
    return complaint(error.value, "plays.toml")


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_there_are_twelve_plays_for_each_method_and_one_for_each_gap(playbook: Playbook) -> None:
    assert Counter(play.persona for play in playbook.play) == dict.fromkeys(PERSONAS, 12)
    assert len(playbook.play) == 36
    assert [play.gap for play in playbook.gap_play] == list(GAPS)
    assert len(playbook.plays) == len({play.id for play in playbook.plays}) == 49


def test_every_gap_play_is_tuned_for_every_method(playbook: Playbook) -> None:
    for play in playbook.gap_play:
        assert set(play.tuned) == set(PERSONAS)
        assert len({tuned.how for tuned in play.tuned.values()}) == 3


def test_no_method_is_advised_against_in_its_own_words(playbook: Playbook) -> None:
    for persona in PERSONAS:
        method = playbook.method[persona]
        assert method.strengths
        assert method.guards
        assert method.ambition != method.sentence


def test_a_copy_of_the_shipped_file_loads(tmp_path: Path) -> None:
    file = tmp_path / "plays.toml"
    file.write_text(TEXT)
    assert load_playbook(file, OPTIONS) == load_playbook()


FAULTS: dict[str, tuple[str | bytes, tuple[str, ...]]] = {
    "id twice": (changed('id = "S2"', 'id = "S1"'), ("S1", "id")),
    "id twice over tables": (changed('id = "G1"', 'id = "D1"'), ("D1", "id")),
    "empty name": (changed('name = "Choose fights"', 'name = ""'), ("S1", "name")),
    "owner missing": (changed('owner = "Head of sales"\n', ""), ("S1", "owner")),
    "fortnight is text": (changed("fortnight = true", 'fortnight = "yes"'), ("S1", "fortnight")),
    "stranger persona": (
        changed('persona = "sales_driven"', 'persona = "seller"'),
        ("S1", "persona", "seller"),
    ),
    "stranger field": (changed('id = "S1"', 'id = "S1"\nprice = 1'), ("S1", "price")),
    "id missing": (changed('id = "S1"\n', ""), ("1", "id")),
    "trigger": (changed('trigger = "E02 <= 1"', 'trigger = "E02 < 1"'), ("S1", "trigger", "'<'")),
    "trigger of a gap play": (
        changed('trigger = "E04 is a or E04 is d"', 'trigger = "E04 is a or"'),
        ("G4", "trigger"),
    ),
    "trigger on a stranger item": (
        changed('trigger = "E02 <= 1"', 'trigger = "E13 <= 1"'),
        ("S1", "trigger", "E13"),
    ),
    "trigger on a stranger option": (
        changed('trigger = "BASIS = 1 or P02 is a"', 'trigger = "BASIS = 1 or P02 is e"'),
        ("S2", "trigger", "P02"),
    ),
    "stranger gap": (changed('gap = "doubt"', 'gap = "worry"'), ("G1", "gap", "worry")),
    "gap twice": (changed('gap = "inertia"', 'gap = "doubt"'), ("gap",)),
    "tuned for two only": (
        changed("[gap_play.tuned.passive_marketer]", "[gap_play.tuned.sales_driven.extra]"),
        ("G1", "extra"),
    ),
    "tuned for a stranger": (
        changed("[gap_play.tuned.passive_marketer]", "[gap_play.tuned.marketer]"),
        ("G1", "tuned"),
    ),
    "tuned text empty": (changed("\nhow = ", '\nhow = ""\n# '), ("G1", "tuned", "how")),
    "no strengths": (changed("strengths = [", "strengths = []\nwas = ["), ("method", "strengths")),
    "strengths empty": ("[method.sales_driven]\n", ("method",)),
    "method of a stranger": (
        changed("[method.sales_driven]", "[method.seller]"),
        ("method", "seller"),
    ),
    "version is text": (changed("version = 1", 'version = "one"'), ("version",)),
    "evolve without question": (changed("\nquestion = ", "\nquestions = "), ("evolve", "quest")),
    "path from a stranger": (
        changed('from = "sales_driven"', 'from = "seller"'),
        ("evolve", "from"),
    ),
    "not TOML": (TEXT + "\n[[", ()),
    "twice the same table": (TEXT + "\n[evolve]\n", ()),
    "empty": ("", ("version",)),
    "a play that is a number": (
        "version = 1\nplay = [1]\ngap_play = []\n[method]\n[evolve]\n",
        ("play",),
    ),
    "not UTF-8": (b"version = 1 # \xff", ("UTF-8",)),
    "deep": ("version = " + "[" * 100_000, ()),
    "a number without end": ("version = " + "9" * 5_000, ()),
}


@pytest.mark.parametrize("name", list(FAULTS))
def test_a_fault_is_named_with_file_play_and_field(tmp_path: Path, name: str) -> None:
    text, words = FAULTS[name]
    message = fault(tmp_path, text)
    assert all(word in message for word in words), message


def test_a_gap_play_that_is_left_out_is_noticed(tmp_path: Path) -> None:
    start, end = TEXT.index('[[gap_play]]\nid = "G13"'), TEXT.index("[evolve]")
    assert "gap_play" in fault(tmp_path, TEXT[:start] + TEXT[end:])


def test_a_method_that_is_left_out_is_noticed(tmp_path: Path) -> None:
    start, end = TEXT.index("[method.sales_driven]"), TEXT.index("[method.passive_marketer]")
    assert "method" in fault(tmp_path, TEXT[:start] + TEXT[end:])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"none\.toml"):
        load_playbook(tmp_path / "none.toml")


def option_satisfying(item: str, questionnaire: Questionnaire, best: bool) -> str:
    options = questionnaire.by_id[item].options
    scored = [option for option in options if option.score is not None]
    key = max if best else min
    return key(scored, key=lambda option: option.score or 0).id


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_company_that_executes_badly_can_be_offered_most_plays_of_its_method(
    playbook: Playbook, questionnaire: Questionnaire, model: Model, persona: str
) -> None:
    worst = {item: option_satisfying(item, questionnaire, best=False) for item in EXECUTION_IDS}
    result = assess(TYPICAL[persona] | worst)  # type: ignore[index]
    assert result.label == persona
    offered = {step.id for step in result.plan.steps} | set(result.plan.waiting)
    own = {play.id for play in playbook.play if play.persona == persona}
    others = {play.id for play in playbook.play if play.persona != persona}
    assert len(offered & own) >= 5
    assert not offered & others
    assert len(offered - own) >= 11
