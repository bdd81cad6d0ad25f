"""What goes wrong between us and an MCP server."""

from jupyter_wove.kit.errors import Unavailable


class Unreachable(Unavailable):
    """A server does not answer, or not as one does."""

    title = "The MCP server does not answer"
