"""Chat completions: the same requests, answers and errors as those of OpenAI."""

from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import msgspec
from jupyter_server.base.handlers import JupyterHandler
from tornado.iostream import StreamClosedError

from jupyter_wove.ai import ChatRequest, Failure, Written, read
from jupyter_wove.kit.columns import new_id
from jupyter_wove.kit.errors import BadRequest, Problem, problem
from jupyter_wove_server.base import WoveAPIHandler, policy
from jupyter_wove_server.problems import as_wove_error

if TYPE_CHECKING:
    from jupyter_wove.ai import Models

MOST = 32 * 1024 * 1024  # bytes of a request: pictures are written into it
KINDS = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}


class Refused(BadRequest):
    """The model does not take this request."""

    title = "The model refused the request"


class ModelHandler(WoveAPIHandler):
    """A handler whose errors programs understand that know OpenAI's."""

    async def models(self) -> "Models":
        """Reach the models; the first time takes a moment."""
        serving = self.serving
        return await serving.look(lambda: serving.models)

    def write_problem(self, problem: Problem) -> None:
        """Send a problem, and the same as OpenAI says it."""
        self.set_header("Content-Type", "application/problem+json")
        JupyterHandler.finish(self, msgspec.json.encode(_told(problem)))


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
        self.body.whole = True
        content = bytes(self.body.content)
        request = await self.serving.look(lambda: read(content))
        models = await self.models()
        written = Written(new_id(), request.model)
        try:
            if request.streams:
                await self._stream(models, request, written)
            else:
                await self._whole(models, request, written)
        except Failure as failure:
            raise Refused(f"The model refused the request: {failure}") from failure

    async def _whole(self, models: "Models", request: ChatRequest, written: Written) -> None:
        chunks = [chunk async for chunk in models.answer(self.actor.id, request)]
        self.set_header("Content-Type", "application/json")
        JupyterHandler.finish(self, msgspec.json.encode(written.whole(chunks)))

    async def _stream(self, models: "Models", request: ChatRequest, written: Written) -> None:
        """Send what comes. What goes wrong before the first piece is an answer of its own."""
        try:
            async with aclosing(models.answer(self.actor.id, request)) as chunks:
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
            told = problem(as_wove_error(error, 500), self.request.path, self.request_id)
            await self._send(_told(told))
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


def _told(problem: Problem) -> dict[str, Any]:
    usual = "api_error" if problem.status >= 500 else "invalid_request_error"  # noqa: PLR2004
    kind = KINDS.get(problem.status, usual)
    error = {"message": problem.detail, "type": kind, "code": problem.status, "param": None}
    return {**msgspec.structs.asdict(problem), "error": error}
