"""Which open WebSockets are whose, so that those of people who may no longer visit can end."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from jupyter_wove.runner import App, Visitor


class Sockets:
    """The WebSockets that are open."""

    def __init__(self) -> None:
        self._open: dict[asyncio.Task[object], tuple[UUID, UUID | None]] = {}

    @contextmanager
    def of(self, app: App, visitor: Visitor | None) -> Iterator[None]:
        """Know a WebSocket, which this task serves, while it is open."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("A WebSocket is served by a task.")
        self._open[task] = (app.id, visitor.person_id if visitor else None)
        try:
            yield
        finally:
            del self._open[task]

    def close(self, app_id: UUID, person_id: UUID | None = None) -> None:
        """End those of a person at an app, or of everybody there."""
        for task, (app, person) in list(self._open.items()):
            if app == app_id and person_id in {None, person}:
                task.cancel()
