"""How far a run came, as bytes: kept where it waits, and gone on from by any server."""

from collections import defaultdict

import msgspec
from langgraph.checkpoint.memory import InMemorySaver

Typed = tuple[str, bytes]
Step = tuple[Typed, Typed, str | None]
Write = tuple[tuple[str, int], tuple[str, str, Typed, str]]


class _Kept(msgspec.Struct):
    """What LangGraph's saver holds in memory, with lists of pairs where its keys are tuples."""

    steps: dict[str, dict[str, dict[str, Step]]]
    writes: list[tuple[tuple[str, str, str], list[Write]]]
    blobs: list[tuple[tuple[str, str, str, str | int | float], Typed]]


def frozen(saver: InMemorySaver) -> bytes:
    """Write down what a saver knows."""
    steps = {thread: dict(spaces) for thread, spaces in saver.storage.items()}
    writes = [(key, list(each.items())) for key, each in saver.writes.items()]
    return msgspec.msgpack.encode(_Kept(steps, writes, list(saver.blobs.items())))


def thawed(content: bytes) -> InMemorySaver:
    """Make a saver that knows what was written down; one that knows nothing of nothing."""
    saver = InMemorySaver()
    if content:
        kept = msgspec.msgpack.decode(content, type=_Kept)
        for thread, spaces in kept.steps.items():
            saver.storage[thread] = defaultdict(dict, spaces)
        saver.writes.update((key, dict(each)) for key, each in kept.writes)
        saver.blobs.update(kept.blobs)
    return saver
