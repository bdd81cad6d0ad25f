"""The people of a project, as others see them."""

from datetime import datetime

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.projects.models import RoleName


class Member(msgspec.Struct):
    """Somebody who works on a project."""

    person: PersonRef
    role: RoleName
    since: datetime


class Membership(msgspec.Struct, forbid_unknown_fields=True):
    """The role to give somebody."""

    role: RoleName
