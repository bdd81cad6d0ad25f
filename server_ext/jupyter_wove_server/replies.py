"""What an operation returned, as an HTTP answer: JSON, bytes, or nothing."""

import contextlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import msgspec
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.iostream import StreamClosedError

from jupyter_wove.kit.contract import Operation, Raw
from jupyter_wove.kit.idempotency import Reply
from jupyter_wove_server.base import WoveAPIHandler

RAW_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
PIECE = 256 * 1024  # bytes sent at a time


def encode(operation: Operation, result: Any) -> Reply:
    """Encode what an operation returned."""
    body = b"" if result is None else msgspec.json.encode(result)
    headers = {"ETag": _etag(result), "Location": getattr(result, "location", "") or ""}
    return Reply(operation.status, body, {name: text for name, text in headers.items() if text})


def _etag(result: Any) -> str:
    """Name the revision of a result, or nothing where it has none."""
    for name in ("etag", "revision"):
        if isinstance(value := getattr(result, name, None), str | int):
            return f'"{value}"'
    return ""


def send(handler: WoveAPIHandler, reply: Reply) -> None:
    """Answer with JSON, or with nothing but the news that it has not changed."""
    if _is_known(handler, reply.headers.get("ETag", "")):
        return
    handler.set_status(reply.status)
    if location := reply.headers.get("Location"):
        handler.set_header("Location", url_path_join(handler.base_url, location))
    if reply.status == 204:  # noqa: PLR2004
        handler.clear_header("Content-Type")
        JupyterHandler.finish(handler)
        return
    handler.set_header("Content-Type", "application/json")
    handler.update_api_activity()
    JupyterHandler.finish(handler, reply.body)  # Jupyter's own would change the content type


async def send_raw(handler: WoveAPIHandler, raw: Raw) -> None:
    """Answer with bytes that no browser may run or show as a page of ours."""
    try:
        if _is_known(handler, f'"{raw.etag}"' if raw.etag else ""):
            return
        handler.set_header("Content-Type", raw.media)
        handler.set_header("Content-Security-Policy", RAW_POLICY)
        handler.set_header("Content-Disposition", _attachment(raw.filename))
        if isinstance(raw.content, bytes):
            JupyterHandler.finish(handler, raw.content)
        else:
            await _send_pieces(handler, raw.content)
    finally:
        if close := getattr(raw.content, "close", None):
            await handler.serving.look(close)


async def _send_pieces(handler: WoveAPIHandler, content: Iterable[bytes]) -> None:
    pieces = iter(content)
    with contextlib.suppress(StreamClosedError):  # nobody reads any more
        while handler.request.method != "HEAD":
            try:
                piece = await handler.serving.look(lambda: next(pieces, None))
            except Exception as error:
                _break_off(handler, error)
                return
            if piece is None:
                break
            handler.write(piece)
            await handler.flush()
        JupyterHandler.finish(handler)


def _break_off(handler: WoveAPIHandler, error: Exception) -> None:
    """Drop the connection where a part was sent: a proper end would make it look whole."""
    if not handler._headers_written:
        raise error
    handler.log_exception(type(error), error, error.__traceback__)
    handler.detach().close()


def _is_known(handler: WoveAPIHandler, etag: str) -> bool:
    """Answer 304 where the caller has this revision already."""
    if not etag:
        return False
    handler.set_header("ETag", etag)
    handler.set_header("Cache-Control", "private, no-cache")
    if handler.request.method not in {"GET", "HEAD"} or not handler.check_etag_header():
        return False
    handler.set_status(304)
    JupyterHandler.finish(handler)
    return True


def _attachment(filename: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(filename, safe='')}"
