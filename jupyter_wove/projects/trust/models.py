"""Whether somebody trusts a project, as they see it, and what follows for its code."""

from typing import Literal
from uuid import UUID

import msgspec


class ProjectTrust(msgspec.Struct, frozen=True):
    """Whether one trusts a project.

    `came` says how it came from elsewhere; null where it was made here, which needs no trust.
    """

    came: Literal["remix", "archive"] | None
    trusted: bool


class Trusting(msgspec.Struct, forbid_unknown_fields=True):
    """Trust in a project; `once` is for the next kernel that starts in it, soon, and no other."""

    once: bool = False


class Standing(msgspec.Struct, frozen=True):
    """What a file's place says about its code: of which project it is, and whether to trust it."""

    project_id: UUID | None
    folder: str  # of the project, or "" where there is none
    trusted: bool
