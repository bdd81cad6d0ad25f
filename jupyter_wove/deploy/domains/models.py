"""Host names of an app's own."""

from datetime import datetime
from typing import Annotated

import msgspec

LABEL = r"[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
LAST = r"[a-zA-Z][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]"
HostName = Annotated[str, msgspec.Meta(pattern=rf"^({LABEL}\.)+{LAST}$", max_length=253)]


class NewDomain(msgspec.Struct, forbid_unknown_fields=True):
    """A host name that is to lead to an app."""

    host: HostName


class Domain(msgspec.Struct):
    """A host name of an app's own; until it is `verified`, `instruction` says what to do.

    It is proven by a TXT record `record` of its DNS that holds the `token`, or by leading here.
    """

    host: str
    token: str
    record: str
    instruction: str
    added: datetime
    verified: datetime | None
