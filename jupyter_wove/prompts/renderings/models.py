"""What prompts are rendered with, and what comes out."""

from typing import Any

import msgspec

from jupyter_wove.prompts.experiments.models import Variation


class Rendering(msgspec.Struct, forbid_unknown_fields=True):
    """What to render a prompt with: values, and views of them by name, as in `{{df | schema}}`."""

    values: dict[str, Any] = {}
    views: dict[str, dict[str, Any]] = {}


class RenderedMessage(msgspec.Struct):
    """What one side says."""

    role: str
    content: str


class Rendered(msgspec.Struct):
    """A prompt as it is sent; `role` "messages" stands for those of a conversation so far.

    `variation` says which experiment chose the version; null where none did.
    """

    number: str
    messages: list[RenderedMessage]
    variation: Variation | None
