"""The log: one JSON object a line on stderr, with the request it belongs to and no secret.

All that is said by `logging.getLogger(__name__)` or by `log(__name__)`, which takes fields, is
written this way.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog
from structlog.contextvars import bind_contextvars, bound_contextvars, merge_contextvars
from structlog.typing import FilteringBoundLogger, Processor

from jupyter_wove.kit.correlation import request_id

__all__ = ["bind_contextvars", "bound_contextvars", "configure", "hide", "log"]

OURS = ("jupyter_wove", "jupyter_wove_server", "jupyter_wove_runner")
HIDDEN = "[hidden]"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
SECRET_NAME = re.compile(r"(?i)secret|password|passwd|token|authorization|cookie|api_?key|xsrf")
SECRET = re.compile(
    r"wove_[0-9A-Za-z]{4,}_[0-9A-Za-z]+"  # our own keys
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"  # a password in an address
    r"|(?i:(?<=bearer )|(?<=token )|(?<=basic ))[^\s\"']+"
    r"|(?i:(?<=token=)|(?<=key=)|(?<=xsrf=)|(?<=password=)|(?<=secret=))[^\s&\"']+"
)
Fields = MutableMapping[str, Any]


def log(name: str) -> FilteringBoundLogger:
    """Get the log of a module of ours; its messages take fields."""
    return cast(
        FilteringBoundLogger,
        structlog.wrap_logger(
            logging.getLogger(name),
            wrapper_class=structlog.stdlib.BoundLogger,
            processors=[
                structlog.stdlib.filter_by_level,
                *_common(),
                structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
            ],
        ),
    )


def configure(level: str, form: str, stream: TextIO | None = None) -> None:
    """Write what is at least of this level to stderr or a stream, as `json` or for `console`."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_common(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *(_for_machines() if form == "json" else _for_eyes()),
            ],
        )
    )
    for name in OURS:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level)


def hide(text: str) -> str:
    """Take everything out of a text that looks like a secret."""
    return SECRET.sub(HIDDEN, text)


def _common() -> list[Processor]:
    return [
        merge_contextvars,
        _add_request,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _for_machines() -> list[Processor]:
    return [
        structlog.processors.format_exc_info,
        _hide_secrets,
        structlog.processors.JSONRenderer(),
    ]


def _for_eyes() -> list[Processor]:
    return [
        structlog.processors.format_exc_info,
        _hide_secrets,
        _one_line,
        structlog.dev.ConsoleRenderer(colors=False),
    ]


def _add_request(_logger: Any, _method: str, fields: Fields) -> Fields:
    if cause := request_id.get():
        fields.setdefault("request_id", cause)
    return fields


def _hide_secrets(_logger: Any, _method: str, fields: Fields) -> Fields:
    return {name: _hidden(name, value) for name, value in fields.items()}


def _hidden(name: str, value: Any) -> Any:
    if SECRET_NAME.search(name):
        return HIDDEN
    if isinstance(value, dict):
        return {str(inner): _hidden(str(inner), each) for inner, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden("", each) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return hide(str(value))


def _one_line(_logger: Any, _method: str, fields: Fields) -> Fields:
    """Keep a line break in a field from looking like a line of the log."""
    return {
        name: value
        if name == "exception" or not isinstance(value, str)
        else CONTROL.sub(lambda match: ascii(match[0])[1:-1], value)
        for name, value in fields.items()
    }
