"""Variables of the environment of an app; their values are never shown again."""

from datetime import datetime
from typing import Annotated

import msgspec

VariableName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=100)]


class VariableValue(msgspec.Struct, forbid_unknown_fields=True):
    """What a variable is to hold."""

    value: Annotated[str, msgspec.Meta(max_length=32_768)]


class AppVariable(msgspec.Struct):
    """A variable, by its name; `at` is when it was given its value."""

    name: str
    at: datetime
