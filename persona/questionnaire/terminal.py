"""The questionnaire in a terminal: one question at a time, every answer kept at once.

The only file that talks to a terminal. Everything is drawn on standard error, so that results
can be sent elsewhere, and every command is a line, so that a screen reader, a pipe and a
terminal without colour work alike. Nothing on screen tells what an option stands for.
"""

import re
from collections.abc import Callable
from io import TextIOWrapper
from typing import IO

from persona.layout import Paper, company_name, paper_for, print_page
from persona.questionnaire import session as sessions
from persona.questionnaire.items import Item, Questionnaire
from persona.questionnaire.parts import number_of, opening_words, place_of, total_of
from persona.questionnaire.session import Session

_CLEAR = "\x1b[2J\x1b[H"
_KEYS = (
    ("number", "choose that answer"),
    ("Enter", "keep the answer you gave before"),
    ("n", "not sure, or does not apply"),
    ("b", "back to the question before"),
    ("s", "skip for now"),
    ("g 7", "go to question 7 (or g P07)"),
    ("o", "overview of your answers"),
    ("f", "finish now with what is answered"),
    ("q", "quit; everything is kept"),
)
_KEY_LINE = "n not sure · b back · s skip · q quit · ? all keys"
_FINISH = "f finishes here and leaves them out."
_GO = re.compile(r"g\s*([a-z]?\d{1,3})", re.ASCII)
_NUMBER = re.compile(r"\d{1,3}", re.ASCII)


class EndOfInput(Exception):
    """Standard input ended, or the user asked to quit."""


