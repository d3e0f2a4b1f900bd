"""The first page: what is under way, what is kept, and how to begin."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from persona.questionnaire.session import Session
from persona.vocabulary import PERSONA_NAMES
from persona.web.desk import Desk
from persona.web.responding import page
from persona.web.shelf import drawn_by_lot


class _Kept(NamedTuple):
    """A questionnaire as the page lists it."""

    key: str
    session: Session


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes of this module."""

    def home(request: Request) -> Response:
        kept = [_Kept(desk.store.key_of(each), each) for each in desk.store.kept()]
        entries = desk.results.entries()
        shown = {entry.drawn for entry in entries}
        return page(
            desk,
            request,
            "home.html.j2",
            title="Persona",
            under_way=[each for each in kept if each.session.begun and not each.session.complete],
            finished=[
                each
                for each in kept
                if each.session.complete and drawn_by_lot(each.session.option_order) not in shown
            ],
            entries=entries,
            names=PERSONA_NAMES,
        )

    return [Route("/", home)]
