"""Chats in which people and models talk: those of jupyterlab-chat, with what they lack."""

from jupyter_wove_server.chat.seam import configure, install, serve

__all__ = ["configure", "install", "serve"]
