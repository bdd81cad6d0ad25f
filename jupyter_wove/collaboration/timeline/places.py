"""Documents of which somebody wants to know the past: where they are, and what may be done."""

from uuid import UUID

import msgspec

from jupyter_wove.accounts import Actor, Role
from jupyter_wove.collaboration.live import Live
from jupyter_wove.kit.errors import Forbidden, NotFound
from jupyter_wove.kit.paths import checked
from jupyter_wove.projects import Projects


class Place(msgspec.Struct, frozen=True):
    """The file at `path`, its room, and how the log of that is called.

    `project` is the one around it, in which it is at `inner`.
    """

    path: str
    room: str
    project: UUID | None
    inner: str

    @property
    def log(self) -> str:
        """The name under which its log is kept."""
        return self.room.partition(":")[2]

    @property
    def kind(self) -> str:
        """The Yjs type of the document."""
        return self.room.split(":")[1]


def place_at(live: Live, projects: Projects, actor: Actor, path: str, need: Role) -> Place:
    """Find the document at a path. Raises NotFound, and Forbidden for too small a role."""
    role = projects.role_around(actor, str(checked(path)))
    if role is not None and role < Role.VIEWER:
        raise NotFound("There is no such file, or it is not shared with you.")
    if role is not None and role < need:
        raise Forbidden(f"{actor.name} may not edit this project. Ask one of its owners.")
    room = live.room_of(path)
    if role is None:
        return Place(path, room, None, "")
    project = projects.around(actor, path)
    folder = f"{project.folder}/" if project.folder else ""
    return Place(path, room, project.id, path.removeprefix(folder))


def path_of_log(live: Live, log: str) -> str:
    """Name the file of a document by the name of its log. Raises NotFound."""
    return live.path_of(f"any:{log}")
