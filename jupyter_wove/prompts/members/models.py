"""The people whom a prompt is shared with, as others see them."""

from datetime import datetime

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.prompts.models import PromptRole


class PromptMember(msgspec.Struct):
    """Somebody whom a prompt is shared with."""

    person: PersonRef
    role: PromptRole
    since: datetime


class PromptMembership(msgspec.Struct, forbid_unknown_fields=True):
    """The role to give somebody."""

    role: PromptRole
