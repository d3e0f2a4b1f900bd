"""Style sheets and scripts."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from persona.web.assets import PREFIX
from persona.web.desk import Desk

_FOR_GOOD: Final = {"Cache-Control": "private, max-age=31536000, immutable"}


def routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes of this module."""

    async def asset(request: Request) -> Response:
        found = desk.assets.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        kept = _FOR_GOOD if request.query_params.get("v") == found.version else None
        return Response(found.content, media_type=found.type, headers=kept)

    return [Route(PREFIX + "{name}", asset)]
