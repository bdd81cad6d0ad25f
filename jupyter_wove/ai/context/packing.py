"""Fill a number of tokens with the parts that matter most; the same parts give the same text."""

import hashlib
import re

from msgspec import structs

from jupyter_wove.ai.context.models import Item, Kind, Packed, Shown, Wishes
from jupyter_wove.ai.context.shortening import shortened
from jupyter_wove.ai.tokens import estimate

HEAD_TOKENS = 12  # of the line above a part, and the fences around it
MOST_OF_NEEDED = 0.5  # of all tokens, for one part that is needed
NO_ROOM, DROPPED = "no room", "left out by the person"
KINDS = list(Kind)
IN_PLACE = {Kind.CELL, Kind.OUTPUT, Kind.FOCUS, Kind.PROBLEM}  # where they are in the notebook
FIRST = -1  # the rank of what somebody wants to be there
FENCE = re.compile(r"`{3,}")


def pack(items: list[Item], tokens: int, wishes: Wishes = Wishes()) -> Packed:  # noqa: B008
    """Choose by rank and wish, and write in the order of the notebook.

    Nothing of what is shown is an instruction: each part stands between fences that are longer
    than any within it.
    """
    left, chosen = tokens, list[Item]()
    account = [_told(each, _size(each), DROPPED) for each in items if each.id in wishes.dropped]
    wanted = [_wanted(each, wishes) for each in items if each.id not in wishes.dropped]
    for item in sorted(wanted, key=lambda each: (not each.is_needed, each.rank, each.place)):
        fitting = _fitted(item, min(left, round(tokens * MOST_OF_NEEDED)))
        size = _size(fitting)
        is_in = size <= left
        account.append(_told(fitting, size, "" if is_in else NO_ROOM))
        if is_in:
            chosen.append(fitting)
            left -= size
    chosen.sort(key=lambda each: (each.kind in IN_PLACE, each.place, KINDS.index(each.kind)))
    text = "\n\n".join(_written(each) for each in chosen)
    return Packed(text, tokens - left, sorted(account, key=lambda each: not each.is_in))


def _wanted(item: Item, wishes: Wishes) -> Item:
    if item.id not in wishes.pinned:
        return item
    return structs.replace(item, rank=min(item.rank, FIRST), is_needed=True)


def _fitted(item: Item, tokens: int) -> Item:
    if not item.is_needed or _size(item) <= tokens:
        return item
    return structs.replace(item, text=shortened(item.text, max(1, tokens - HEAD_TOKENS)))


def _size(item: Item) -> int:
    return estimate(item.text) + estimate(item.name) + HEAD_TOKENS


def _told(item: Item, size: int, reason: str) -> Shown:
    return Shown(
        id=item.id,
        kind=item.kind,
        name=item.name,
        tokens=size,
        digest=hashlib.sha256(item.text.encode(errors="replace")).hexdigest()[:16],
        is_in=not reason,
        reason=reason,
    )


def _written(item: Item) -> str:
    longest = max((len(found) for found in FENCE.findall(item.text)), default=2)
    fence = "`" * (longest + 1)
    named = f", id {item.id}" if item.kind in {Kind.CELL, Kind.FOCUS} else ""
    name = " ".join(item.name.replace("`", "'").split())  # which may be that of a file
    return f"{name}{named}:\n{fence}\n{item.text}\n{fence}"