class Interview:
    """A terminal loop over a session.

    ``choose`` returns the item to show next, or None; ``save`` is called with every new state.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        choose: Callable[[Session], str | None],
        save: Callable[[Session], None],
        *,
        stdin: IO[str],
        stderr: IO[str],
        plain: bool = False,
    ) -> None:
        self.questionnaire = questionnaire
        self.choose = choose
        self.save = save
        self.stdin = stdin
        self.stderr = stderr
        self.plain = plain
        self.redraws = not plain and paper_for(stderr).colour
        self.session: Session | None = None
        self.notice = ""
        if isinstance(stdin, TextIOWrapper):
            stdin.reconfigure(errors="replace")

    def run(self, session: Session) -> Session:
        """Ask until the session is complete; EndOfInput when the user stops before that."""
        self._keep(session)
        while not session.complete:
            if session.current is None:
                session = self._go_on(session)
            else:
                session = self._obey(session, self._ask(session, session.current))
            self._keep(session)
        return session

    def revise(self, session: Session) -> Session | None:
        """Offer second thoughts after the verdict; None when the user is content.

        Returns the session with one answer changed, or reopened to answer what was left.
        """
        left = len(self.questionnaire.items) - len(session.answers)
        go_on = f" To answer the {left} questions left, type c." if left > 0 else ""
        offer = f"To change an answer, type its question, such as P05.{go_on} Enter to finish."
        self.tell(offer)
        while True:
            try:
                typed = self._read().strip()
            except EndOfInput:
                return None
            if typed.lower() in ("", "q", "f"):
                return None
            if typed.lower() == "c" and go_on:
                return sessions.reopen(session)
            item = self._find(session, typed)
            if item is not None:
                return self._ask_again(session, item)
            self.tell(f"{typed!r} is not a question. {offer}")

    def _ask_again(self, session: Session, item: str) -> Session:
        session = sessions.jump(session, item)
        while session.current == item:
            session = self._obey(session, self._ask(session, item))
            self._keep(session)
        return sessions.finish(session)

    def tell(self, text: str) -> None:
        """Say something in a paragraph of its own."""
        paper = paper_for(self.stderr, plain=self.plain)
        paper.lines.append("")
        paper.paragraph(text)
        print_page(paper, self.stderr)

    def pause(self) -> None:
        """Wait for Enter between two pages."""
        self.tell("Enter to read on.")
        self._read()

    def end_line(self) -> None:
        """Leave the line of an unanswered prompt, so that what follows stands on its own."""
        if self.stdin.isatty():
            self.stderr.write("\n")

    def confirm(self, question: str) -> bool:
        """Ask a question answered by Enter (yes) or n (no)."""
        self.tell(f"{question} [Y/n]")
        return self._read().strip().lower() not in ("n", "no")

    def name(self) -> str | None:
        """Ask for the company's name; None when it is left out."""
        self.tell("Company name (Enter to leave it out):")
        typed = self._read().strip()
        if typed.lower() == "q":
            raise EndOfInput
        return company_name(typed)

    def _keep(self, session: Session) -> None:
        self.session = session
        self.save(session)

    def _go_on(self, session: Session) -> Session:
        """Show the next question, or the end screen when none is left."""
        item = self.choose(session)
        if item is not None:
            self.notice = opening_words(session, self.questionnaire, item, _FINISH)
            return sessions.show(session, item)
        waiting = [each for each in session.skipped if session.is_open(each)]
        if not waiting:
            return sessions.finish(session)
        return self._offer_skipped(session, waiting)

    def _offer_skipped(self, session: Session, waiting: list[str]) -> Session:
        numbers = ", ".join(str(number_of(session, each)) for each in waiting)
        while True:
            self.tell(f"You skipped {numbers}. Type a number to answer it, or Enter to finish.")
            typed = self._read().strip()
            if typed.lower() == "q":
                raise EndOfInput
            if typed.lower() in ("", "f"):
                return sessions.finish(session)
            item = self._find(session, typed)
            if item is not None:
                return sessions.jump(session, item)

    def _ask(self, session: Session, item_id: str) -> str:
        item = self.questionnaire.by_id[item_id]
        print_page(self._page(session, item), self.stderr)
        return self._read()

    def _page(self, session: Session, item: Item) -> Paper:
        paper = self._paper()
        place = place_of(session, self.questionnaire, item.id)
        paper.title(session.company or "Your company", f"{place} ({item.id})")
        if self.redraws:
            total = total_of(session, self.questionnaire)
            paper.progress(len(session.answers) / max(1, total))
        if self.notice:
            paper.blank()
            paper.paragraph(self.notice, dim=True)
            self.notice = ""
        paper.blank()
        paper.paragraph(item.question, strong=True)
        paper.blank()
        given = session.answers.get(item.id, "")
        for key, option_id in enumerate(session.option_order[item.id], 1):
            option = item.option(option_id)
            mark = "  (your answer)" if option_id == given else ""
            paper.labelled(str(key), f"{option.text if option else ''}{mark}", label_width=4)
        mark = "  (your answer)" if given is None else ""
        paper.labelled("n", f"Not sure, or does not apply{mark}", label_width=4)
        paper.blank()
        paper.paragraph(_KEY_LINE, dim=True)
        return paper

    def _obey(self, session: Session, line: str) -> Session:
        typed = line.strip().lower()
        item = session.current
        if item is None:
            return session
        if _NUMBER.fullmatch(typed):
            return self._choose(session, item, int(typed))
        if typed == "n":
            return sessions.answer(session, None)
        if typed == "":
            return self._keep_given(session, item)
        if typed == "f":
            return sessions.finish(session)
        if typed == "q":
            raise EndOfInput
        simple = {"b": sessions.back, "s": sessions.skip}.get(typed)
        if simple is not None:
            return simple(session)
        return self._obey_rest(session, typed)

    def _obey_rest(self, session: Session, typed: str) -> Session:
        go = _GO.fullmatch(typed)
        if typed == "g":
            self.notice = "Type g and a question, such as g 7 or g P07."
        elif go:
            target = self._find(session, go.group(1))
            if target is not None:
                return sessions.jump(session, target)
            self.notice = f"There is no question {go.group(1)}."
        elif typed == "o":
            self._overview(session)
        elif typed in ("?", "h"):
            self._help()
        else:
            self.notice = f"{typed[:20]!r} is not a key here; ? shows the keys."
        return session

    def _choose(self, session: Session, item: str, key: int) -> Session:
        order = session.option_order[item]
        if 1 <= key <= len(order):
            return sessions.answer(session, order[key - 1])
        self.notice = f"Type a number from 1 to {len(order)}."
        return session

    def _keep_given(self, session: Session, item: str) -> Session:
        if not session.is_open(item):
            return sessions.keep(session)
        self.notice = "Type the number of your answer, or s to skip."
        return session

    def _overview(self, session: Session) -> None:
        paper = self._paper()
        paper.heading("Your answers so far")
        for item_id in session.path:
            item = self.questionnaire.by_id[item_id]
            given = session.answers.get(item_id)
            option = item.option(given) if given else None
            unknown = "not sure" if item_id in session.answers else "not answered"
            half = (paper.room - 4) // 2
            number = str(number_of(session, item_id))
            paper.row(
                [
                    (number, 4, True),
                    (item.question, half - 2, True),
                    ("", 2, True),
                    (option.text if option else unknown, half, False),
                ]
            )
        self._wait(paper)

    def _help(self) -> None:
        paper = self._paper()
        paper.heading("Keys")
        for key, meaning in _KEYS:
            paper.labelled(key, meaning, label_width=9)
        self._wait(paper)

    def _wait(self, paper: Paper) -> None:
        paper.blank()
        paper.paragraph("Enter to go on.", dim=True)
        print_page(paper, self.stderr)
        self._read()

    def _find(self, session: Session, typed: str) -> str | None:
        """Return the item with this id or number, if there is one."""
        wanted = typed.strip().upper()
        if re.fullmatch(r"[A-Z]\d{1,2}", wanted):
            wanted = f"{wanted[0]}{int(wanted[1:]):02d}"
            return wanted if wanted in self.questionnaire.by_id else None
        if not _NUMBER.fullmatch(wanted):
            return None
        ids = [item.id for item in self.questionnaire.items]
        shown = ids if session.mode == "full" else list(session.path)
        return shown[int(wanted) - 1] if 1 <= int(wanted) <= len(shown) else None

    def _paper(self) -> Paper:
        paper = paper_for(self.stderr, plain=self.plain)
        if self.redraws:
            self.stderr.write(_CLEAR)
        paper.lines.append("")
        return paper

    def _read(self) -> str:
        self.stderr.write("  > ")
        self.stderr.flush()
        line = self.stdin.readline()
        if not line:
            raise EndOfInput
        if not self.stdin.isatty():
            self.stderr.write("\n")
        return line


def how_to_go_on(session: Session | None, program: str = "persona") -> str:
    """Return the line that tells how to continue a session that was left."""
    if session is None or not session.begun:
        return "nothing was answered yet"
    return f"{kept_answers(session)}; go on with: {program} {resuming(session)}"


def resuming(session: Session) -> str:
    """Return the arguments that go on with a session, or show a finished one again."""
    import shlex

    role = f" --role {shlex.quote(session.role)}" if session.role else ""
    return f"assess --resume --company {shlex.quote(session.company or '')}{role}"


def kept_answers(session: Session) -> str:
    """Return how many answers a session holds, in words."""
    count = len(session.answers)
    return "1 answer is kept" if count == 1 else f"{count} answers are kept"
