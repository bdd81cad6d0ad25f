"""Letting others see a project, and making one's own of theirs."""

from jupyter_wove.projects.publication.models import NewRemix, Publication
from jupyter_wove.projects.publication.service import Publications

__all__ = ["NewRemix", "Publication", "Publications"]
