"""The family of a prompt: from its oldest ancestor down to every fork of a fork."""

from uuid import UUID

from jupyter_wove.prompts.models import PromptLineage, PromptNode
from jupyter_wove.prompts.store import PromptStore
from jupyter_wove.prompts.tables import PromptOriginRow
from jupyter_wove.prompts.views import PromptViews

MOST_ANCESTORS, MOST_NODES = 100, 500


def lineage(store: PromptStore, views: PromptViews, prompt_id: UUID) -> PromptLineage:
    """Draw the family of a prompt; those who are gone or not shared keep their place."""
    root, said = _oldest(store, prompt_id)
    origins, shortened = _descendants(store, root)
    refs = views.refs([root, *(row.prompt_id for row in origins)])
    nodes = {root: PromptNode(refs.get(root), said, None, root == prompt_id, [])}
    for row in origins:
        here = row.prompt_id == prompt_id
        node = PromptNode(refs.get(row.prompt_id), "", row.at, here, [])
        nodes[row.prompt_id] = node
        nodes[row.origin_id].forks.append(node)
    return PromptLineage(nodes[root], shortened)


def _oldest(store: PromptStore, prompt_id: UUID) -> tuple[UUID, str]:
    said = ""
    for _ in range(MOST_ANCESTORS):
        origin = store.origin(prompt_id)
        if origin is None:
            break
        prompt_id, said = origin.origin_id, origin.said
    return prompt_id, said


def _descendants(store: PromptStore, root: UUID) -> tuple[list[PromptOriginRow], bool]:
    """Find the forks generation by generation, until there are too many to draw."""
    found: list[PromptOriginRow] = []
    generation = [root]
    while generation and len(found) < MOST_NODES:
        rows = store.forks(generation, MOST_NODES - len(found))
        found += rows
        generation = [row.prompt_id for row in rows]
    return found, len(found) >= MOST_NODES
