"""Rooms in which people type together: those of jupyter-collaboration, with what they lack."""

from jupyter_wove_server.rooms.seam import configure, install, save_all, serve

__all__ = ["configure", "install", "save_all", "serve"]
