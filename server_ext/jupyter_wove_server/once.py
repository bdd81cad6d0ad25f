"""A request that is sent again with its `Idempotency-Key` is answered again, not done again."""

from collections.abc import Callable
from hashlib import file_digest
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tornado.httputil import HTTPServerRequest

from jupyter_wove.kit.contract import Operation
from jupyter_wove.kit.idempotency import (
    KeyedRequest,
    Reply,
    forget,
    note_change,
    recall,
    remember,
)
from jupyter_wove.kit.units import Units, fence
from jupyter_wove_server.bodies import Body, SpooledBody

if TYPE_CHECKING:
    from jupyter_wove.app import Wove


def keyed_request(
    request: HTTPServerRequest, operation: Operation, actor_id: UUID, body: Body
) -> KeyedRequest | None:
    """Name a request by its key and all that makes it what it is; None where it has no key.

    Reads the whole of an upload: call it in a thread. Raises InvalidRequest.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None or operation.method != "POST" or operation.secret:
        return None
    parts = (request.path.encode(), request.query.encode(), _digest(body))
    return KeyedRequest.of(actor_id, key, operation.id, *parts)


def once(wove: "Wove", keyed: KeyedRequest, work: Callable[[], Any]) -> Any:
    """Do the work, or give the reply that it got before. Raises Conflict while it is being done.

    The claim has a transaction of its own, because services may open theirs; each of those notes
    that it is the one that changed something.
    """
    with wove.units.write() as unit:
        kept = recall(unit, keyed, wove.lifeline)
    if kept is not None:
        return kept
    token = fence.set(lambda session: note_change(session, keyed))
    try:
        result = work()
    except BaseException:
        fence.reset(token)
        _settle(wove.units, keyed, None)
        raise
    fence.reset(token)
    _settle(wove.units, keyed, result)
    return result


def _settle(units: Units, keyed: KeyedRequest, result: Any) -> None:
    with units.write() as unit:
        if isinstance(result, Reply):
            remember(unit, keyed, result)
        else:
            forget(unit, keyed)


def _digest(body: Body) -> bytes:
    if not isinstance(body, SpooledBody):
        return bytes(body.content)
    with body.file.open("rb") as stream:
        return file_digest(stream, "sha256").digest()
