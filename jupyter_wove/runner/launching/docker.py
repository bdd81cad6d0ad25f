"""Whether there seems to be a Docker engine, as far as one can see without speaking to it."""

import os
from pathlib import Path

SOCKETS = ("/run/docker.sock", "/var/run/docker.sock", "~/.docker/run/docker.sock")
UNIX = "unix://"


def docker_is_near() -> bool:
    """Tell whether Docker's own client would try to speak to one."""
    if host := os.environ.get("DOCKER_HOST", ""):
        return not host.startswith(UNIX) or Path(host.removeprefix(UNIX)).is_socket()
    return any(Path(each).expanduser().is_socket() for each in SOCKETS)
