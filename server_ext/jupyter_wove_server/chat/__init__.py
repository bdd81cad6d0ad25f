"""Chats in which people and models talk: those of jupyterlab-chat, with what they lack."""

from jupyter_wove_server.agents.others import close_connections
from jupyter_wove_server.chat.seam import configure, install, serve

__all__ = ["close_connections", "configure", "install", "serve"]
