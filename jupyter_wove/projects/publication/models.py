"""What publishing and remixing ask for."""

from typing import Annotated, Literal

import msgspec

from jupyter_wove.projects.models import Title


class Publication(msgspec.Struct, forbid_unknown_fields=True):
    """What to publish: a version (the newest work, saved first, where it is null), to whom."""

    version: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    visibility: Literal["public", "unlisted"] = "public"


class NewRemix(msgspec.Struct, forbid_unknown_fields=True):
    """A remix to make; it takes the title of the original where it has none."""

    title: Title | None = None
