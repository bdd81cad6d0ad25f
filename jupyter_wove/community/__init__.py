"""People and each other's projects: gallery, stars, profiles, lineage."""

from jupyter_wove.community.models import Card, Lineage, LineageNode
from jupyter_wove.community.service import (
    Community,
    begin_to_count,
    count_publication,
    count_remix,
)

__all__ = [
    "Card",
    "Community",
    "Lineage",
    "LineageNode",
    "begin_to_count",
    "count_publication",
    "count_remix",
]
