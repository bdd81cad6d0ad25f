"""Kernels of projects that nobody trusts yet: in sandboxes, whatever a browser asks for."""

from jupyter_wove_server.sandboxed.seam import install

__all__ = ["install"]
