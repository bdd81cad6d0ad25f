"""What could be set up, as people see it."""

from typing import Any

import msgspec


class Proposal(msgspec.Struct, frozen=True):
    """A deployment that could be configured, and why; nothing uses it before somebody does."""

    why: str
    deployment: dict[str, Any]


class Setup(msgspec.Struct, frozen=True):
    """What is configured, what was found, and what could be made of it.

    `keys` are names of variables of the environment, never what they hold. `settings` are the
    proposals as lines of a configuration file.
    """

    models: list[str]
    keys: list[str]
    has_ollama: bool
    proposals: list[Proposal]
    settings: str
    asks_before_paying: bool
    has_agreed: bool
