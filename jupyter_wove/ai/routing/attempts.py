"""One deployment that is asked once; written down before, and when it is over."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Any

from jupyter_wove.ai.ledger import BudgetSpent, Entry, Ledger, Outcome
from jupyter_wove.ai.models import Deployment
from jupyter_wove.ai.providers import (
    Chunk,
    Embedded,
    Embedder,
    Failure,
    Kind,
    Provider,
    Usage,
)
from jupyter_wove.ai.routing.circuits import Circuits
from jupyter_wove.ai.routing.progress import Progress
from jupyter_wove.ai.routing.speeds import Speeds
from jupyter_wove.kit.logs import log

_log = log(__name__)


class Attempt:
    """One try of one deployment."""

    def __init__(
        self,
        entry: Entry,
        progress: Progress,
        ledger: Ledger,
        circuits: Circuits,
        speeds: Speeds,
    ) -> None:
        self._entry = entry
        self._progress = progress
        self._ledger = ledger
        self._circuits = circuits
        self._speeds = speeds
        self._began = time.monotonic()
        self._first: float | None = None

    async def answer(
        self, provider_of: Callable[[Deployment], Provider], body: dict[str, Any]
    ) -> AsyncGenerator[Chunk, None]:
        """Give what the deployment says; the calls of tools and what was spent come last."""
        async with self._written_down(), aclosing(self._texts(provider_of, body)) as texts:
            async for text in texts:
                yield Chunk(text=text)
        yield self._progress.last

    async def embed(
        self, embedder_of: Callable[[Deployment], Embedder], body: dict[str, Any]
    ) -> Embedded:
        """Have the deployment make vectors of texts."""
        limit = self._deployment.first_within
        async with self._written_down():
            try:
                async with asyncio.timeout(limit):
                    found = await embedder_of(self._deployment).embed(body)
            except TimeoutError as error:
                raise Failure(Kind.SLOW, f"Nothing came for {limit:g} seconds.") from error
            self._first = time.monotonic() - self._began
            self._progress.add(Chunk(usage=found.usage))
        return found

    @property
    def _deployment(self) -> Deployment:
        return self._entry.deployment

    @asynccontextmanager
    async def _written_down(self) -> AsyncIterator[None]:
        """Keep the ledger, and what is known of the deployment, however this ends."""
        await self._begin()
        how = Outcome.CANCELLED
        try:
            yield
            how = Outcome.ANSWERED
            self._circuits.succeeded(self._deployment.name)
        except Failure as failure:
            how = Outcome.FAILED
            self._note(failure)
            raise
        finally:
            if how is Outcome.CANCELLED:
                self._circuits.let_go(self._deployment.name)
            await asyncio.shield(self._settle(how))

    async def _begin(self) -> None:
        if not self._ledger.has_budgets:  # nobody need wait for it to be on disk
            self._ledger.begin_soon(self._entry)
            return
        writing = asyncio.create_task(self._ledger.begin(self._entry))
        try:
            await asyncio.shield(writing)
        except BaseException as why:
            self._circuits.let_go(self._deployment.name)
            if isinstance(why, asyncio.CancelledError):
                await asyncio.shield(self._withdraw(writing))
            raise

    async def _withdraw(self, writing: "asyncio.Task[None]") -> None:
        """Give back what was reserved for somebody who has gone before anybody was asked."""
        with suppress(BudgetSpent):
            await writing
            self._progress.add(Chunk(usage=Usage()))
            await self._settle(Outcome.CANCELLED)

    async def _texts(
        self, provider_of: Callable[[Deployment], Provider], body: dict[str, Any]
    ) -> AsyncGenerator[str, None]:
        stream = provider_of(self._deployment).stream(self._capped(self._progress.going_on(body)))
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

    async def _settle(self, how: Outcome) -> None:
        took = time.monotonic() - self._began
        if self._first is not None:
            self._speeds.add(self._deployment.name, self._first)
        progress = self._progress
        self._entry.ended(how, progress.usage, progress.own_text, self._first, took)
        await self._ledger.settle(self._entry)
