"""The models that may be asked, and the asking."""

import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import cached_property
from uuid import UUID

import httpx

from jupyter_wove.ai.ledger import Caller, Ledger
from jupyter_wove.ai.models import Catalogue, Deployment
from jupyter_wove.ai.prices import cost
from jupyter_wove.ai.providers import Chunk, Provider
from jupyter_wove.ai.providers.openai import OpenAIProvider
from jupyter_wove.ai.routing import Circuits, Router
from jupyter_wove.ai.wire import ChatRequest
from jupyter_wove.kit.units import Units

CONNECTED_WITHIN = 10.0  # seconds; how long an answer may take is each deployment's own
FROM_ENVIRONMENT = "env:"


class Models:
    """The models of one server, asked from its event loop."""

    def __init__(self, units: Units, known: Catalogue) -> None:
        self.catalogue = known
        self.ledger = Ledger(units, cost, known.budgets)
        self._router = Router(self._provider_of, self.ledger, Circuits())

    async def answer(self, person_id: UUID, request: ChatRequest) -> AsyncGenerator[Chunk, None]:
        """Give the answer to somebody as it comes. Raises NotFound, Failure and NoAnswer."""
        route = self.catalogue.route(request.model)
        deployments = [self.catalogue.deployments[name] for name in route.deployments]
        caller = Caller(person_id, purpose=request.account.purpose)
        answer = self._router.answer(caller, route, deployments, request.need, request.body)
        async with aclosing(answer) as chunks:
            async for chunk in chunks:
                yield chunk

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    @cached_property
    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            timeout=httpx.Timeout(None, connect=CONNECTED_WITHIN),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=20),
        )

    def _provider_of(self, deployment: Deployment) -> Provider:
        if deployment.provider == "openai":
            return OpenAIProvider(self._client, deployment, _key(deployment))
        from jupyter_wove.ai.providers.chat_models import ChatModelProvider  # noqa: PLC0415

        return ChatModelProvider(deployment, _key(deployment))


def _key(deployment: Deployment) -> str:
    if not deployment.key.startswith(FROM_ENVIRONMENT):
        return ""
    return os.environ.get(deployment.key.removeprefix(FROM_ENVIRONMENT), "")
