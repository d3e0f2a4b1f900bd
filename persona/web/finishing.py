"""From a finished questionnaire to a saved result."""

from contextlib import suppress

from persona.errors import ResultError
from persona.model.artefact import LoadedModel
from persona.pipe import assess
from persona.questionnaire.session import Session
from persona.reports.result import Respondent, Result
from persona.web.shelf import ResultShelf, drawn_by_lot


def save_finished(session: Session, model: LoadedModel, shelf: ResultShelf) -> str:
    """Compute the result of a questionnaire, keep it, and return its id.

    On the day of the first result a second thought replaces it, and what was recorded of its plan
    stays; on a later day it makes another one, so that the two can be compared.
    """
    return shelf.save(result_of(session, model))


def already_saved(session: Session, shelf: ResultShelf) -> str | None:
    """Return the id of the latest result that these very answers gave, None where there is none.

    To look at it again on a later day must not make it one of that day.
    """
    drawn = drawn_by_lot(session.option_order)
    for entry in shelf.entries():
        if entry.drawn == drawn and entry.address is None:
            with suppress(ResultError):
                return entry.id if shelf.load(entry.id).row.given == session.given else None
    return None


def result_of(session: Session, model: LoadedModel) -> Result:
    """Return what a questionnaire says about its company."""
    return assess(
        session.given,
        company=session.company,
        model=model,
        option_order=session.option_order,
        revisions=session.revisions,
        respondent=Respondent(role=session.role) if session.role else None,
    )
