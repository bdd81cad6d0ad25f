"""What people see of each other's projects."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.kit.events import Event
from jupyter_wove.projects import Project, ProjectRef

Order = Literal["new", "trending", "most-remixed"]
TagFilter = Annotated[str, msgspec.Meta(max_length=40)]


class Card(msgspec.Struct):
    """A project in the gallery; `starred` says whether the person who asks starred it.

    `app` is where an app of it is visited that is open to everybody who is signed in, or null.
    """

    project: Project
    stars: int
    starred: bool
    remixes: int
    app: str | None


class Stars(msgspec.Struct):
    """How many people starred a project, and whether the person who asks did."""

    stars: int
    starred: bool


class LineageNode(msgspec.Struct):
    """A project in a family of remixes; `project` is null where it is gone or not shared."""

    project: ProjectRef | None
    at: datetime | None
    here: bool
    remixes: list["LineageNode"]


class Lineage(msgspec.Struct):
    """The family of a project, from its oldest ancestor; `shortened` where it was too large."""

    root: LineageNode
    shortened: bool


class Profile(msgspec.Struct):
    """A person, with what they published."""

    person: PersonRef
    bio: str
    joined: datetime
    projects: int
    stars: int


class ProjectStarred(Event, frozen=True):
    """Somebody starred a project."""

    project_id: UUID
    by: UUID


class ProjectUnstarred(Event, frozen=True):
    """Somebody took their star back."""

    project_id: UUID
    by: UUID
