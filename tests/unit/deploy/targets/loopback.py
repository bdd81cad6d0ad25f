"""Stand-ins for providers, on the loopback, in a thread of their own."""

import asyncio
import socket
import threading
from contextlib import contextmanager

from aiohttp import web


@contextmanager
def serving(application):
    """Serve an application; yield where it is."""
    loop, ready, stop, places = asyncio.new_event_loop(), threading.Event(), asyncio.Event(), []

    async def serve():
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        places.append(f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}")
        ready.set()
        await stop.wait()
        await runner.cleanup()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(30)
    try:
        yield places[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)
        loop.close()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
