"""A fault in the program ends in a calm page and one line on standard error, never a traceback."""

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from persona.web.refusing import FAULT, refusal
from persona.web.telling import tell_fault


class Faults:
    """Catches what nobody expected."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; with status 500 where the application fails before it answers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except ClientDisconnect:
            return  # nobody is left to answer
        except Exception as error:
            tell_fault(scope["path"], error)
            if begun:
                # An answer that breaks off must not look whole: the server closes the connection.
                raise
            await refusal(scope, 500, FAULT)(scope, receive, send)
