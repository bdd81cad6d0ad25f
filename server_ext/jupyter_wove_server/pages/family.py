"""The family of a project as a list, each generation further in."""

from dataclasses import dataclass
from datetime import datetime

from jupyter_wove.community import Lineage, LineageNode
from jupyter_wove.projects import ProjectRef

DEEPEST = 8  # generations that are set further in; later ones stay there


@dataclass(frozen=True)
class Relative:
    """A project in a family; `project` is None where it is gone or not shared."""

    project: ProjectRef | None
    at: datetime | None
    here: bool
    generation: int

    @property
    def indent(self) -> int:
        """Say how far in it stands."""
        return min(self.generation, DEEPEST)


def relatives(family: Lineage) -> list[Relative]:
    """List a family, oldest first, each with its remixes below it; a project alone has none."""
    found: list[Relative] = []
    waiting: list[tuple[LineageNode, int]] = [(family.root, 0)]
    while waiting:
        node, generation = waiting.pop()
        found.append(Relative(node.project, node.at, node.here, generation))
        waiting += [(remix, generation + 1) for remix in reversed(node.remixes)]
    return found if len(found) > 1 else []
