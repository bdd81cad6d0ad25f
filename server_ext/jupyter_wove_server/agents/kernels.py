"""Runs a cell of a shared notebook in its kernel, with its outputs before everybody's eyes."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakValueDictionary

import nbformat
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_notebook
from pycrdt import Doc

from jupyter_wove.kit.errors import Conflict, Unavailable
from jupyter_wove_server.agents.outputs import Shown
from jupyter_wove_server.serving import Serving

if TYPE_CHECKING:
    from jupyter_wove.collaboration import Live

SHOWN_EVERY = 0.3  # seconds
GIVES_UP_WITHIN = 5  # seconds from an interrupt until what it says is not waited for
READY_WITHIN = 10  # seconds
LONGEST = 600  # seconds that a cell may run
NO_KERNEL = "No kernel runs for this notebook. Ask the person to start it."


class Kernels:
    """The kernels of this server, as somebody who may edit the notebook uses them."""

    _turns: ClassVar[WeakValueDictionary[str, asyncio.Lock]] = WeakValueDictionary()

    def __init__(self, serving: Serving, server: ServerApp, person: str) -> None:
        self._serving = serving
        self._server = server
        self._person = person

    async def run(self, path: str, cell: str, source: str) -> list[dict[str, Any]]:
        """Run a cell that says this; return what it put out. Raises Conflict and Unavailable.

        Who stops waiting interrupts the kernel.
        """
        kernel = await self._kernel_of(path)
        # Agents that work side by side wait for each other; for what people run they do not.
        async with self._turns.setdefault(kernel.kernel_id, asyncio.Lock()):
            return await self._run(kernel, path, cell, source)

    async def _run(self, kernel: Any, path: str, cell: str, source: str) -> list[dict[str, Any]]:
        if getattr(kernel, "execution_state", "idle") == "busy":
            raise Conflict("The kernel is busy with something else. Try again when it is done.")
        live = self._live()
        room = await self._serving.look(lambda: live.room_of(path))
        shown = Shown(cell, source)
        await self._change(live, room, shown.begin)
        showing = asyncio.create_task(self._show(live, room, shown))
        executing = asyncio.create_task(_execute(kernel, shown.cell))
        try:
            await asyncio.shield(executing)
        except asyncio.CancelledError:
            await ensure_async(kernel.interrupt_kernel())
            await asyncio.wait({executing}, timeout=GIVES_UP_WITHIN)
            raise
        except DeadKernelError:
            raise Unavailable("The kernel died. The person has to start it again.") from None
        finally:
            executing.cancel()
            showing.cancel()
            await asyncio.shield(self._change(live, room, shown.end))
        return list(shown.cell.outputs)

    async def _show(self, live: "Live", room: str, shown: Shown) -> None:
        while True:
            await asyncio.sleep(SHOWN_EVERY)
            if shown.has_news:
                await self._change(live, room, shown.go_on)

    async def _change(self, live: "Live", room: str, change: "Callable[[Doc[Any]], None]") -> None:
        await self._serving.change(lambda: live.edit(room, change, self._person))

    async def _kernel_of(self, path: str) -> Any:
        sessions = await ensure_async(self._server.session_manager.list_sessions())
        for each in sessions:
            if each.get("path") == path and each.get("kernel"):
                return self._server.kernel_manager.get_kernel(each["kernel"]["id"])
        raise Conflict(NO_KERNEL)

    def _live(self) -> "Live":
        if self._serving.live is None:
            raise Unavailable("Documents are not edited together on this server.")
        return self._serving.live


async def _execute(kernel: Any, cell: nbformat.NotebookNode) -> None:
    book = new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    client = NotebookClient(book, km=kernel, timeout=LONGEST, allow_errors=True)
    client.kc = channels = kernel.client()
    channels.start_channels(stdin=False, hb=False)
    try:
        await channels.wait_for_ready(timeout=READY_WITHIN)
        await client.async_execute_cell(cell, 0)
    finally:
        channels.stop_channels()
