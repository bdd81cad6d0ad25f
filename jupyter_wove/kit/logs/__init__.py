"""The log: one JSON object a line on stderr, with the request it belongs to and no secret.

All that is said by `logging.getLogger(__name__)` or by `log(__name__)`, which takes fields, is
written this way.
"""

import logging
import sys
from contextvars import ContextVar
from functools import cached_property
from typing import Any, TextIO

__all__ = ["Log", "about", "bind", "configure", "log"]

OURS = ("jupyter_wove", "jupyter_wove_server", "jupyter_wove_runner")
about: ContextVar[dict[str, Any]] = ContextVar("about", default={})  # noqa: B039 — never changed


class Log:
    """The log of a module of ours; its messages take fields."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def debug(self, event: str, /, **fields: Any) -> None:
        """Say what only helps to find a defect."""
        self._say(logging.DEBUG, event, fields)

    def info(self, event: str, /, **fields: Any) -> None:
        """Say what happened."""
        self._say(logging.INFO, event, fields)

    def warning(self, event: str, /, **fields: Any) -> None:
        """Say what went wrong and mends itself."""
        self._say(logging.WARNING, event, fields)

    def error(self, event: str, /, **fields: Any) -> None:
        """Say what somebody has to look after; `exc_info` is its exception."""
        self._say(logging.ERROR, event, fields)

    def exception(self, event: str, /, **fields: Any) -> None:
        """Say what somebody has to look after, with the exception that is being handled."""
        self._say(logging.ERROR, event, {"exc_info": True, **fields})

    def _say(self, level: int, event: str, fields: dict[str, Any]) -> None:
        cause = fields.pop("exc_info", None)
        self._logger.log(level, event, exc_info=cause, extra={"fields": fields})


class _Formatter(logging.Formatter):
    """Makes lines with structlog: 1.5 MB, which a server that has nothing to say does without."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as one line."""
        return self._lines.format(record)

    @cached_property
    def _lines(self) -> logging.Formatter:
        from jupyter_wove.kit.logs.lines import formatter  # noqa: PLC0415 — with the first line

        return formatter(self._form)


def log(name: str) -> Log:
    """Get the log of a module of ours."""
    return Log(name)


def bind(**fields: Any) -> None:
    """Add fields to all that is said from here on in this context: this request, say."""
    about.set(about.get() | fields)


def configure(level: str, form: str, stream: TextIO | None = None) -> None:
    """Write what is at least of this level to stderr or a stream, as `json` or for `console`."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Formatter(form))
    for name in OURS:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level)
