"""What somebody could want to type next. Who types on does not want it any more."""

import asyncio
from contextlib import suppress
from typing import ClassVar
from uuid import UUID

import msgspec
from jupyter_server.base.handlers import JupyterHandler

from jupyter_wove.ai import Tutoring, Typed, asked, inserted, read, read_typed
from jupyter_wove.projects import Projects
from jupyter_wove_server.base import policy
from jupyter_wove_server.models.handler import ModelHandler, refusals

LARGEST = 512 * 1024  # bytes


class Completing(ModelHandler):
    """The next words of whoever types."""

    route = "/wove/ai/complete"
    limit = LARGEST
    _asked: ClassVar[dict[UUID, "asyncio.Task[str]"]] = {}  # at most one for each person
    _task: "asyncio.Task[str] | None" = None

    @policy("ai:use")
    async def post(self) -> None:
        """Ask a model; an earlier question of the same person is dropped."""
        typed = await self.read(read_typed)
        person = self.actor.id
        if (earlier := self._asked.get(person)) is not None:
            earlier.cancel()
        self._task = self._asked[person] = asyncio.create_task(self._text(typed))
        text = ""
        with suppress(asyncio.CancelledError), refusals():
            text = await self._task
        if self._asked.get(person) is self._task:
            del self._asked[person]
        self.set_header("Content-Type", "application/json")
        JupyterHandler.finish(self, msgspec.json.encode({"text": text}))

    def on_connection_close(self) -> None:
        """Stop to ask: nobody waits for the answer any more."""
        if self._task is not None:
            self._task.cancel()
        super().on_connection_close()

    async def _text(self, typed: Typed) -> str:
        has_tutor = await self.serving.look(lambda: self._has_tutor(typed.path))
        if has_tutor:
            return ""  # who is to find out for themselves
        models = await self.models()
        request = read(msgspec.json.encode(asked(typed, models.catalogue)))
        pieces = [each.text async for each in models.answer(self.actor.id, request, self.by)]
        return inserted("".join(pieces), typed.before, typed.behind)

    def _has_tutor(self, path: str) -> bool:
        if not path:
            return False
        wove = self.serving.wove
        tutoring = Tutoring(wove.units, Projects(wove.units, wove.workspaces), wove.catalogue)
        return tutoring.bound(self.actor, [path]) is not None
