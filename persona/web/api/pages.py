"""The page that explains the application to those who write programs, and the OpenAPI document."""

import json
import shlex
from collections.abc import Iterator
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persona.files import encode
from persona.web.api.openapi import openapi
from persona.web.api.serving import JSON, Endpoint
from persona.web.desk import Desk
from persona.web.responding import page

DOCUMENT = "/api/openapi.json"
_TOKEN = "$PERSONA_TOKEN"


class Field(msgspec.Struct, frozen=True):
    """A field of a request as it is explained."""

    name: str
    required: bool
    about: str


def document_routes(desk: Desk, endpoints: tuple[Endpoint, ...]) -> list[Route]:
    """Return the routes of the page and of the document."""
    document = encode(openapi(endpoints))

    def explain(request: Request) -> Response:
        origin = str(request.base_url).rstrip("/")
        return page(
            desk,
            request,
            "api.html.j2",
            title="For programs",
            document=DOCUMENT,
            endpoints=[
                (each, curl(each, origin), tuple(_fields(each)), _answers(each))
                for each in endpoints
            ],
        )

    def describe(_: Request) -> Response:
        return Response(document, media_type=JSON)

    return [Route("/api", explain), Route(DOCUMENT, describe)]


def curl(endpoint: Endpoint, origin: str) -> str:
    """Return a command line that asks for an endpoint."""
    address = f"{origin}{endpoint.path.replace('{job}', 'JOB')}"
    lines = [f"curl {address}", f'  -H "Authorization: Bearer {_TOKEN}"']
    if endpoint.example is not None:
        body = json.dumps(endpoint.example, ensure_ascii=False)
        lines += [f'  -H "Content-Type: {JSON}"', f"  -d {shlex.quote(body)}"]
    return " \\\n".join(lines)


def _fields(endpoint: Endpoint) -> Iterator[Field]:
    if endpoint.takes is None:
        return
    shapes = msgspec.json.schema_components([endpoint.takes])[1]
    shape: Any = shapes[endpoint.takes.__name__]
    for name, inner in shape["properties"].items():
        yield Field(name, name in shape.get("required", ()), _about(inner))


def _about(shape: Any) -> str:
    """Return what a field's schema says of it, wherever in it that stands."""
    inner = [shape, *shape.get("anyOf", ())]
    said = next((each["description"] for each in inner if "description" in each), "")
    usual = shape.get("default")
    bounds = [f"{shape[key]:g}" for key in ("minimum", "maximum") if key in shape]
    return " ".join(
        filter(
            None,
            (
                said,
                f"From {' to '.join(bounds)}." if len(bounds) == 2 else "",
                f"{usual:g} unless given." if isinstance(usual, int | float) else "",
            ),
        )
    )


def _answers(endpoint: Endpoint) -> list[tuple[int, str]]:
    return [(code, said) for code, (_, said) in endpoint.gives.items()]
