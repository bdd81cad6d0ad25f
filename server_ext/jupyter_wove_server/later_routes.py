"""The addresses of the API that few requests are for: models, agents and prompts."""

from jupyter_wove.later import OPERATIONS
from jupyter_wove_server import transport
from jupyter_wove_server.base import Route, check_routes
from jupyter_wove_server.serving import Serving
from jupyter_wove_server.transport import NoSuchOperation


def routes(serving: Serving) -> list[Route]:
    """List these routes. Raises TypeError for one that does not say who may use it."""
    listed = [*transport.routes(OPERATIONS), (r"/wove/api(?:/.*)?", NoSuchOperation)]
    check_routes(listed)
    return listed
