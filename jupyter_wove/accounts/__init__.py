"""People: who they are, and what they may do."""

from jupyter_wove.accounts.models import (
    Actor,
    KeyCreated,
    KeyRevoked,
    NewKey,
    PersonChanged,
    PersonJoined,
    PersonRef,
)
from jupyter_wove.accounts.policy import SCOPES, Action, Facts, Role, Visibility, authorize, demand
from jupyter_wove.accounts.service import Accounts, Directory
from jupyter_wove.accounts.store import AccountStore
from jupyter_wove.accounts.tables import PersonRow

__all__ = [
    "SCOPES",
    "AccountStore",
    "Accounts",
    "Action",
    "Actor",
    "Directory",
    "Facts",
    "KeyCreated",
    "KeyRevoked",
    "NewKey",
    "PersonChanged",
    "PersonJoined",
    "PersonRef",
    "PersonRow",
    "Role",
    "Visibility",
    "authorize",
    "demand",
]
