"""How the end of a kernel is told to those who look at its notebook."""

from typing import Any

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
MEMORY = (
    "Work on less at a time, or take less of a file; a restarted kernel begins with nothing in"
    " memory. In a project that you trust, kernels may use all the memory of this machine."
)
DISK = "Write less, or remove what is not needed any more; then restart the kernel."
OTHERWISE = "Restart the kernel and run the cells again."


def advice(reason: str) -> str:
    """Say what can be done about an end."""
    if "memory" in reason:
        return MEMORY
    return DISK if "wrote more" in reason else OTHERWISE
