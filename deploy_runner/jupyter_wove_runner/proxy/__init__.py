"""The proxy that visitors reach: each app at a host name of its own."""

from jupyter_wove_runner.proxy.caddyfile import caddyfile
from jupyter_wove_runner.proxy.doors import Doors
from jupyter_wove_runner.proxy.forwarding import client
from jupyter_wove_runner.proxy.listener import free, received
from jupyter_wove_runner.proxy.place import Place, bare
from jupyter_wove_runner.proxy.served import (
    VISITED,
    Busy,
    Directory,
    Served,
    Server,
    Site,
    Target,
    Waking,
    Wish,
)
from jupyter_wove_runner.proxy.sockets import Sockets
from jupyter_wove_runner.proxy.visiting import Reception

__all__ = [
    "VISITED",
    "Busy",
    "Directory",
    "Doors",
    "Place",
    "Reception",
    "Served",
    "Server",
    "Site",
    "Sockets",
    "Target",
    "Waking",
    "Wish",
    "bare",
    "caddyfile",
    "client",
    "free",
    "received",
]
