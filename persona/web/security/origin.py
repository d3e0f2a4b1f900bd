"""Only pages of this server may change anything: requests sent by other sites are refused."""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from persona.web.refusing import refusal

SAFE: Final = frozenset({"GET", "HEAD"})
_OWN: Final = frozenset({"same-origin", "none"})
_LINE: Final = "This was sent by a page of another site, so nothing was done."


class OriginCheck:
    """Refuses (403) what is not a plain look and says that it comes from elsewhere.

    Browsers say where a form comes from, in ``Origin`` and ``Sec-Fetch-Site``; a page cannot
    change either. Programs say nothing, and have to know the form's token or the access token.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        app: ASGIApp = self.app
        if scope["type"] == "http" and scope["method"] not in SAFE and _is_foreign(scope):
            app = refusal(scope, 403, _LINE)
        await app(scope, receive, send)


def _is_foreign(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    own = f"{scope['scheme']}://{headers.get('host', '').lower()}"
    if any(origin.lower() != own for origin in headers.getlist("origin")):
        return True
    return any(site.lower() not in _OWN for site in headers.getlist("sec-fetch-site"))
