"""The event by which those who look at a notebook hear why its kernel ended.

The provisioner of the kernel emits it. Who follows events hears only of those that were known
when they began, so it is made known before anybody can.
"""

from typing import Any

from jupyter_server.serverapp import ServerApp

ENDED = "https://schema.jupyter-wove.org/kernel_ended/v1"
SCHEMA: dict[str, Any] = {
    "$id": ENDED,
    "version": "1",
    "title": "A kernel in a sandbox ended",
    "description": "A kernel ended without anybody having asked it to, and why.",
    "type": "object",
    "required": ["kernel_id", "reason", "advice"],
    "properties": {
        "kernel_id": {"type": "string", "description": "Which kernel it was."},
        "reason": {"type": "string", "description": "Why it ended, in a sentence."},
        "advice": {"type": "string", "description": "What to do about it."},
    },
    "additionalProperties": False,
}


def announce(server: ServerApp) -> None:
    """Let people follow it."""
    assert server.event_logger is not None  # noqa: S101 — a server that runs has one
    if ENDED not in server.event_logger.schemas:
        server.event_logger.register_event_schema(SCHEMA)
