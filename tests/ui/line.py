"""A line to a server that can be cut, and mended."""

import socket
import threading
from contextlib import suppress


class Line:
    """Passes bytes on between a port of its own and that of a server."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._is_cut = self._is_silent = False
        self._ends: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End all that goes on, and let nothing begin."""
        self._is_cut = True
        for end in list(self._ends):
            _end(end)

    def silence(self) -> None:
        """Lose all that is sent from now on, and say so to nobody."""
        self._is_silent = True

    def mend(self) -> None:
        """Let connections begin again; those that lost anything stay dead."""
        self._is_cut = self._is_silent = False

    def close(self) -> None:
        """Cut it for good."""
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._connect, args=[near], daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        if self._is_cut:
            _end(near)
            return
        try:
            far = socket.create_connection(("127.0.0.1", self._to))
        except OSError:
            _end(near)
            return
        self._ends |= {near, far}
        threading.Thread(target=self._pass_on, args=[near, far], daemon=True).start()
        self._pass_on(far, near)

    def _pass_on(self, here: socket.socket, there: socket.socket) -> None:
        is_dead = False
        with suppress(OSError):
            while content := here.recv(65536):
                is_dead = is_dead or self._is_silent
                if not is_dead:
                    there.sendall(content)
        _end(here)
        _end(there)
        self._ends -= {here, there}


def _end(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
