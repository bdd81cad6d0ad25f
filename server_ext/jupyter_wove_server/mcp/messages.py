"""Messages of the protocol: JSON-RPC 2.0, one in each request.

Source: the specification of the Model Context Protocol, of 2025-06-18, its streamable HTTP.
"""

from typing import Any, Literal

import msgspec

from jupyter_wove.kit.errors import BadRequest

VERSIONS = ("2025-06-18", "2025-03-26", "2024-11-05")  # newest first
NO_METHOD, WRONG_ARGUMENTS = -32601, -32602


class Message(msgspec.Struct, frozen=True):
    """A request; without an id it is a notification, which is not answered."""

    jsonrpc: Literal["2.0"]
    method: str = ""
    id: str | int | None = None
    params: dict[str, Any] = {}


class Fault(Exception):
    """A request that cannot be done, as the protocol says it."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code = code


def read(content: bytes) -> Message:
    """Read a request. Raises BadRequest."""
    try:
        return msgspec.json.decode(content, type=Message)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest("The request is no single message of JSON-RPC 2.0.") from error


def answered(message: Message, result: dict[str, Any]) -> bytes:
    """Write the answer to a request."""
    return msgspec.json.encode({"jsonrpc": "2.0", "id": message.id, "result": result})


def refused(message: Message, fault: Fault) -> bytes:
    """Write that a request cannot be done."""
    error = {"code": fault.code, "message": str(fault)}
    return msgspec.json.encode({"jsonrpc": "2.0", "id": message.id, "error": error})


def told(said: str, *, is_error: bool = False) -> dict[str, Any]:
    """Write what a tool says."""
    return {"content": [{"type": "text", "text": said}], "isError": is_error}
