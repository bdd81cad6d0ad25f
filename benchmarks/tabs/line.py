"""A line to a server that can be cut and mended, as a network comes and goes."""

import selectors
import socket
import threading
from contextlib import suppress


class Line:
    """Passes bytes between a port of its own and one of this machine, within a `with` block."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._is_whole = True
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> "Line":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """End all connections, and every new one at once."""
        self._is_whole = False
        for pair in self._pairs:
            _end(*pair)
        self._pairs = []

    def mend(self) -> None:
        """Let connections begin again."""
        self._is_whole = True

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near = self._listener.accept()[0]
                if self._is_whole:
                    far = socket.create_connection(("127.0.0.1", self._to))
                    self._pairs.append((near, far))
                    threading.Thread(target=_pass_on, args=[near, far], daemon=True).start()
                else:
                    near.close()


def _pass_on(near: socket.socket, far: socket.socket) -> None:
    other = {near: far, far: near}
    with suppress(OSError, ValueError), selectors.DefaultSelector() as ready:
        for each in other:
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ready.register(each, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                here = near if key.fd == near.fileno() else far
                if not (content := here.recv(65536)):
                    raise ConnectionResetError
                other[here].sendall(content)
    _end(near, far)


def _end(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
