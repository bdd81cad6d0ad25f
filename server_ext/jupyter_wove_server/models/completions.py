"""Chat completions: the same requests, answers and errors as those of OpenAI."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from jupyter_server.base.handlers import JupyterHandler
from msgspec import structs
from tornado.iostream import StreamClosedError

from jupyter_wove.ai import ChatRequest, Chunk, Written, read
from jupyter_wove.kit.columns import new_id
from jupyter_wove.kit.errors import problem
from jupyter_wove.outcomes import Uses
from jupyter_wove.projects import Projects
from jupyter_wove_server.base import policy
from jupyter_wove_server.models.handler import MOST, ModelHandler, refusals, told
from jupyter_wove_server.problems import as_wove_error

if TYPE_CHECKING:
    from jupyter_wove.ai import Models


class ModelList(ModelHandler):
    """What may be asked for."""

    route = "/wove/ai/v1/models"

    @policy("ai:use")
    async def get(self) -> None:
        """List the routes and deployments."""
        known = (await self.models()).catalogue
        names = [*known.routes, *known.deployments]
        listed = [{"id": each, "object": "model", "owned_by": "wove"} for each in names]
        self.set_header("Content-Type", "application/json")
        JupyterHandler.finish(self, msgspec.json.encode({"object": "list", "data": listed}))


class Completions(ModelHandler):
    """Answers by models."""

    route = "/wove/ai/v1/chat/completions"
    limit = MOST

    @policy("ai:use")
    async def post(self) -> None:
        """Have a model answer; in pieces as they come, or whole."""
        request = await self._placed(await self.read(read))
        models = await self.models()
        written = Written(new_id(), request.model)
        answer = models.answer(
            self.actor.id, request, self.by, await self._recorded(models, request)
        )
        with refusals():
            if request.streams:
                await self._stream(answer, request, written)
            else:
                await self._whole(answer, written)

    async def _placed(self, request: ChatRequest) -> ChatRequest:
        """Find the project in whose notebook it is asked: its teacher may have a say."""
        account = request.account
        if not account.notebook:
            return request
        serving, actor = self.serving, self.actor

        def look() -> UUID | None:
            wove = serving.wove
            return Projects(wove.units, wove.workspaces).worked_around(actor, account.notebook)

        found = await serving.look(look)
        about = [*account.about, *([found] if found else [])]
        return structs.replace(request, account=structs.replace(account, about=about))

    async def _recorded(self, models: "Models", request: ChatRequest) -> UUID | None:
        """Begin to record an answer, if it is one with a prompt of the library."""
        asked, serving, actor = request.account.use, self.serving, self.actor
        if asked is None:
            return None
        models.catalogue.route(request.model)  # nothing is recorded where nobody can be asked
        return await serving.change(lambda: Uses(serving.wove.units).with_prompt(actor, asked))

    async def _whole(self, answer: AsyncGenerator[Chunk, None], written: Written) -> None:
        chunks = [chunk async for chunk in answer]
        self.set_header("Content-Type", "application/json")
        JupyterHandler.finish(self, msgspec.json.encode(written.whole(chunks)))

    async def _stream(
        self, answer: AsyncGenerator[Chunk, None], request: ChatRequest, written: Written
    ) -> None:
        """Send what comes. What goes wrong before the first piece is an answer of its own."""
        try:
            async with aclosing(answer) as chunks:
                async for chunk in chunks:
                    self._begin()
                    for event in written.pieces(chunk, tells_usage=request.tells_usage):
                        await self._send(event)
            await self._write(b"data: [DONE]\n\n")
        except StreamClosedError:
            return  # nobody listens any more
        except Exception as error:
            if not self.streamed:
                raise
            self.log_exception(type(error), error, error.__traceback__)
            ended = problem(as_wove_error(error, 500), self.request.path, self.request_id)
            await self._send(told(ended))
        JupyterHandler.finish(self)

    def _begin(self) -> None:
        if not self.streamed:
            self.streamed = True
            self.set_header("Content-Type", "text/event-stream")
            self.set_header("X-Accel-Buffering", "no")

    async def _send(self, event: dict[str, Any]) -> None:
        await self._write(b"data: " + msgspec.json.encode(event) + b"\n\n")

    async def _write(self, content: bytes) -> None:
        self.write(content)
        await self.flush()
