"""What a page asks of a questionnaire, as pure functions on the session that the terminal uses.

A page names the question it shows. Where that is not the one on screen, because another tab or
the browser's back button was used, the session goes to it first: an answer is always an answer to
the question that was read.
"""

from collections.abc import Callable

from persona.questionnaire import session as sessions
from persona.questionnaire.session import Session

Choose = Callable[[Session], str | None]


def answered(session: Session, item: str, option: str | None) -> Session:
    """Return the session with a question answered; None is "not sure / does not apply".

    In a finished questionnaire that is a second thought: it is noted, and it stays finished.
    Raises SessionError for an option that the question does not have.
    """
    done = sessions.answer(_at(session, item), option)
    return sessions.finish(done) if session.complete else done


def skipped(session: Session, item: str) -> Session:
    """Return the session with a question left for later; a finished one stays as it is."""
    return session if session.complete else sessions.skip(_at(session, item))


def stepped_back(session: Session, item: str) -> Session:
    """Return the session at the question before; a finished one stays as it is."""
    return session if session.complete else sessions.back(_at(session, item))


def settled(session: Session, choose: Choose) -> Session:
    """Return the session with a question on screen, where there is one left to show.

    It is finished once every question was answered. Where some were skipped nothing is on
    screen, and the person decides.
    """
    if session.complete or session.current is not None:
        return session
    item = choose(session)
    if item is not None:
        return sessions.show(session, item)
    return session if waiting(session) else sessions.finish(session)


def waiting(session: Session) -> list[str]:
    """Return the questions that were skipped and are still open."""
    return [item for item in session.skipped if session.is_open(item)]


def before(session: Session, item: str) -> str | None:
    """Return the question shown before this one, None at the first."""
    place = session.path.index(item) if item in session.path else len(session.path)
    return session.path[place - 1] if place else None


def _at(session: Session, item: str) -> Session:
    return session if item == session.current else sessions.jump(session, item)
