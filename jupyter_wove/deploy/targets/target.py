"""The interface of targets, which plug-ins implement."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from jupyter_wove.deploy.targets.models import Order
from jupyter_wove.deploy.targets.options import Options
from jupyter_wove.runner import App, Kind, Line, Message

Say = Callable[[Message], None]


class Target(Protocol):
    """A place of somebody else's where apps are served.

    What is uploaded is marked with the id of the release, and found again by it: Wove keeps
    nothing that only one target understands. Names at the place are made of the app's id or slug.
    """

    async def find(self, order: Order) -> str | None:
        """Find what was uploaded of this release before; None where nothing is there."""
        ...

    async def upload(self, order: Order, say: Say) -> str:
        """Bring a release there beside the one that is served; return what it is called there."""
        ...

    async def check(self, order: Order, uploaded: str, say: Say) -> None:
        """Wait until it is well. Raises NotWell."""
        ...

    async def activate(self, order: Order, uploaded: str, say: Say) -> str:
        """Have visitors come to it from now on; return the address."""
        ...

    async def forget(self, app: App, release_id: UUID) -> None:
        """Remove what was uploaded of a release that is not served; it may be gone already."""
        ...

    async def delete(self, app: App) -> None:
        """Remove all of an app; it may be gone already."""
        ...

    async def logs(self, app: App, most: int) -> list[Line]:
        """List the last lines that the place has kept of the app, the oldest first."""
        ...


@dataclass(frozen=True)
class Plugin:
    """What Wove knows of a target before it is used; `extra` is what pip installs for it.

    The module of a plug-in imports no SDK; `open` does.
    """

    title: str
    kinds: frozenset[Kind]
    options: type[Options]
    open: Callable[[Any], AbstractAsyncContextManager[Target]]  # of its own options
    extra: str = ""
