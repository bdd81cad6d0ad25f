"""Documents beside the one of a file, without a file of their own: comments, suggestions.

Their names begin with "wove": `wove:<kind>:<file id>`, or `wove:<kind>:<file id>:<key>` where
a file has several of a kind.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from jupyter_wove.accounts import Actor
    from jupyter_wove.app import Call

OURS = "wove:"


class Side(NamedTuple):
    """What the name of a side room says."""

    kind: str
    file_id: str
    key: str


MayWrite = Callable[["Call", "Actor", Side], bool]


def _nobody(_call: "Call", _actor: "Actor", _side: Side) -> bool:
    return False


WRITERS: dict[str, MayWrite] = {
    # Only the server writes comments, so that nobody can sign with another one's name.
    "comments": _nobody,
}
"""Who may write in a side room by its socket, beside being let in to read the file.

Raises WoveError NotFound where there is no such room.
"""


def is_side(name: str) -> bool:
    """Tell whether a name is that of a side room."""
    return name.startswith(OURS)


def side_of(name: str) -> Side | None:
    """Read the name of a side room; None where there can be none of this name."""
    parts = name.split(":", 3)
    if parts[0] + ":" != OURS or len(parts) < 3 or parts[1] not in WRITERS:  # noqa: PLR2004
        return None
    return Side(parts[1], parts[2], parts[3] if len(parts) > 3 else "")  # noqa: PLR2004
