"""The application: all pages, behind all guards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute

from persona.web import api
from persona.web.desk import Desk, Settings
from persona.web.pages import comparing, files, home, lists, questionnaire, results, scanning
from persona.web.refusing import handlers
from persona.web.security.stack import guards

MODULES = (files, home, questionnaire, results, scanning, lists, comparing, api)
"""Everything with ``routes(desk)``."""


def create_app(settings: Settings) -> Starlette:
    """Return the application; ModelError when the model asked for cannot be used."""
    desk = Desk(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await run_in_threadpool(desk.jobs.close)

    routes: list[BaseRoute] = [route for module in MODULES for route in module.routes(desk)]
    app = Starlette(
        routes=routes,
        middleware=guards(settings),
        exception_handlers=handlers(),
        lifespan=lifespan,
    )
    app.state.desk = desk
    return app
