"""The OpenAPI document, made from the same types that requests are checked by."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from persona.web.api.messages import Error
from persona.web.api.serving import JSON, Endpoint

_VERSION: Final = "1"
_REF: Final = "#/components/schemas/{name}"
_ABOUT: Final = (
    "Tells which of three go-to-market methods a company runs on, from answers or from its "
    "website, and how to execute that method well. None of the three is better than another. "
    "Everything stays on the machine that the server runs on, except that websites which are "
    "named are visited."
)
_FAULTS: Final = {
    400: "The body is not JSON.",
    401: "The access token is missing or wrong.",
    413: "The body is too large.",
    415: "The body is said to be something else than JSON.",
    422: "The request cannot be used; the error says what to change.",
    429: "More is asked than the server takes on; Retry-After says when to ask again.",
}
_ONLY_WITH_BODY: Final = (400, 413, 415)


def openapi(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """Return the document, in OpenAPI 3.1."""
    endpoints = tuple(endpoints)
    types = [Error, *(each.takes for each in endpoints if each.takes)]
    types += [type_ for each in endpoints for type_, _ in each.gives.values()]
    shapes, components = msgspec.json.schema_components(types, ref_template=_REF)
    shape_of = dict(zip(map(repr, types), shapes, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for each in endpoints:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, shape_of)
    document: dict[str, Any] = _plain(
        {
            "openapi": "3.1.0",
            "info": {"title": "persona", "version": _VERSION, "description": _ABOUT},
            "servers": [{"url": "/"}],
            "security": [{"token": []}],
            "paths": paths,
            "components": {
                "schemas": components,
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            },
        }
    )
    return document


def _operation(each: Endpoint, shape_of: dict[str, Any]) -> dict[str, Any]:
    answers = {code: (shape_of[repr(type_)], said) for code, (type_, said) in each.gives.items()}
    for code, said in _FAULTS.items():
        if each.takes or code not in _ONLY_WITH_BODY:
            answers[code] = (shape_of[repr(Error)], said)
    if "{" in each.path:
        answers[404] = (shape_of[repr(Error)], "There is no such thing.")
    operation: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.summary,
        "description": each.about,
        "responses": {
            str(code): {"description": said, "content": {JSON: {"schema": shape}}}
            for code, (shape, said) in sorted(answers.items())
        },
    }
    if parameters := _parameters(each.path):
        operation["parameters"] = parameters
    if each.takes:
        content = {"schema": shape_of[repr(each.takes)], "example": each.example}
        operation["requestBody"] = {"required": True, "content": {JSON: content}}
    return operation


def _parameters(path: str) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]


def _plain(value: Any) -> Any:
    """Return a document whose descriptions quote names as Markdown does."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.replace("``", "`") if isinstance(value, str) else value
