"""Who may do what: one pure function, deny by default."""

from enum import IntEnum, StrEnum

import msgspec

from jupyter_wove.accounts.models import Actor
from jupyter_wove.kit.errors import Conflict, Forbidden, NotFound

SCOPES = {
    "account:read": "See who you are and your API keys",
    "account:write": "Change your profile, make and revoke API keys",
    "projects:read": "Read projects, their files, versions and jobs",
    "projects:write": "Create, change, version, restore, remix and delete projects",
    "projects:comment": "Comment on the files of projects",
    "projects:publish": "Publish, unlist and unpublish projects",
    "projects:members": "Say who works on your projects",
    "community:read": "Read the gallery, profiles and lineages, and search",
    "community:write": "Star projects",
    "prompts:read": "Read and render prompts, and what is said about them",
    "prompts:write": "Add, change, share, fork and delete prompts, vote and comment on them",
    "apps:read": "See apps, their releases, logs and visits",
    "apps:write": "Deploy, roll back, stop and delete apps, and say who may visit them",
    "agents:use": "Read notebooks, suggest changes and ask to run cells, as an agent does",
    "ai:use": "Ask models, at the expense of whoever pays for them",
    "ai:admin": "See what models have cost everybody, as an administrator",
}
OF_ADMINISTRATORS = frozenset({"ai:admin"})


class Role(IntEnum):
    """What a person is in a project; each may do all that those below may."""

    NONE = 0
    VIEWER = 1
    COMMENTER = 2
    EDITOR = 3
    OWNER = 4


class Visibility(StrEnum):
    """Who else sees what was published."""

    PRIVATE = "private"
    UNLISTED = "unlisted"
    PUBLIC = "public"


class Action(StrEnum):
    """What can be done with a project."""

    SEE = "see"  # its page and what was published
    READ_WORK = "read the unpublished work of"
    COMMENT = "comment on"
    EDIT = "edit"
    PUBLISH = "publish"
    MANAGE = "manage the members of"
    DEPLOY = "deploy"
    SERVE = "say who visits apps of"
    TEACH = "set what the tutor may tell in"
    DELETE = "delete"
    UNDELETE = "bring back"
    REMIX = "remix"
    STAR = "star"


class Facts(msgspec.Struct, frozen=True):
    """All that a decision about a project depends on."""

    role: Role
    visibility: Visibility
    published: bool
    deleted: bool


NEEDS = {
    Action.READ_WORK: Role.VIEWER,
    Action.COMMENT: Role.COMMENTER,
    Action.EDIT: Role.EDITOR,
    Action.PUBLISH: Role.OWNER,
    Action.MANAGE: Role.OWNER,
    Action.DEPLOY: Role.EDITOR,
    Action.SERVE: Role.OWNER,
    Action.TEACH: Role.OWNER,
    Action.DELETE: Role.OWNER,
}
FOR_ANYONE_WHO_SEES = {Action.SEE, Action.REMIX, Action.STAR}


def authorize(action: Action, facts: Facts) -> bool:
    """Decide whether somebody of this role may do this with a project of these facts."""
    if facts.deleted:
        return facts.role is Role.OWNER and action in {Action.SEE, Action.UNDELETE}
    if action in FOR_ANYONE_WHO_SEES:
        return facts.role > Role.NONE or _is_open(facts)
    return action in NEEDS and facts.role >= NEEDS[action]


def _is_open(facts: Facts) -> bool:
    return facts.published and facts.visibility is not Visibility.PRIVATE


def demand(actor: Actor, action: Action, facts: Facts) -> None:
    """Let pass what is allowed.

    Raises NotFound where the actor may not even know of the project, Conflict where it lies in
    the bin, and Forbidden where they see it but may not do this.
    """
    if authorize(action, facts):
        return
    if not authorize(Action.SEE, facts):
        raise NotFound("There is no such project, or it is not shared with you.")
    if facts.deleted:
        raise Conflict("The project lies in the bin. Bring it back first.")
    if action is Action.UNDELETE:
        raise Conflict("The project does not lie in the bin.")
    raise Forbidden(f"{actor.name} may not {action} this project. Ask one of its owners.")
