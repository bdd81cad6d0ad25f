"""Answers by whoever can: one deployment after the other, also in the middle of an answer."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any

from msgspec.structs import replace

from jupyter_wove.ai.ledger import BudgetSpent, Caller, Entry, Ledger
from jupyter_wove.ai.models import Deployment, Need, Route
from jupyter_wove.ai.providers import Chunk, Embedded, Embedder, Failure, Provider
from jupyter_wove.ai.routing.attempts import Attempt
from jupyter_wove.ai.routing.candidates import Candidates
from jupyter_wove.ai.routing.circuits import Circuits
from jupyter_wove.ai.routing.orders import cheapest, fastest
from jupyter_wove.ai.routing.progress import Progress
from jupyter_wove.ai.routing.speeds import Speeds
from jupyter_wove.ai.tokens import estimate


class Router:
    """Sends requests along routes."""

    def __init__(
        self,
        provider_of: Callable[[Deployment], Provider],
        ledger: Ledger,
        circuits: Circuits,
        speeds: Speeds | None = None,
    ) -> None:
        self._provider_of = provider_of
        self._ledger = ledger
        self._circuits = circuits
        self._speeds = speeds or Speeds()

    async def answer(
        self,
        caller: Caller,
        route: Route,
        deployments: list[Deployment],
        need: Need,
        body: dict[str, Any],
    ) -> AsyncGenerator[Chunk, None]:
        """Give the answer as it comes; the last chunk holds the calls of tools and what was spent.

        Raises Failure where the request is refused, BudgetSpent where it may cost too much,
        NoAnswer where nobody could answer.
        """
        progress, deployments = Progress(), await self._in_order(route, deployments, need)
        candidates = Candidates(caller, route, deployments, need, self._circuits)
        for number, deployment in enumerate(candidates, start=1):
            progress.begin()
            said = replace(need, tokens=need.tokens + estimate(progress.text))
            entry = Entry(caller, route.name, deployment, number, said)
            attempt = Attempt(entry, progress, self._ledger, self._circuits, self._speeds)
            try:
                answer = attempt.answer(self._provider_of, body)
                async with aclosing(answer) as chunks:
                    async for chunk in chunks:
                        yield chunk
            except (BudgetSpent, Failure) as why:
                candidates.failed(deployment, why)
            else:
                return
        raise candidates.nobody

    async def embed(
        self,
        caller: Caller,
        route: Route,
        deployments: list[Deployment],
        need: Need,
        body: dict[str, Any],
        embedder_of: Callable[[Deployment], Embedder],
    ) -> Embedded:
        """Make vectors of texts. Raises as `answer` does."""
        deployments = await self._in_order(route, deployments, need)
        candidates = Candidates(caller, route, deployments, need, self._circuits)
        for number, deployment in enumerate(candidates, start=1):
            entry = Entry(caller, route.name, deployment, number, need)
            attempt = Attempt(entry, Progress(), self._ledger, self._circuits, self._speeds)
            try:
                return await attempt.embed(embedder_of, body)
            except (BudgetSpent, Failure) as why:
                candidates.failed(deployment, why)
        raise candidates.nobody

    async def _in_order(
        self, route: Route, deployments: list[Deployment], need: Need
    ) -> list[Deployment]:
        if route.order == "cheapest":  # in a thread, for the prices take long to load
            return await asyncio.to_thread(cheapest, deployments, need)
        return fastest(deployments, self._speeds) if route.order == "fastest" else deployments
