"""Which of the questionnaires that are kept a user means to go on with."""

from collections.abc import Sequence

from persona.errors import UsageError
from persona.questionnaire.session import Session
from persona.questionnaire.store import Store


def kept_for(store: Store, company: str | None, role: str | None, *, named: bool) -> Session:
    """Return the one session kept that is meant: half-finished or, failing that, finished.

    ``company`` counts only where it was ``named``, ``role`` only where it is not None. Raises
    UsageError, which lists what is kept, where none or more than one is meant.
    """
    kept = store.kept()
    meant = [
        each
        for each in kept
        if (not named or (each.company or "") == (company or "")) and role in (None, each.role)
    ]
    if not meant:
        raise UsageError(_none(company if named else None, role, kept))
    unfinished = [each for each in meant if not each.complete]
    chosen = unfinished or meant
    if len(chosen) > 1:
        state = "half-finished" if unfinished else "kept"
        raise UsageError(f"several are {state}; {_which(chosen, named)}")
    return chosen[0]


def _none(company: str | None, role: str | None, kept: Sequence[Session]) -> str:
    if not kept:
        what = "no questionnaire is kept" if company is None else f"nothing is kept for {company!r}"
        return f"{what}; start without --resume"
    whose = " --role ".join(repr(each) for each in (company, role) if each is not None)
    return f"nothing is kept for {whose}; start without --resume, or name one of {_names(kept)}"


def _which(sessions: Sequence[Session], named: bool) -> str:
    if named:
        return f"add --role with one of {', '.join(repr(each.role) for each in sessions)}"
    return f"add --company with one of {_names(sessions)}"


def _names(sessions: Sequence[Session]) -> str:
    """Return companies, each with the role where there is one, as they are typed."""
    return ", ".join(
        repr(each.company or "") + (f" --role {each.role!r}" if each.role else "")
        for each in sessions
    )
