"""What is asked of and told about MCP servers."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated, Any, Literal

import msgspec

from jupyter_wove.ai.models import ServerName

ToolName = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]


@dataclass(frozen=True)
class Target:
    """Where a server is, and what it is told with each request: an address, or a program."""

    name: str
    url: str = ""
    command: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    is_own: bool = False  # a person's, and not the administrator's
    public_only: bool = False  # no address of this machine or of its network

    @property
    def place(self) -> str:
        """Say where it is, without anything secret."""
        return self.url.partition("?")[0] or self.command[0]


class Definition(msgspec.Struct, frozen=True):
    """What a server says of one of its tools; `arguments` is a JSON schema."""

    name: str
    about: str
    arguments: dict[str, Any]

    def digest(self, target: Target) -> str:
        """Tell this definition, of a server at this place, from all others."""
        said = [target.url, target.command, self.name, self.about, self.arguments]
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class OfferedTool:
    """A tool that a person lets agents ask for, as they read it."""

    server: str
    definition: Definition
    digest: str


class McpTool(msgspec.Struct):
    """A tool of a server.

    `digest` stands for all that the server says of it; `was` is what it said when somebody let
    agents use it, where that has changed: then they are not offered it any more.
    """

    name: str
    about: str
    arguments: dict[str, Any]
    digest: str
    is_on: bool
    was: str | None


class McpServer(msgspec.Struct):
    """A server whose tools agents may ask for; `tools` are those that are on."""

    name: str
    of: Literal["administrator", "you"]
    place: str
    tools: list[str]


class McpServerList(msgspec.Struct):
    """The servers that there are for somebody; `why_none` is empty where they may add some."""

    servers: list[McpServer]
    why_none: str


class NewMcpServer(msgspec.Struct, forbid_unknown_fields=True):
    """A server at an address; `key` is sent to it as a bearer token, and never told again."""

    name: ServerName
    url: Annotated[str, msgspec.Meta(max_length=1024, pattern=r"^https?://[^\s/?#@]+[^\s@#]*\Z")]
    key: Annotated[str, msgspec.Meta(max_length=4096, pattern=r"^[!-~]*\Z")] = ""


class ChosenTool(msgspec.Struct, forbid_unknown_fields=True):
    """A tool as somebody read it."""

    name: ToolName
    digest: Annotated[str, msgspec.Meta(max_length=64)]


class ToolChoice(msgspec.Struct, forbid_unknown_fields=True):
    """The tools of a server that agents may ask for, and no others."""

    tools: Annotated[list[ChosenTool], msgspec.Meta(max_length=64)]
