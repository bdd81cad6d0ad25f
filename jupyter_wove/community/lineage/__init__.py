"""The family of a project: from its oldest ancestor down to every remix of a remix."""

from uuid import UUID

from jupyter_wove.community.models import Lineage, LineageNode
from jupyter_wove.community.store import CommunityStore
from jupyter_wove.projects import OriginRow, ProjectRef, ProjectViews

MOST_ANCESTORS, MOST_NODES = 100, 500


def lineage(store: CommunityStore, views: ProjectViews, project_id: UUID) -> Lineage:
    """Draw the family of a project; those who are gone or not shared keep their place, unnamed."""
    root = _oldest(store, project_id)
    origins, shortened = _descendants(store, root)
    refs = views.refs([root, *(row.project_id for row in origins)])
    return Lineage(_tree(root, origins, refs, project_id), shortened)


def _oldest(store: CommunityStore, project_id: UUID) -> UUID:
    for _ in range(MOST_ANCESTORS):
        origin = store.origin(project_id)
        if origin is None:
            break
        project_id = origin.origin_id
    return project_id


def _descendants(store: CommunityStore, root: UUID) -> tuple[list[OriginRow], bool]:
    """Find the remixes generation by generation, until there are too many to draw."""
    found: list[OriginRow] = []
    generation = [root]
    while generation and len(found) < MOST_NODES:
        rows = store.remixes(generation, MOST_NODES - len(found))
        found += rows
        generation = [row.project_id for row in rows]
    return found, len(found) >= MOST_NODES


def _tree(
    root: UUID, origins: list[OriginRow], refs: dict[UUID, ProjectRef], here: UUID
) -> LineageNode:
    nodes = {root: LineageNode(refs.get(root), None, root == here, [])}
    for row in origins:
        node = LineageNode(refs.get(row.project_id), row.at, row.project_id == here, [])
        nodes[row.project_id] = node
        nodes[row.origin_id].remixes.append(node)
    return nodes[root]
