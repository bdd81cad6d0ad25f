"""What is written on all that is ours in Docker, so that it is found again."""

from typing import Any

import msgspec


class Labels(msgspec.Struct, frozen=True, kw_only=True):
    """What a container, network or volume is for, and which runner made it."""

    app: str = ""
    release: str = ""
    job: str = ""
    kernel: str = ""
    role: str = ""  # of what serves all apps, such as the egress
    runner: str = ""
    until: str = ""  # when it should be gone, in seconds since 1970

    def written(self) -> dict[str, str]:
        """Write all of them, empty ones too: a container would inherit those of its image."""
        return {f"wove.{name}": value for name, value in msgspec.structs.asdict(self).items()}

    def filters(self) -> dict[str, list[str]]:
        """Look for what has these labels."""
        return {"label": [f"{name}={value}" for name, value in self.written().items() if value]}


def read_labels(labels: dict[str, Any] | None) -> Labels:
    """Read the labels of something."""
    found = labels or {}
    return Labels(**{name: found.get(f"wove.{name}", "") for name in Labels.__struct_fields__})
