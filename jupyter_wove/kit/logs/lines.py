"""How a record of the log becomes a line: as JSON or for eyes, without secrets."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

from jupyter_wove.kit.correlation import request_id
from jupyter_wove.kit.logs import about

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


def formatter(form: str) -> logging.Formatter:
    """Make what writes records as lines: of `json`, or for the `console`."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            _add_fields,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *(_for_machines() if form == "json" else _for_eyes()),
        ],
    )


def hide(text: str) -> str:
    """Take everything out of a text that looks like a secret."""
    return SECRET.sub(HIDDEN, text)


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


def _add_fields(_logger: Any, _method: str, fields: Fields) -> Fields:
    """Add what was said with the message, what it is about, and the request behind it."""
    cause = {"request_id": request_id.get()} if request_id.get() else {}
    return {**cause, **about.get(), **getattr(fields["_record"], "fields", {}), **fields}


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
