"""Asking the runner, from a thread of Wove."""

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, BinaryIO, TypeVar

import httpx
import msgspec

from jupyter_wove.kit.errors import Conflict, NotFound, Unavailable, WoveError
from jupyter_wove.runner.models import Message

T = TypeVar("T")
PATIENCE = httpx.Timeout(30)  # seconds
ERRORS: dict[int, type[WoveError]] = {404: NotFound, 409: Conflict, 503: Unavailable}


class Runner:
    """The runner of this server; `find` names its socket, and starts it where it does not run."""

    def __init__(self, find: Callable[[], str]) -> None:
        self._find = find

    def ask(self, method: str, path: str, answer: type[T], body: Any = None) -> T:
        """Ask for something that is quickly done. Raises NotFound, Unavailable."""
        with self._open() as client:
            response = _answered(client.request, method, path, content=_written(body))
            response.read()
            _check(response)
            return msgspec.json.decode(response.content or b"null", type=answer)

    def send(self, path: str, content: Iterable[bytes]) -> None:
        """Send files, as an iterable of pieces."""
        with self._open() as client:
            _check(_answered(client.put, path, content=content))

    def fetch(self, path: str, into: BinaryIO) -> None:
        """Have an archive written into a file. Raises NotFound, Unavailable."""
        with self._open() as client:
            response = _answered(client.send, client.build_request("GET", path), stream=True)
            try:
                if response.is_error:
                    response.read()
                    _check(response)
                _written_into(response, into)
            finally:
                response.close()

    def follow(self, path: str, body: Any) -> Generator[Message | None]:
        """Have long work done, and listen to its messages; see `listen`."""
        return self.listen(path, body, Message)

    def listen(self, path: str, body: Any, kind: Any) -> Generator[Any]:
        """Have long work done, and listen to it. Whoever stops listening cancels it.

        While there is nothing to say, None comes four times a second: look then whether to go on.
        """
        with self._open() as client:
            request = client.build_request("POST", path, content=_written(body))
            response = _answered(client.send, request, stream=True)
            try:
                if response.is_error:
                    response.read()
                    _check(response)
                yield from _messages(response, kind)
            finally:
                response.close()

    def _open(self) -> httpx.Client:
        # To read which certificates to trust takes 20 ms, and none are asked for on a socket.
        transport = httpx.HTTPTransport(uds=self._find(), verify=False)
        return httpx.Client(
            transport=transport, base_url="http://runner", timeout=PATIENCE, trust_env=False
        )


def _messages(response: httpx.Response, kind: Any) -> Iterator[Any]:
    decoder = msgspec.json.Decoder(kind)
    try:
        for line in response.iter_lines():
            yield decoder.decode(line) if line else None
    except httpx.HTTPError as error:
        raise Unavailable("The runner has gone while it worked. Try again.") from error


def _answered(
    ask: Callable[..., httpx.Response], *arguments: Any, **options: Any
) -> httpx.Response:
    try:
        return ask(*arguments, **options)
    except httpx.HTTPError as error:
        raise Unavailable(
            f"The runner that builds and serves apps does not answer: {error}"
        ) from error


def _check(response: httpx.Response) -> None:
    if response.is_error:
        raise ERRORS.get(response.status_code, WoveError)(response.text[:500])


def _written(body: Any) -> bytes | None:
    return None if body is None else msgspec.json.encode(body)


def _written_into(response: httpx.Response, into: BinaryIO) -> None:
    try:
        for piece in response.iter_bytes():
            into.write(piece)
    except httpx.HTTPError as error:
        raise Unavailable("The runner has gone while it sent files. Try again.") from error
