"""Answers by whoever can: one deployment after the other, also in the middle of an answer."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

from msgspec.structs import replace

from jupyter_wove.ai.ledger import BudgetSpent, Caller, Entry, Ledger, Outcome
from jupyter_wove.ai.models import Deployment, Need, Route
from jupyter_wove.ai.providers import Chunk, Failure, Kind, Provider
from jupyter_wove.ai.routing.circuits import Circuits
from jupyter_wove.ai.routing.policy import objection
from jupyter_wove.ai.routing.progress import Progress
from jupyter_wove.ai.tokens import estimate
from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.kit.logs import log

_log = log(__name__)


class NoAnswer(Unavailable):
    """No deployment of the route could answer."""

    title = "No model could answer"


class Router:
    """Sends requests along routes."""

    def __init__(
        self, provider_of: Callable[[Deployment], Provider], ledger: Ledger, circuits: Circuits
    ) -> None:
        self._provider_of = provider_of
        self._ledger = ledger
        self._circuits = circuits

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
        progress, tried = Progress(), 0
        reasons: list[str] = []
        refusal: BudgetSpent | None = None
        for deployment in deployments:
            if reason := self._objection(deployment, route, need):
                reasons.append(f"{deployment.name}: {reason}")
                continue
            progress.begin()
            tried += 1
            attempt = _Attempt(self, caller, route, deployment, need, progress, tried)
            try:
                async with aclosing(attempt.answer(body)) as chunks:
                    async for chunk in chunks:
                        yield chunk
            except BudgetSpent as spent:
                refusal = spent  # somebody cheaper may still be asked
            except Failure as failure:
                if failure.is_final:
                    raise
                reasons.append(f"{deployment.name}: {failure.kind}")
            else:
                return
        if refusal:
            raise refusal
        raise NoAnswer(f"No model of {route.name} could answer: {'; '.join(reasons)}.")

    def _objection(self, deployment: Deployment, route: Route, need: Need) -> str:
        if reason := objection(deployment, route, need):
            return reason
        return "" if self._circuits.take(deployment.name) else "it failed just now"


class _Attempt:
    """One deployment that is asked once."""

    def __init__(
        self,
        router: Router,
        caller: Caller,
        route: Route,
        deployment: Deployment,
        need: Need,
        progress: Progress,
        number: int,
    ) -> None:
        self._provider_of = router._provider_of
        self._circuits = router._circuits
        self._ledger = router._ledger
        self._deployment = deployment
        self._progress = progress
        said = need.tokens + estimate(progress.text)
        self._entry = Entry(caller, route.name, deployment, number, replace(need, tokens=said))
        self._began = time.monotonic()
        self._first: float | None = None

    async def answer(self, body: dict[str, Any]) -> AsyncGenerator[Chunk, None]:
        """Give what the deployment says, and write down what it took, however that ends."""
        writing = asyncio.create_task(self._ledger.begin(self._entry))
        if self._ledger.has_budgets:  # else nobody need wait for it to be on disk
            try:
                await asyncio.shield(writing)
            except BaseException:
                self._circuits.let_go(self._deployment.name)
                raise
        how = Outcome.CANCELLED
        try:
            async with aclosing(self._texts(body)) as texts:
                async for text in texts:
                    yield Chunk(text=text)
            how = Outcome.ANSWERED
            self._circuits.succeeded(self._deployment.name)
        except Failure as failure:
            how = Outcome.FAILED
            self._note(failure)
            raise
        finally:
            if how is Outcome.CANCELLED:
                self._circuits.let_go(self._deployment.name)
            await asyncio.shield(self._settle(how, writing))
        yield self._progress.last

    async def _texts(self, body: dict[str, Any]) -> AsyncGenerator[str, None]:
        provider = self._provider_of(self._deployment)
        stream = provider.stream(self._capped(self._progress.going_on(body)))
        async with aclosing(stream) as chunks:
            while (chunk := await self._next(chunks)) is not None:
                self._progress.add(chunk)
                if self._first is None and (chunk.text or chunk.calls):
                    self._first = time.monotonic() - self._began
                if chunk.text:
                    yield chunk.text
        if not self._progress.finish:
            raise Failure(Kind.CUT_OFF, "The answer ended without saying so.")

    def _capped(self, body: dict[str, Any]) -> dict[str, Any]:
        """Let no answer be longer than what was reserved for it."""
        if self._entry.need.output:
            return body
        return body | {"max_tokens": self._deployment.most_output}

    async def _next(self, chunks: AsyncIterator[Chunk]) -> Chunk | None:
        """Wait for the next chunk; None after the last. Raises Failure where it takes too long."""
        deployment = self._deployment
        limit = deployment.first_within if self._first is None else deployment.next_within
        try:
            async with asyncio.timeout(limit):
                return await anext(chunks, None)
        except Failure:
            if self._progress.finish:  # all that is missing is what was spent
                return None
            raise
        except TimeoutError as error:
            if self._progress.finish:
                return None
            raise Failure(Kind.SLOW, f"Nothing came for {limit:g} seconds.") from error

    def _note(self, failure: Failure) -> None:
        self._entry.failed(failure)
        if failure.is_final:
            self._circuits.let_go(self._deployment.name)
        else:
            self._circuits.failed(self._deployment.name, failure.after)
        _log.warning(
            "a model gave no answer",
            deployment=self._deployment.name,
            kind=failure.kind.value,
            status=failure.status,
            reason=str(failure),
        )

    async def _settle(self, how: Outcome, writing: "asyncio.Task[None]") -> None:
        took = time.monotonic() - self._began
        progress = self._progress
        self._entry.ended(how, progress.usage, progress.own_text, self._first, took)
        await writing
        await self._ledger.settle(self._entry)
