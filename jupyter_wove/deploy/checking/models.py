"""What is asked for in a check, and what its job is given."""

from uuid import UUID

import msgspec

from jupyter_wove.deploy.models import VersionId

CHECK = "deploy.check"  # the kind of the job


class NewCheck(msgspec.Struct, forbid_unknown_fields=True):
    """A version to check: the published one unless it is named, else the work as it is now."""

    version: VersionId | None = None


class CheckArguments(msgspec.Struct):
    """A check to carry out."""

    check_id: UUID
