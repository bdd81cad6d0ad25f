"""Versions, as others see them."""

from typing import Any

import msgspec

from jupyter_wove.prompts.format import InputType
from jupyter_wove.prompts.models import File, Note, NumberText, PromptVersion


class AskedInput(msgspec.Struct):
    """What a prompt takes when it is rendered, with all that it includes."""

    name: str
    type: InputType
    description: str
    default: Any
    required: bool
    options: list[Any]


class PromptContent(msgspec.Struct):
    """A version with its file, and what is in it; `includes` says which versions it is bound to.

    `settings` are all that stand above the text, also those that Wove does not know.
    """

    version: PromptVersion
    file: str
    settings: dict[str, Any]
    body: str
    inputs: list[AskedInput]
    includes: dict[str, str]


class NewPromptVersion(msgspec.Struct, forbid_unknown_fields=True):
    """A version to add. Without a number, it gets one by what differs.

    `base` is the number that the author began with: 409 where there is a newer one.
    """

    file: File
    number: NumberText | None = None
    note: Note = ""
    base: NumberText | None = None
