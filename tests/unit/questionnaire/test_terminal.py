"""The questionnaire on text streams: what each key does, what is drawn, and what is kept."""

import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.model.artefact import load_model
from persona.observations import Revision
from persona.questionnaire import session as sessions
from persona.questionnaire.ordering import next_item
from persona.questionnaire.session import Mode, Session
from persona.questionnaire.terminal import EndOfInput, Interview, how_to_go_on
from persona.vocabulary import PERSONAS, Persona
from tests.integration.commands import HEADER, HINTS
from tests.strategies import EXECUTION_IDS, OPTIONS, PERSONA_IDS, QUESTIONNAIRE, TYPICAL

CHOOSE = partial(next_item, questionnaire=QUESTIONNAIRE, model=load_model().model)
IDS = tuple(OPTIONS)


@pytest.fixture(scope="module", autouse=True)
def widest_page() -> Iterator[None]:
    """Draw on the widest page, whatever the terminal of the test runner."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COLUMNS", raising=False)
        yield


@dataclass
class Talk:
    """What came of an interview."""

    drawn: str = ""
    saved: list[Session] = field(default_factory=list)
    ended: bool = False

    @property
    def session(self) -> Session:
        """The state kept last."""
        return self.saved[-1]

    @property
    def asked(self) -> list[str]:
        """The questions drawn, in order."""
        return [item for _, item in HEADER.findall(self.drawn)]

    @property
    def pages(self) -> list[str]:
        """What was drawn before each prompt, and after the last."""
        return self.drawn.split("\n  > ")


def is_inert(text: str) -> bool:
    """Return True if nothing in a text could steer a terminal."""
    return text.replace("\n", "").isprintable()


def new(mode: Mode = "full", risk: float = 0.0, company: str | None = "Acme") -> Session:
    """Return a session that shows options in the order of the questionnaire: 1 is "a"."""
    session = sessions.start(QUESTIONNAIRE, company, 0, mode, risk)
    return msgspec.structs.replace(session, option_order=dict(OPTIONS))


def interview(talk: Talk, *typed: str) -> Interview:
    text = "".join(f"{line}\n" for line in typed)
    return Interview(
        QUESTIONNAIRE, CHOOSE, talk.saved.append, stdin=io.StringIO(text), stderr=io.StringIO()
    )


def talk(*typed: str, session: Session | None = None) -> Talk:
    """Run an interview to its end or the end of the lines, whichever comes first."""
    result = Talk()
    asking = interview(result, *typed)
    try:
        done = asking.run(session or new())
        assert done.complete
    except EndOfInput:
        result.ended = True
    assert asking.session == result.saved[-1]
    result.drawn = asking.stderr.getvalue()  # type: ignore[attr-defined]
    return result


def test_all_items_are_asked_in_order_and_all_answers_kept() -> None:
    done = talk(*["1"] * len(IDS))

    assert done.asked == list(IDS)
    assert done.session.complete
    assert done.session.answers == dict.fromkeys(IDS, "a")


def test_every_state_is_saved_before_the_next_question_is_drawn() -> None:
    done = talk("1", "2", "n")

    assert done.ended
    assert [len(state.answers) for state in done.saved] == [0, 0, 1, 1, 2, 2, 3, 3]
    assert done.session.current == "P04"
    assert done.session.answers == {"P01": "a", "P02": "b", "P03": None}


def test_a_page_shows_company_place_question_options_and_keys() -> None:
    page = talk().pages[0]

    assert "Acme" in page
    assert "Question 1 of 42 (P01)" in page
    item = QUESTIONNAIRE.by_id["P01"]
    assert item.question in page
    for key, option in enumerate(item.options, 1):
        assert f"  {key}   {option.text}" in page
    assert "  n   Not sure, or does not apply" in page
    assert "b back" in page
    assert "? all keys" in page


def test_the_options_are_drawn_in_the_order_of_the_session() -> None:
    session = sessions.start(QUESTIONNAIRE, "Acme", 5)
    page = talk(session=session).pages[0]

    places = [
        page.index(option.text)
        for option_id in session.option_order["P01"]
        for option in QUESTIONNAIRE.by_id["P01"].options
        if option.id == option_id
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("typed", "answers", "current"),
    [
        ("2", {"P01": "a", "P02": "b"}, "P03"),
        (" 2 ", {"P01": "a", "P02": "b"}, "P03"),
        ("02", {"P01": "a", "P02": "b"}, "P03"),
        ("n", {"P01": "a", "P02": None}, "P03"),
        ("N", {"P01": "a", "P02": None}, "P03"),
        ("s", {"P01": "a"}, "P03"),
        ("b", {"P01": "a"}, "P01"),
        ("g 7", {"P01": "a"}, "P07"),
        ("g7", {"P01": "a"}, "P07"),
        ("g P07", {"P01": "a"}, "P07"),
        ("G p7", {"P01": "a"}, "P07"),
        ("g e12", {"P01": "a"}, "E12"),
        ("g 42", {"P01": "a"}, "C02"),
    ],
)
def test_keys(typed: str, answers: dict[str, str | None], current: str) -> None:
    done = talk("1", typed)

    assert done.session.answers == answers
    assert done.asked[-1] == current


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("", "Type the number of your answer, or s to skip."),
        ("0", "Type a number from 1 to 4."),
        ("5", "Type a number from 1 to 4."),
        ("99999999999999999999", "is not a key here"),
        ("-1", "'-1' is not a key here"),
        ("1.0", "is not a key here"),
        ("1 2", "is not a key here"),
        ("yes", "'yes' is not a key here; ? shows the keys."),
        ("\x00\x1b[2J\x07", "is not a key here"),
        ("²", "is not a key here"),
        ("\ufeff1", "is not a key here"),
        ("\u202e1", "is not a key here"),
        ("x" * 10_000, "'xxxxxxxxxxxxxxxxxxxx' is not a key here"),
        ("g", "Type g and a question, such as g 7"),
        ("g 0", "There is no question 0."),
        ("g 43", "There is no question 43."),
        ("g P29", "There is no question p29."),
        ("g X01", "There is no question x01."),
    ],
)
def test_wrong_keys_say_so_and_change_nothing(typed: str, notice: str) -> None:
    done = talk(typed)

    assert done.session.answers == {}
    assert done.session.current == "P01"
    assert notice in done.pages[1]
    assert notice not in done.pages[0]
    assert is_inert(done.drawn)


@pytest.mark.parametrize("typed", ["1" * 5000, "g " + "1" * 5000])
def test_a_number_too_long_to_read_is_a_wrong_key(typed: str) -> None:
    done = talk(typed, "1")

    assert done.session.answers == {"P01": "a"}


def test_a_notice_is_shown_once() -> None:
    done = talk("9", "o", "", "1")

    assert done.drawn.count("Type a number from 1 to 4.") == 1


def test_an_answer_given_before_is_marked_and_kept_by_enter() -> None:
    done = talk("2", "n", "b", "b", "", "", "3")

    marked = [line.strip() for line in done.drawn.splitlines() if "(your answer)" in line]
    first = QUESTIONNAIRE.by_id["P01"].options[1].text
    assert marked == [
        "n   Not sure, or does not apply  (your answer)",
        f"2   {first}  (your answer)",
        "n   Not sure, or does not apply  (your answer)",
    ]
    assert done.session.answers == {"P01": "b", "P02": None, "P03": "c"}


def test_back_at_the_first_question_stays_there() -> None:
    done = talk("b", "b", "1")

    assert done.asked == ["P01", "P01", "P01", "P02"]


def test_a_jump_returns_to_where_it_came_from() -> None:
    assert talk("1", "1", "g 9", "1", "1").asked == ["P01", "P02", "P03", "P09", "P03", "P04"]
    assert talk("1", "1", "g 1", "2", "1").asked == ["P01", "P02", "P03", "P01", "P03", "P04"]


def test_a_jump_to_the_question_on_screen_does_not_ask_it_twice() -> None:
    assert talk("g 1", "1").asked == ["P01", "P01", "P02"]


def test_a_question_met_by_a_jump_is_not_asked_again() -> None:
    done = talk("g 3", "1", *["1"] * 41)

    assert sorted(done.asked, key=IDS.index) == sorted([*IDS, "P01"], key=IDS.index)
    assert done.session.complete


def test_help_lists_every_key_and_returns_to_the_question() -> None:
    for key in ("?", "h"):
        done = talk(key, "", "1")
        for wanted in ("number", "Enter", "n ", "b ", "s ", "g 7", "o ", "f ", "q "):
            assert f"\n  {wanted}" in done.pages[1]
        assert done.asked == ["P01", "P01", "P02"]


def test_the_overview_shows_words_not_letters() -> None:
    done = talk("1", "n", "s", "o", "", "1")
    flowing = " ".join(done.pages[4].split())

    first = QUESTIONNAIRE.by_id["P01"]
    assert re.search(f"1 {first.question[:20]}.* {first.options[0].text}", flowing)
    for number, words in {2: "not sure", 3: "not answered", 4: "not answered"}.items():
        question = QUESTIONNAIRE.by_id[f"P0{number}"].question[:20]
        assert re.search(f"{number} {re.escape(question)}[^…]*… {words}", flowing)
    assert QUESTIONNAIRE.by_id["P05"].question[:20] not in flowing
    assert done.asked[-1] == "P05"


def test_finishing_early_keeps_what_is_answered() -> None:
    done = talk("1", "1", "f", "never read")

    assert done.session.complete
    assert done.session.answers == {"P01": "a", "P02": "a"}


@pytest.mark.parametrize("typed", ["q", "Q", " q "])
def test_quitting_ends_and_keeps_everything(typed: str) -> None:
    done = talk("1", typed, "2")

    assert done.ended
    assert not done.session.complete
    assert done.session.answers == {"P01": "a"}


def test_a_session_goes_on_exactly_where_it_was_left() -> None:
    left = talk("1", "s", "2").session

    done = talk("1", session=left)

    assert done.asked[0] == "P04"
    assert done.session.answers == {"P01": "a", "P03": "b", "P04": "a"}
    assert done.session.skipped == ("P02",)


def test_what_was_skipped_is_offered_at_the_end() -> None:
    done = talk("s", "s", *["1"] * 40, "2", "3", "")

    assert "You skipped 1, 2. Type a number to answer it, or Enter to finish." in done.drawn
    assert "You skipped 1. Type a number" in done.drawn
    assert done.session.complete
    assert done.session.answers["P02"] == "c"
    assert "P01" not in done.session.answers


def test_an_item_skipped_again_is_offered_again() -> None:
    done = talk("s", *["1"] * 41, "P01", "s", "p1", "n")

    assert done.drawn.count("You skipped 1.") == 2
    assert done.session.complete
    assert done.session.answers["P01"] is None


def test_quitting_at_the_end_screen_keeps_everything() -> None:
    for last in (["q"], []):
        done = talk("s", *["1"] * 41, *last)
        assert done.ended
        assert not done.session.complete
        assert len(done.session.answers) == 41


@pytest.mark.parametrize("typed", ["99", "x", "b", "?"])
def test_a_wrong_key_at_the_end_screen_does_not_finish(typed: str) -> None:
    done = talk("s", *["1"] * 41, typed)

    assert not done.session.complete


def test_the_last_two_parts_are_announced() -> None:
    done = talk(*["1"] * 42)

    assert "Part two: twelve questions on how things are carried out." in done.pages[28]
    assert "they are never scored." in done.pages[40]
    assert done.drawn.count("Part two") == 1


class Respondent(io.StringIO):
    """Types what one persona would answer to the question drawn last."""

    def __init__(self, persona: Persona, screen: io.StringIO) -> None:
        super().__init__()
        self.persona, self.screen = persona, screen

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        item = HEADER.findall(self.screen.getvalue())[-1][1]
        typical = TYPICAL[self.persona].get(item, "a")
        return f"{OPTIONS[item].index(typical) + 1}\n"


def quick(persona: Persona, risk: float) -> Talk:
    """Answer a quick questionnaire as one persona would."""
    screen, result = io.StringIO(), Talk()
    Interview(
        QUESTIONNAIRE,
        CHOOSE,
        result.saved.append,
        stdin=Respondent(persona, screen),
        stderr=screen,
    ).run(new("quick", risk))
    result.drawn = screen.getvalue()
    return result


@pytest.mark.parametrize("persona", PERSONAS)
def test_quick_asks_fewer_and_more_risk_fewer_still(persona: Persona) -> None:
    sure, bold = quick(persona, 0.0), quick(persona, 0.05)

    methods = [[item for item in each.asked if item in PERSONA_IDS] for each in (sure, bold)]
    assert 6 <= len(methods[1]) <= len(methods[0]) < len(PERSONA_IDS)
    assert [item for item in sure.asked if item not in PERSONA_IDS] == list(EXECUTION_IDS)
    assert "f finishes here and leaves them out." in " ".join(sure.drawn.split())


def test_quick_numbers_the_questions_as_they_come() -> None:
    done = talk("n", "n", "s", "g 1", "1", session=new("quick"))

    numbers = re.findall(r"Question (\d+) of at most 40 \(", done.drawn)
    assert numbers == ["1", "2", "3", "4", "1", "4"]
    assert done.session.answers[done.asked[0]] == "a"


def test_nothing_drawn_tells_what_an_answer_stands_for() -> None:
    for done in (talk(*["1", "n", "o", ""] * 42), talk("?", ""), quick("sales_driven", 0.0)):
        assert len(done.drawn) > 500
        assert HINTS.search(done.drawn) is None


def test_revising_changes_an_answer_and_records_it() -> None:
    done = talk("1", "1", "f").session
    result = Talk()
    asking = interview(result, "p99", "P02", "3")

    revised = asking.revise(done)

    assert revised is not None
    assert revised.complete
    assert revised.answers == {"P01": "a", "P02": "c"}
    assert revised.revisions == (Revision("P02", "a", "c"),)
    assert result.session.answers == revised.answers
    drawn = asking.stderr.getvalue()  # type: ignore[attr-defined]
    assert '"p99" is not a question' in drawn.replace("'", '"')


def test_a_question_never_shown_can_be_answered_after_the_verdict() -> None:
    done = talk("1", "f").session

    revised = interview(Talk(), "20", "2").revise(done)

    assert revised is not None
    assert revised.answers == {"P01": "a", "P20": "b"}
    assert revised.revisions == (Revision("P20", None, "b"),)


@pytest.mark.parametrize("typed", [[""], ["q"], ["f"], []])
def test_a_user_who_is_content_leaves_by_enter_or_the_end_of_input(typed: list[str]) -> None:
    assert interview(Talk(), *typed).revise(talk("f").session) is None


@pytest.mark.parametrize(
    ("typed", "name"), [("Acme AB", "Acme AB"), ("  Acme ", "Acme"), ("", None), ("   ", None)]
)
def test_the_company_name_may_be_left_out(typed: str, name: str | None) -> None:
    assert interview(Talk(), typed).name() == name


@pytest.mark.parametrize(
    ("typed", "yes"), [("", True), ("y", True), ("n", False), ("No", False), (" N ", False)]
)
def test_a_question_is_confirmed_by_enter(typed: str, yes: bool) -> None:
    assert interview(Talk(), typed).confirm("Go on?") is yes


def test_a_company_without_a_name_and_one_with_control_characters() -> None:
    assert "Your company" in talk(session=new(company=None)).drawn
    drawn = talk(session=new(company="Ev\x1b[31mil\x07\u202e\n\tAB")).drawn
    assert "Ev[31mil AB" in drawn
    assert is_inert(drawn)


def test_how_to_go_on() -> None:
    assert how_to_go_on(None) == "nothing was answered yet"
    one = talk("1", "n").session
    assert how_to_go_on(one) == (
        "2 answers are kept; go on with: persona assess --resume --company Acme"
    )
    two = talk("1", "2", session=new(company="Dune & Son's")).session
    line = how_to_go_on(two)
    assert line.startswith("2 answers are kept; ")
    assert shlex.split(line.partition(": ")[2])[-2:] == ["--company", "Dune & Son's"]
    nameless = talk("1", session=new(company=None)).session
    assert re.search(r"persona assess --resume( --company '')?$", how_to_go_on(nameless))


LINES = st.one_of(
    st.sampled_from(["1", "2", "n", "b", "s", "o", "?", "", "g 7", "g P07", "g E02", "f", "q"]),
    st.sampled_from(["1", "2", "n", "b", "s", "", "g 3", "g C01"]),
    st.text(max_size=30),
)


@given(st.lists(LINES, max_size=60), st.sampled_from(("full", "quick")))
def test_no_input_crashes_or_loses_an_answer(typed: list[str], mode: Mode) -> None:
    done = talk(*typed, session=new(mode))

    assert is_inert(done.drawn)
    for before, after in zip(done.saved, done.saved[1:], strict=False):
        assert set(before.answers) <= set(after.answers)
        changed = [item for item in before.answers if before.answers[item] != after.answers[item]]
        assert set(changed) <= {before.current}
        sessions.check_session(after, QUESTIONNAIRE)
