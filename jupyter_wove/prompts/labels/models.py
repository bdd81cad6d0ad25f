"""Labels, and where they were."""

from datetime import datetime
from typing import Annotated

import msgspec

from jupyter_wove.accounts import PersonRef
from jupyter_wove.prompts.models import Which

Label = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]{0,39}\Z")]


class PromptLabel(msgspec.Struct):
    """A label, the version it means, and whether only owners move it.

    Nobody moves `latest`: it is always the newest version. `least` is the mean score that a
    version needs in an evaluation before the label can mean it; null where it needs none.
    """

    label: str
    number: str
    protected: bool
    automatic: bool
    least: float | None


class LabelTarget(msgspec.Struct, forbid_unknown_fields=True):
    """Where to put a label; `protected` stays as it is where it is null."""

    version: Which
    protected: bool | None = None


class LabelMove(msgspec.Struct):
    """That somebody moved a label; null where it was not there before, or was removed."""

    label: str
    before: str | None
    after: str | None
    by: PersonRef | None
    at: datetime
