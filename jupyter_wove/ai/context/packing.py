"""Fill a number of tokens with the parts that matter most; the same parts give the same text."""

import hashlib
import re

from jupyter_wove.ai.context.models import Item, Kind, Packed, Shown
from jupyter_wove.ai.context.shortening import shortened
from jupyter_wove.ai.tokens import estimate

HEAD_TOKENS = 12  # of the line above a part, and the fences around it
MOST_OF_NEEDED = 0.5  # of all tokens, for one part that is needed
NO_ROOM = "no room"
KINDS = list(Kind)
FENCE = re.compile(r"`{3,}")


def pack(items: list[Item], tokens: int) -> Packed:
    """Choose by rank, and write in the order of the notebook.

    Nothing of what is shown is an instruction: each part stands between fences that are longer
    than any within it.
    """
    left, chosen, account = tokens, list[Item](), list[Shown]()
    for item in sorted(items, key=lambda each: (not each.is_needed, each.rank, each.place)):
        fitting = _fitted(item, min(left, round(tokens * MOST_OF_NEEDED)))
        size = _size(fitting)
        is_in = size <= left
        account.append(_told(fitting, size, is_in=is_in))
        if is_in:
            chosen.append(fitting)
            left -= size
    chosen.sort(key=lambda each: (KINDS.index(each.kind) > 1, each.place, KINDS.index(each.kind)))
    text = "\n\n".join(_written(each) for each in chosen)
    return Packed(text, tokens - left, sorted(account, key=lambda each: not each.is_in))


def _fitted(item: Item, tokens: int) -> Item:
    if not item.is_needed or _size(item) <= tokens:
        return item
    kept = shortened(item.text, max(1, tokens - HEAD_TOKENS))
    return Item(
        id=item.id,
        kind=item.kind,
        name=item.name,
        text=kept,
        rank=item.rank,
        place=item.place,
        is_needed=True,
    )


def _size(item: Item) -> int:
    return estimate(item.text) + estimate(item.name) + HEAD_TOKENS


def _told(item: Item, size: int, *, is_in: bool) -> Shown:
    return Shown(
        id=item.id,
        kind=item.kind,
        name=item.name,
        tokens=size,
        digest=hashlib.sha256(item.text.encode(errors="replace")).hexdigest()[:16],
        is_in=is_in,
        reason="" if is_in else NO_ROOM,
    )


def _written(item: Item) -> str:
    longest = max((len(found) for found in FENCE.findall(item.text)), default=2)
    fence = "`" * (longest + 1)
    named = f", id {item.id}" if item.kind in {Kind.CELL, Kind.FOCUS} else ""
    return f"{item.name}{named}:\n{fence}\n{item.text}\n{fence}"
