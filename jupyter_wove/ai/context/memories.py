"""What agents were allowed to remember, as models are told of it."""

from datetime import date
from uuid import UUID

import msgspec

from jupyter_wove.ai.context.models import Item, Kind
from jupyter_wove.ai.context.secrets import without_secrets

RANK = 1  # behind the cell in focus and what is wrong with it


class Remembered(msgspec.Struct, frozen=True):
    """One thing that is remembered: since when, and from whom."""

    id: UUID
    text: str
    at: date
    by: str


def memory_items(memories: list[Remembered]) -> list[Item]:
    """List what may be shown of it, newest first."""
    return [
        Item(
            id=f"memory:{each.id}",
            kind=Kind.MEMORY,
            name=f"Remembered since {each.at} from {each.by}",
            text=without_secrets(each.text),
            rank=RANK,
            place=place - len(memories),
        )
        for place, each in enumerate(memories)
    ]
