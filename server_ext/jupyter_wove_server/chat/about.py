"""What an answer is about."""

from uuid import UUID

import msgspec

from jupyter_wove_server.agents.sight import Focus, Mode


class About(msgspec.Struct, frozen=True):
    """What a run is about, so that another server can go on with it."""

    model: str
    mode: Mode = "ask"
    focus: Focus | None = None
    task: str = ""
    persona: str = ""
    use: UUID | None = None  # of a prompt, where what becomes of it is recorded
