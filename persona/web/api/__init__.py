"""The application for programs: JSON in and out, with the access token, no cookies."""

from starlette.routing import BaseRoute

from persona.web.api.endpoints import endpoints
from persona.web.api.pages import document_routes
from persona.web.api.serving import route_of
from persona.web.desk import Desk


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes of this module."""
    offered = endpoints(desk)
    return [*map(route_of, offered), *document_routes(desk, offered)]
