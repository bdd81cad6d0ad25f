"""The addresses of the API. Importing this takes a third of a second: see `late.py`."""

from jupyter_wove.contract import OPERATIONS
from jupyter_wove_server import health, transport
from jupyter_wove_server.base import Route, check_routes
from jupyter_wove_server.serving import Serving


def routes(serving: Serving) -> list[Route]:
    """List every route. Raises TypeError for one that does not say who may use it."""
    listed = [*health.routes(), *transport.routes(OPERATIONS)]
    check_routes(listed)
    return listed
