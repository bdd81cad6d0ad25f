"""The addresses of the API. Importing this takes a third of a second: see `late.py`."""

from jupyter_wove.usual import OPERATIONS
from jupyter_wove_server import health, transport
from jupyter_wove_server.base import Route, check_routes
from jupyter_wove_server.serving import Serving
from jupyter_wove_server.transport import NoSuchOperation

# Below the API, but for what is loaded later; see `later_routes.py`.
OTHERS = r"ai|prompts|people/[^/]+/prompts|apps|deployments|projects/[^/]+/(?:apps|check)"
NO_OTHER = rf"/wove/api(?!/(?:{OTHERS})(?:/|$))(?:/.*)?"


def routes(serving: Serving) -> list[Route]:
    """List every route. Raises TypeError for one that does not say who may use it."""
    listed = [*health.routes(), *transport.routes(OPERATIONS), (NO_OTHER, NoSuchOperation)]
    check_routes(listed)
    return listed
