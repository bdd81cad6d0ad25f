"""Who may do what with a prompt: one pure function, deny by default."""

from enum import StrEnum

from jupyter_wove.accounts import Role
from jupyter_wove.kit.errors import Forbidden, NotFound

UNKNOWN = "There is no such prompt, or it is not shared with you."


class PromptAction(StrEnum):
    """What can be done with a prompt."""

    SEE = "see"
    USE = "use"  # vote, comment, fork, propose changes
    EDIT = "change"
    MANAGE = "publish, delete or share"


NEEDS = {
    PromptAction.SEE: Role.VIEWER,
    PromptAction.USE: Role.VIEWER,
    PromptAction.EDIT: Role.EDITOR,
    PromptAction.MANAGE: Role.OWNER,
}
FOR_ANYONE_WHO_SEES = {PromptAction.SEE, PromptAction.USE}


def may(action: PromptAction, role: Role, *, is_public: bool) -> bool:
    """Decide whether somebody of this role may do this with a prompt."""
    return role >= NEEDS[action] or (is_public and action in FOR_ANYONE_WHO_SEES)


def demand(action: PromptAction, role: Role, *, is_public: bool) -> None:
    """Let pass what is allowed. Raises NotFound where it may not be seen, else Forbidden."""
    if may(action, role, is_public=is_public):
        return
    if not may(PromptAction.SEE, role, is_public=is_public):
        raise NotFound(UNKNOWN)
    raise Forbidden(f"You may not {action} this prompt. Ask one of its owners.")
