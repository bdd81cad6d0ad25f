"""Apps, their deployments and releases, as others see them, and what can happen to them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.kit.events import Event
from jupyter_wove.projects import ProjectRef
from jupyter_wove.runner import Access, Plan

MONTH = 30 * 24 * 3600  # seconds

# A label of a host name. Two dashes are for previews; of two letters with them, others make names
# in other scripts.
Slug = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=3, max_length=40)
]
AppTitle = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Idle = Annotated[int, msgspec.Meta(ge=0, le=MONTH)]
TargetName = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+$", max_length=40)]
VersionId = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
Days = Annotated[int, msgspec.Meta(ge=1, le=90)]
Line = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
BranchName = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
DeploymentState = Literal[
    "queued",
    "scanning",
    "locking",
    "installing",
    "building",
    "executing",
    "starting",
    "checking",
    "live",
    "failed",
    "cancelled",
]
UNFINISHED: tuple[DeploymentState, ...] = (
    "queued",
    "scanning",
    "locking",
    "installing",
    "building",
    "executing",
    "starting",
    "checking",
)
ServedState = Literal["new", "live", "asleep", "waking", "stopped", "away"]
ReleaseState = Literal["live", "kept", "built", "failed", "forgotten"]


class NewApp(msgspec.Struct, forbid_unknown_fields=True):
    """An app to make of a project; without a plan, each deployment finds out how.

    `slug` is its name in its address, made of its title unless it is given. `target` is where it
    is served: `local` by the runner, or elsewhere as administrators allow it.
    """

    title: AppTitle | None = None
    slug: Slug | None = None
    access: Access = "private"
    plan: Plan | None = None
    idle: Idle = 600
    target: TargetName = "local"


class AppChange(msgspec.Struct, forbid_unknown_fields=True):
    """What to change of an app; what is left out stays, and a plan of null is found out anew."""

    title: AppTitle | msgspec.UnsetType = msgspec.UNSET
    slug: Slug | msgspec.UnsetType = msgspec.UNSET
    access: Access | msgspec.UnsetType = msgspec.UNSET
    plan: Plan | msgspec.UnsetType | None = msgspec.UNSET
    idle: Idle | msgspec.UnsetType = msgspec.UNSET
    target: TargetName | msgspec.UnsetType = msgspec.UNSET


class AppName(msgspec.Struct):
    """A name in the addresses of apps, and whether it can still be given to one."""

    slug: str
    is_free: bool


class NewPreview(msgspec.Struct, forbid_unknown_fields=True):
    """What to show beside an app: a branch of the project's git repository, or a version."""

    branch: BranchName | None = None
    version: VersionId | None = None


class NewDeployment(msgspec.Struct, forbid_unknown_fields=True):
    """What to deploy: a version, or the work as it is now, which is saved as one.

    A plan is for this deployment alone.
    """

    version: VersionId | None = None
    plan: Plan | None = None


class RollBack(msgspec.Struct, forbid_unknown_fields=True):
    """The release to serve again, by its number; without one, that before the one served now."""

    release: Annotated[int, msgspec.Meta(ge=1)] | None = None


class Deployment(msgspec.Struct):
    """One attempt to bring a version of a project to where it can be visited.

    Where it failed, `reason` and `hint` say why and what to do, `cell` is the number of the code
    cell that failed, from 1, in the notebook `path`, and `refused` are hosts that it asked for in
    vain. `rolls_back` tells that it serves an earlier release again.
    """

    id: UUID
    app_id: UUID
    number: int
    version: str
    plan: Plan
    state: DeploymentState
    job_id: UUID
    reason: str
    hint: str
    path: str
    cell: int | None
    traceback: str
    refused: list[str]
    release: int | None
    rolls_back: bool
    created: datetime
    by: PersonRef | None
    ended: datetime | None

    @property
    def location(self) -> str:
        """Say where it is looked at again."""
        return f"/wove/api/deployments/{self.id}"


class DeployedRelease(msgspec.Struct):
    """What a deployment built; it can be served again while it is `kept`. `size` in bytes."""

    id: UUID
    number: int
    version: str
    plan: Plan
    size: int
    lock: str
    state: ReleaseState
    created: datetime


class DeployedApp(msgspec.Struct):
    """An app, as the person who asks may see it.

    `project` is null where they may not see that. `url` is where it is visited, once it has been
    served. `state` is `away` where the runner does not say. `plan` is the one that was kept.
    `may_deploy` and `may_manage` tell what else they may do, and only those who work on the
    project see the newest `deployment`.
    """

    id: UUID
    project: ProjectRef | None
    parent_id: UUID | None
    branch: str
    slug: str
    title: str
    access: Access
    target: str
    kind: str
    plan: Plan | None
    idle: int
    url: str
    enter: str
    state: ServedState
    problem: str
    sessions: int
    memory: int
    release: int | None
    version: str | None
    deployment: Deployment | None
    may_deploy: bool
    may_manage: bool
    created: datetime
    by: PersonRef | None
    deployed: datetime | None
    deleted: datetime | None

    @property
    def location(self) -> str:
        """Say where it is looked at again."""
        return f"/wove/api/apps/{self.id}"


class LogLine(msgspec.Struct):
    """A line of a log; those of `wove` explain what is done."""

    n: int
    at: datetime
    stream: str
    text: str


class LogNews(msgspec.Struct):
    """What is new of a deployment: a line of its log, or how it stands; the other is null."""

    line: LogLine | None
    deployment: Deployment | None


class AppDeployed(Event, frozen=True):
    """A release of an app is served."""

    app_id: UUID
    project_id: UUID
    release_id: UUID
    by: UUID | None


class DeploymentFailed(Event, frozen=True):
    """A version of a project did not come to be served."""

    app_id: UUID
    project_id: UUID
    deployment_id: UUID
    by: UUID | None


class AppChanged(Event, frozen=True):
    """Somebody changed an app: what it is called, who may visit it, whether it runs."""

    app_id: UUID
    project_id: UUID
    by: UUID


class AppDeleted(Event, frozen=True):
    """Somebody put an app into the bin."""

    app_id: UUID
    project_id: UUID
    by: UUID
