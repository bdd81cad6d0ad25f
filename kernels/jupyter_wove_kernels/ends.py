"""How the end of a kernel is told to those who look at its notebook: the event, and advice."""

ENDED = "https://schema.jupyter-wove.org/kernel_ended/v1"
# JupyterLab shows no more than 140 characters of a reason and its advice together.
MEMORY = "Work on less at a time; a restarted kernel begins with nothing in memory."
DISK = "Write less; a restarted kernel still has its files."
OTHERWISE = "Restart the kernel and run the cells again."


def advice(reason: str) -> str:
    """Say what can be done about an end."""
    if "memory" in reason:
        return MEMORY
    return DISK if "wrote more" in reason else OTHERWISE
