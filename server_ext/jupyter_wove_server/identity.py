"""Who is asking: an API key, the one local owner, or a user of the configured provider."""

import re
from typing import TYPE_CHECKING

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httputil import HTTPServerRequest

from jupyter_wove.accounts import Actor
from jupyter_wove_server.people import knows_people

if TYPE_CHECKING:
    from jupyter_wove.app import Wove

KEY = re.compile(r"(?:bearer|token)\s+(wove_\S*)", re.IGNORECASE)


def key_in(request: HTTPServerRequest) -> str | None:
    """Read an API key of Wove off the request; it may stand nowhere but in its header."""
    match = KEY.fullmatch(request.headers.get("Authorization", "").strip())
    return match[1] if match else None


def actor_of(wove: "Wove", provider: IdentityProvider, user: User) -> Actor:
    """Find who a signed-in Jupyter user is in Wove."""
    kind = type(provider)
    if not knows_people(provider):
        return wove.directory.local()
    name = user.display_name or user.name or user.username
    return wove.directory.identity(f"{kind.__module__}.{kind.__qualname__}", user.username, name)
