"""A server that answers as models do, by a script: for tests, and to try Wove without a model."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import h11
import msgspec

from jupyter_wove.ai.scripted import openai
from jupyter_wove.ai.scripted.anthropic import Anthropic
from jupyter_wove.ai.scripted.embeddings import Embeddings
from jupyter_wove.ai.scripted.exchange import Connection, Exchange, Gone
from jupyter_wove.ai.scripted.faults import answer, answer_wrongly
from jupyter_wove.ai.scripted.gemini import Gemini
from jupyter_wove.ai.scripted.openai import OpenAI
from jupyter_wove.ai.scripted.script import Asked, Script, speak
from jupyter_wove.ai.scripted.shapes import Shape

T = TypeVar("T")

SHAPES: dict[str, Shape] = {
    "/chat/completions": OpenAI(),
    "/embeddings": Embeddings(),
    "/messages": Anthropic(),
    "generatecontent": Gemini(),
}


class ScriptedServer:
    """Answers what it is asked; remembers all of it."""

    def __init__(self, script: Script = speak) -> None:
        self.script = script
        self.asked: list[Asked] = []
        self.lines = 0  # connections that were made
        self._running: set[asyncio.Task[None]] = set()

    async def serve(self, port: int = 0, host: str = "127.0.0.1") -> asyncio.Server:
        """Listen; port 0 takes a free one."""
        return await asyncio.start_server(self._take, host, port)

    async def hang_up(self) -> None:
        """End what is being answered."""
        for each in self._running:
            each.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lines += 1
        task = asyncio.create_task(self._talk(Connection(reader, writer)))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _talk(self, line: Connection) -> None:
        try:
            async for exchange in line.exchanges():
                await self._answer(exchange)
        except (Gone, ConnectionError, h11.ProtocolError):
            pass  # who asked has gone, or was cut off
        finally:
            line.close()

    async def _answer(self, exchange: Exchange) -> None:
        path = exchange.path.partition("?")[0].lower()
        if exchange.method == "GET" and path.endswith("/models"):
            await exchange.answer(200, openai.models())
        elif shape := next((SHAPES[end] for end in SHAPES if path.endswith(end)), None):
            await self._speak(exchange, shape)
        else:
            problem = OpenAI().problem(404, f"There is nothing at {path}.")
            await exchange.answer(404, problem)

    async def _speak(self, exchange: Exchange, shape: Shape) -> None:
        asked = shape.asked(exchange, msgspec.json.decode(exchange.body))
        self.asked.append(asked)
        reply = self.script(asked)
        await asyncio.sleep(reply.before)
        if reply.fault:
            await answer_wrongly(exchange, shape, asked, reply, reply.fault)
        else:
            await answer(exchange, shape, asked, reply)


@contextmanager
def serving(script: Script = speak) -> Iterator[tuple[str, ScriptedServer]]:
    """Serve on a free port of this machine for the length of a `with` block; give the URL."""
    server, loop = ScriptedServer(script), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="scripted-model")
    thread.start()  # with the loop: another may run in the thread of who asks for it

    def wait_for(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    async def end() -> None:
        listening.close()
        await server.hang_up()

    listening = wait_for(server.serve())
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", server
    finally:
        wait_for(end())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
