"""The models that may be asked, and the asking."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, aclosing
from pathlib import Path
from uuid import UUID

import httpx

from jupyter_wove.accounts import Action, Actor
from jupyter_wove.ai.consents.guard import ConsentGuard
from jupyter_wove.ai.keys import KeptKeys, KeyRing
from jupyter_wove.ai.ledger import Caller, Ledger
from jupyter_wove.ai.limits import Admission, Gate
from jupyter_wove.ai.models import By, Catalogue, Deployment, Need, Route
from jupyter_wove.ai.prices import cost
from jupyter_wove.ai.providers import Chunk, Embedded, Provider
from jupyter_wove.ai.providers.openai import OpenAIProvider
from jupyter_wove.ai.routing import Circuits, Router
from jupyter_wove.ai.tutoring import Binding, Withholding, allow, binding_of, held_back
from jupyter_wove.ai.wire import Account, ChatRequest, EmbeddingRequest, embedding_request
from jupyter_wove.kit.units import Units
from jupyter_wove.projects import ProjectStore

CONNECTED_WITHIN = 10.0  # seconds; how long an answer may take is each deployment's own


class Models:
    """The models of one server, asked from its event loop."""

    def __init__(self, units: Units, known: Catalogue, kept: KeptKeys, asked: Path) -> None:
        self.catalogue = known
        self._units = units
        self._keys = KeyRing(kept)
        self.ledger = Ledger(units, cost, known.budgets, asked)
        self._guard = ConsentGuard(units, asks=known.asks)
        self._gate = Gate(known.limits)
        self._router = Router(self._provider_of, self.ledger, Circuits())
        # Not with the first request: reading the certificates takes 50 ms, and this is a thread.
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(None, connect=CONNECTED_WITHIN),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=20),
        )

    async def answer(
        self,
        person_id: UUID,
        request: ChatRequest,
        by: By = "program",
        use_id: UUID | None = None,
        held: Withholding | None = None,
    ) -> AsyncGenerator[Chunk, None]:
        """Give the answer to somebody as it comes; `by` is how they ask.

        `use_id` is that of the prompt which it answers, where that is recorded. What a teacher
        does not allow is withheld: by `held`, of who shows nobody what tools are called with, and
        has several answers count as one.

        Raises NotFound, Forbidden, Limited, ConsentNeeded, BudgetSpent, Failure and NoAnswer.
        """
        route, deployments = self._asked(request.model)
        binding = await self._bound(person_id, request.account)
        if binding is None:
            held = None
        else:
            allow(binding, request, is_agent=held is not None)
        caller = await self._caller(person_id, request.account, by, deployments, use_id)
        await self._keys.fetch(deployments)
        hear = held_back(binding, held)
        with self._admitted(person_id, request.need) as admission:
            answer = self._router.answer(caller, route, deployments, request.need, request.body)
            async with aclosing(answer) as chunks:
                async for chunk in chunks:
                    admission.took(chunk.usage)
                    yield hear(chunk)

    async def embeddings(
        self, person_id: UUID, request: EmbeddingRequest, by: By = "program"
    ) -> Embedded:
        """Make vectors of texts for somebody. Raises NotFound, Limited, Failure and NoAnswer."""
        route, deployments = self._asked(request.model)
        caller = await self._caller(person_id, request.account, by, deployments)
        await self._keys.fetch(deployments)
        with self._admitted(person_id, request.need) as admission:
            found = await self._router.embed(
                caller, route, deployments, request.need, request.body, self._openai
            )
            admission.took(found.usage)
        return found

    async def embed(
        self,
        person_id: UUID,
        texts: list[str],
        model: str,
        *,
        dimensions: int | None = None,
        account: Account | None = None,
    ) -> Embedded:
        """Make vectors of texts, for another part of Wove. Raises as `embeddings` does."""
        request = embedding_request(texts, model, dimensions, account or Account())
        return await self.embeddings(person_id, request)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()
        self.ledger.close()

    async def _caller(
        self,
        person_id: UUID,
        account: Account,
        by: By,
        deployments: list[Deployment],
        use_id: UUID | None = None,
    ) -> Caller:
        may_pay = await self._guard.may_pay(person_id, by, account.purpose, deployments)
        if account.project is not None:
            await asyncio.to_thread(self._check_project, person_id, account.project)
        return Caller(person_id, account.project, account.purpose, may_pay, use_id, account.prompt)

    async def _bound(self, person_id: UUID, account: Account) -> Binding | None:
        """Tell what teachers allow where a request comes from."""
        projects = {*account.about, *([account.project] if account.project else [])}
        if not projects:
            return None
        return await asyncio.to_thread(lambda: binding_of(self._units, person_id, projects))

    def _check_project(self, person_id: UUID, project_id: UUID) -> None:
        """Let only those who work on a project spend what it may."""
        actor = Actor(person_id, "", "You", frozenset(), "session")
        with self._units.read() as unit:
            ProjectStore(unit.session).allowed(actor, project_id, Action.READ_WORK)

    def _admitted(self, person_id: UUID, need: Need) -> AbstractContextManager[Admission]:
        return self._gate.admitted(person_id, need.tokens + need.output)

    def _asked(self, model: str) -> tuple[Route, list[Deployment]]:
        route = self.catalogue.route(model)
        return route, [self.catalogue.deployments[name] for name in route.deployments]

    def _provider_of(self, deployment: Deployment) -> Provider:
        if deployment.provider == "openai":
            return self._openai(deployment)
        from jupyter_wove.ai.providers.chat_models import ChatModelProvider  # noqa: PLC0415

        return ChatModelProvider(deployment, self._keys.of(deployment))

    def _openai(self, deployment: Deployment) -> OpenAIProvider:
        return OpenAIProvider(self._client, deployment, self._keys.of(deployment))
