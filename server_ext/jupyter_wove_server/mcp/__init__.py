"""The address at which agents of other programs use notebooks: the Model Context Protocol."""

from jupyter_wove_server.base import Route, check_routes
from jupyter_wove_server.mcp.handler import Endpoint
from jupyter_wove_server.serving import Serving


def routes(serving: Serving) -> list[Route]:
    """List every route. Raises TypeError for one that does not say who may use it."""
    listed: list[Route] = [(Endpoint.route, Endpoint)]
    check_routes(listed)
    return listed
