"""Vectors of texts: the same requests, answers and errors as those of OpenAI."""

from jupyter_server.base.handlers import JupyterHandler

from jupyter_wove.ai import read_embedding, written
from jupyter_wove_server.base import policy
from jupyter_wove_server.models.handler import MOST, ModelHandler, refusals


class Embeddings(ModelHandler):
    """Vectors by models."""

    route = "/wove/ai/v1/embeddings"
    limit = MOST

    @policy("ai:use")
    async def post(self) -> None:
        """Have a model make vectors of texts."""
        request = await self.read(read_embedding)
        models = await self.models()
        with refusals():
            found = await models.embeddings(self.actor.id, request, self.by)
        # In a thread: many vectors take long to write.
        answer = await self.serving.look(lambda: written(found, in_base64=request.in_base64))
        self.set_header("Content-Type", "application/json")
        JupyterHandler.finish(self, answer)
