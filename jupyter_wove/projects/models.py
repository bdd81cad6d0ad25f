"""Projects, as others see them, and what can happen to them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef, Visibility
from jupyter_wove.kit.events import Event

Title = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Description = Annotated[str, msgspec.Meta(max_length=2000)]
Tag = Annotated[str, msgspec.Meta(pattern=r"^[\w][\w .+#-]{0,39}$")]
Tags = Annotated[list[Tag], msgspec.Meta(max_length=12)]
Licence = Annotated[str, msgspec.Meta(max_length=60)]
Folder = Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
RoleName = Literal["viewer", "commenter", "editor", "owner"]
Level = Literal["beginner", "intermediate", "advanced"]


class ProjectRef(msgspec.Struct, frozen=True):
    """A project, as named beside something else."""

    id: UUID
    owner: PersonRef
    slug: str
    title: str


class Origin(msgspec.Struct, frozen=True):
    """What a project was remixed from; `project` is null where it is gone or not shared."""

    project: ProjectRef | None
    version: str


class Project(msgspec.Struct):
    """A project, as the person who asks may see it.

    `role` is null for those who do not work on it. `folder` is relative to the root of the Jupyter
    server; it is null for those who do not work on it, and where it lies outside of the root.
    `revision` goes into `If-Match` when the project is changed.
    """

    id: UUID
    owner: PersonRef
    slug: str
    title: str
    description: str
    tags: list[str]
    stack: list[str]
    licence: str
    level: Level | None
    visibility: Visibility
    folder: str | None
    role: RoleName | None
    published_version: str | None
    published: datetime | None
    origin: Origin | None
    created: datetime
    updated: datetime
    deleted: datetime | None
    revision: int


class NewProject(msgspec.Struct, forbid_unknown_fields=True):
    """A project to start from a template."""

    title: Title
    template: str = "empty"
    description: Description = ""


class FolderToAdopt(msgspec.Struct, forbid_unknown_fields=True):
    """A folder, or a single notebook, below the root of the Jupyter server, to make a project of.

    A folder becomes the project where it lies; a notebook is copied into a new folder.
    """

    path: Folder
    title: Title | None = None


class ProjectChange(msgspec.Struct, forbid_unknown_fields=True):
    """What to change of a project's page; what is left out stays."""

    title: Title | msgspec.UnsetType = msgspec.UNSET
    description: Description | msgspec.UnsetType = msgspec.UNSET
    tags: Tags | msgspec.UnsetType = msgspec.UNSET
    licence: Licence | msgspec.UnsetType = msgspec.UNSET
    level: Level | msgspec.UnsetType | None = msgspec.UNSET


class TemplateInfo(msgspec.Struct):
    """A template to start a project from."""

    name: str
    title: str
    description: str


class ProjectCreated(Event, frozen=True):
    """Somebody started a project."""

    project_id: UUID
    by: UUID


class ProjectChanged(Event, frozen=True):
    """Somebody changed what a project's page says."""

    project_id: UUID
    by: UUID


class WorkSaved(Event, frozen=True):
    """Files of a project changed; `version` holds them."""

    project_id: UUID
    version: str


class VersionSaved(Event, frozen=True):
    """Somebody saved a version of a project."""

    project_id: UUID
    version: str
    by: UUID


class VersionRestored(Event, frozen=True):
    """Somebody brought an older version of a project back."""

    project_id: UUID
    version: str
    by: UUID


class ProjectPublished(Event, frozen=True):
    """Somebody let others see a version of a project."""

    project_id: UUID
    version: str
    visibility: Visibility
    by: UUID


class ProjectUnpublished(Event, frozen=True):
    """Somebody made a project private again."""

    project_id: UUID
    by: UUID


class ProjectRemixed(Event, frozen=True):
    """Somebody made a project of their own from another."""

    project_id: UUID
    origin_id: UUID
    by: UUID


class ProjectDeleted(Event, frozen=True):
    """Somebody put a project into the bin."""

    project_id: UUID
    by: UUID


class ProjectUndeleted(Event, frozen=True):
    """Somebody took a project out of the bin."""

    project_id: UUID
    by: UUID


class ProjectPurged(Event, frozen=True):
    """A project left the bin for good."""

    project_id: UUID


class MemberChanged(Event, frozen=True):
    """Somebody's role in a project changed; `role` is null where they left."""

    project_id: UUID
    person_id: UUID
    role: RoleName | None
    by: UUID
