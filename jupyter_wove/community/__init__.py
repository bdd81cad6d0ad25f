"""People and each other's projects: gallery, stars, profiles, lineage."""

from jupyter_wove.community.models import (
    Card,
    Lineage,
    LineageNode,
    ProjectStarred,
    ProjectUnstarred,
)
from jupyter_wove.community.service import (
    Community,
    begin_to_count,
    count_publication,
    count_remix,
)
from jupyter_wove.community.store import CommunityStore

__all__ = [
    "Card",
    "Community",
    "CommunityStore",
    "Lineage",
    "LineageNode",
    "ProjectStarred",
    "ProjectUnstarred",
    "begin_to_count",
    "count_publication",
    "count_remix",
]
