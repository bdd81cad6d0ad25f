"""Documents beside the one of a file, without a file of their own: comments, suggestions.

Their names begin with "wove": `wove:<kind>:<file id>`, or `wove:<kind>:<file id>:<key>` where
a file has several of a kind.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from jupyter_wove.kit.errors import NotFound

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


def _author(call: "Call", actor: "Actor", side: Side) -> bool:
    from jupyter_wove.collaboration import Suggestions  # noqa: PLC0415 — with all of Wove, late

    try:
        suggestion_id = UUID(side.key)
    except ValueError:
        raise NotFound("There is no such suggestion.") from None
    suggestions: Suggestions = call.of(Suggestions)
    return suggestions.may_write(actor, suggestion_id, side.file_id)


WRITERS: dict[str, MayWrite] = {
    # Only the server writes comments, so that nobody can sign with another one's name.
    "comments": _nobody,
    # A commenter too, who may not edit the document itself.
    "suggestion": _author,
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
