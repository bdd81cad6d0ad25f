"""Where the runner listens, which others may have to start first."""

from pathlib import Path
from typing import Protocol

from jupyter_wove.kit.errors import Unavailable


class RunnerSocket(Protocol):
    """Where the runner listens."""

    def find(self) -> str:
        """Name the socket; start the runner where it does not run. Raises Unavailable."""

    def known(self) -> str | None:
        """Name the socket where the runner runs already."""

    def where(self) -> str:
        """Name the socket, whether the runner runs or not; "" where there will be none."""

    def begin(self) -> None:
        """Start the runner for what it makes ready ahead, where that is for us to do.

        Raises Unavailable.
        """

    def close(self) -> None:
        """End the runner, where it was started here."""


class NoRunner:
    """There is no runner here, and nobody who would start one."""

    def find(self) -> str:
        """Say so. Raises Unavailable."""
        raise Unavailable("There is no runner here, which builds and serves apps.")

    def known(self) -> None:
        """Know of none."""
        return

    def where(self) -> str:
        """Name none."""
        return ""

    def begin(self) -> None:
        """Have nothing to start."""

    def close(self) -> None:
        """Have nothing to end."""


class NamedRunner:
    """The runner is a service of its own, and the settings name its socket."""

    def __init__(self, socket: str) -> None:
        self._socket = socket

    def find(self) -> str:
        """Name the socket. Raises Unavailable where nobody listens."""
        if not Path(self._socket).is_socket():
            raise Unavailable(
                f"No runner listens at {self._socket}, which c.Wove.runner_socket names. Start it."
            )
        return self._socket

    def known(self) -> str | None:
        """Name the socket where it is there."""
        return self._socket if Path(self._socket).is_socket() else None

    def where(self) -> str:
        """Name the socket."""
        return self._socket

    def begin(self) -> None:
        """Leave it to whoever runs the service."""

    def close(self) -> None:
        """Leave it to whoever started it."""
