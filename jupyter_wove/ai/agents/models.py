"""What agents may use, what they ask people for, and what became of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.kit.errors import InvalidRequest, WoveError

Mode = Literal["ask", "accept", "plan"]
State = Literal["waiting", "approved", "rejected", "withdrawn"]
FAILED = "It failed:"  # how what a tool says begins where the code that it ran failed
UNREADABLE = "unreadable"  # the name of arguments of which nobody can tell what they are
Note = Annotated[str, msgspec.Meta(max_length=500)]


class Risk(StrEnum):
    """What a tool can do, from least to most."""

    READ = "read"  # looks at what the person may see
    EDIT = "edit"  # suggests changes, which wait for somebody to accept them
    PLAN = "plan"  # has others work, each of whose tools asks for itself
    RUN = "run"  # runs code in a kernel, or writes where nobody has to accept it
    REACH = "reach"  # reaches others: shells, networks, deleting, publishing


class Exhausted(WoveError):
    """A run did as much as one may."""

    status = 409
    title = "The agent stopped"


OFFERED: dict[Mode, set[Risk]] = {
    "ask": set(Risk),
    "accept": set(Risk),
    "plan": {Risk.READ, Risk.PLAN},
}
"""What an agent is given in each mode; in "accept", what it suggests is taken over at once."""

FREE = {Risk.READ, Risk.EDIT}
"""What needs nobody's leave; whatever is not named here does."""


@dataclass(frozen=True)
class Tool:
    """Something that an agent can do; `use` gets `arguments`, and returns text for the model."""

    name: str
    about: str  # for the model
    risk: Risk
    arguments: type[msgspec.Struct] | dict[str, Any]  # or a JSON schema, of others' tools
    use: Callable[[Any], Awaitable[str]]
    told: Callable[[Any], str]  # for people: what it does, or is going to do
    shown: Callable[[Any], Awaitable[str]] | None = None  # what exactly, where it has to ask

    def read(self, given: dict[str, Any]) -> Any:
        """Read the arguments that a model gave. Raises InvalidRequest."""
        if UNREADABLE in given:
            raise InvalidRequest("The arguments are no JSON object.")
        if isinstance(self.arguments, dict):
            return given  # whose tool it is reads them
        try:
            return msgspec.convert(given, self.arguments, strict=False)
        except msgspec.ValidationError as error:
            raise InvalidRequest(f"{error}.") from error

    @property
    def schema(self) -> dict[str, Any]:
        """Say which arguments it takes, as a JSON schema."""
        if isinstance(self.arguments, dict):
            return self.arguments
        _, known = msgspec.json.schema_components([self.arguments], ref_template="#/$defs/{name}")
        schema: dict[str, Any] = known.pop(self.arguments.__name__)
        return schema | ({"$defs": known} if known else {})


class Asked(msgspec.Struct, frozen=True):
    """What an agent waits for somebody to allow."""

    interrupt: str
    tool: str
    arguments: dict[str, Any]
    title: str
    shown: str
    risk: Risk


class Whose(msgspec.Struct, frozen=True):
    """For whom a run is, in which chat, around which file, and what it needs to go on."""

    person_id: UUID
    chat: str
    path: str
    about: dict[str, Any]


class Question(msgspec.Struct, frozen=True):
    """Something that people are asked from now on."""

    approval_id: UUID
    title: str


class Outcome(msgspec.Struct, frozen=True):
    """How far an agent came: to its end, or to where it has to ask."""

    asked: list[Asked]
    state: bytes  # to go on from; empty at the end


class Approval(msgspec.Struct):
    """Something that an agent may do only if somebody allows it, with its exact arguments."""

    id: UUID
    tool: str
    title: str
    shown: str
    arguments: dict[str, Any]
    risk: Risk
    state: State
    asked_by: PersonRef
    may_decide: bool
    created: datetime
    decided: datetime | None
    decided_by: PersonRef | None
    note: str


class Leave(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody decides, with what they tell the agent."""

    note: Note = ""
