"""Vectors for search by meaning from a model that the router asks, wherever that is."""

import asyncio
import math
import threading
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING
from uuid import UUID

from jupyter_wove.ai.models import Catalogue
from jupyter_wove.kit.errors import Unavailable, WoveError
from jupyter_wove.search import PREPARATION, Space, Vector

if TYPE_CHECKING:
    from jupyter_wove.ai.service import Models

PATIENCE = 30.0  # seconds for some texts
MOST_KEPT = 500  # vectors of questions: people ask the same again, and turn pages
FEW = 2  # texts of a question
SEARCH = "search"  # what it is for, in the ledger

Open = Callable[[], "Models"]


class Routed:
    """A model by the name of its route or deployment; asked from any thread, one loop for all."""

    unrelated = 0.0  # how near texts are that have nothing in common differs by the model

    def __init__(self, known: Catalogue, name: str, dimension: int) -> None:
        self.name = name
        self.space = Space(_model(known, name), dimension, PREPARATION)
        self._lock = threading.Lock()
        self._running: tuple[asyncio.AbstractEventLoop, Models] | None = None
        self._kept: dict[str, Vector] = {}
        self._open: Open
        self._payer: Callable[[], UUID]

    def reach(self, models: Open, payer: Callable[[], UUID]) -> None:
        """Say how models are opened, and on whose account they are asked."""
        self._open, self._payer = models, payer

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Turn texts into vectors. Raises Unavailable where the model cannot be asked now."""
        kept = self._kept  # another thread may put another in its place
        known = {each: kept[each] for each in texts if each in kept}
        missing = [each for each in dict.fromkeys(texts) if each not in known]
        asked = dict(zip(missing, self._asked(missing), strict=True)) if missing else {}
        if len(texts) <= FEW:
            self._keep(asked)
        return [(known | asked)[each] for each in texts]

    def close(self) -> None:
        """Let go of the connections, and end the loop."""
        with self._lock:
            running, self._running = self._running, None
        if running:
            loop, models = running
            asyncio.run_coroutine_threadsafe(models.close(), loop).result(PATIENCE)
            loop.call_soon_threadsafe(loop.stop)

    def _asked(self, texts: list[str]) -> list[Vector]:
        loop, models = self._started()
        answer = asyncio.run_coroutine_threadsafe(self._ask(models, texts), loop)
        try:
            return [self._read(each) for each in answer.result(PATIENCE)]
        except Unavailable:
            raise
        except (WoveError, OSError, TimeoutError, CancelledError) as error:
            answer.cancel()
            raise Unavailable(f"The model {self.name} did not embed: {error}") from error

    async def _ask(self, models: "Models", texts: list[str]) -> list[list[float]]:
        from jupyter_wove.ai.providers import Failure  # noqa: PLC0415 — what speaks HTTP is large
        from jupyter_wove.ai.wire import Account  # noqa: PLC0415

        account = Account(purpose=SEARCH)
        try:
            payer = await asyncio.to_thread(self._payer)
            found = await models.embed(payer, texts, self.name, account=account)
        except Failure as error:
            raise Unavailable(f"The model {self.name} did not embed: {error}") from error
        return found.vectors

    def _read(self, numbers: Sequence[float]) -> Vector:
        if len(numbers) != self.space.dimension:
            raise Unavailable(
                f"The vectors of {self.name} have {len(numbers)} numbers, and not"
                f" {self.space.dimension}: set c.Wove.search_dimension = {len(numbers)}."
            )
        length = math.hypot(*numbers) or 1.0
        return array("f", (each / length for each in numbers))

    def _keep(self, vectors: dict[str, Vector]) -> None:
        with self._lock:
            self._kept = dict(list({**self._kept, **vectors}.items())[-MOST_KEPT:])

    def _started(self) -> tuple[asyncio.AbstractEventLoop, "Models"]:
        with self._lock:
            if self._running is None:
                self._running = asyncio.new_event_loop(), self._open()
                threading.Thread(target=_run, args=self._running[:1], daemon=True).start()
            return self._running


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()


def _model(known: Catalogue, name: str) -> str:
    """Name the model whose vectors these are. Raises NotFound; Unavailable where none embeds."""
    found = [known.deployments[each] for each in known.route(name).deployments]
    embedding = [each.model for each in found if each.embeds]
    if not embedding:
        raise Unavailable(
            f'{name} does not embed: it needs "features": ["embeddings"] in c.Wove.ai_deployments.'
        )
    return embedding[0]
