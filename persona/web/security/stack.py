"""All guards in their order, the outermost first."""

from starlette.middleware import Middleware

from persona.web.security.access import Access
from persona.web.security.bodies import BodyLimits
from persona.web.security.faults import Faults
from persona.web.security.headers import SecurityHeaders
from persona.web.security.hosts import HostCheck
from persona.web.security.origin import OriginCheck
from persona.web.settings import Settings


def guards(settings: Settings) -> list[Middleware]:
    """Return the guards: refusals get headers too, and who has no access learns nothing more."""
    return [
        Middleware(SecurityHeaders),
        Middleware(Faults),
        Middleware(HostCheck, settings),
        Middleware(BodyLimits),
        Middleware(OriginCheck),
        Middleware(Access, settings),
    ]
