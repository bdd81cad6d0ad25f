"""Previews: what a branch or another version would look like, beside the app."""

from jupyter_wove.deploy.previews.service import Previews

__all__ = ["Previews"]
