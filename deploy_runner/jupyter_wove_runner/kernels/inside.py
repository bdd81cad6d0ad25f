"""Runs in a sandbox: starts a kernel, and waits until somebody takes it.

All that it needs is loaded and its sockets are there before it knows whose it will be. It is run
as `python -c`, so it may import nothing of ours.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from ipykernel.kernelapp import IPKernelApp


def begin(told: dict[str, Any], app: IPKernelApp) -> None:
    """Become the kernel of whoever took it."""
    app.session.key = told["key"].encode()
    os.environ["JPY_SESSION_NAME"] = told["session"]
    os.chdir(told["folder"])


def main(folder: Path) -> None:
    """Start a kernel that speaks through the sockets of a folder."""
    app = IPKernelApp.instance()
    app.initialize(["-f", str(folder / "kernel.json")])
    (folder / "ready").touch()
    begin(json.loads((folder / "go").read_text()), app)  # waits here, at a pipe
    (folder / "taken").touch()
    app.start()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
