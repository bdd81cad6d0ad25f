"""Every error as an RFC 9457 problem: ours as they are, others without what they say inside."""

import errno

from tornado.escape import xhtml_escape
from tornado.web import HTTPError

from jupyter_wove.kit.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    NotFound,
    NotSignedIn,
    Problem,
    StorageFull,
    TooLarge,
    Unavailable,
    WoveError,
)

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class WrongMethod(WoveError):
    """The address exists, but not for this HTTP method."""

    status = 405
    title = "Not for this method"


class Internal(WoveError):
    """A defect of ours, of which the log says more."""

    status = 500
    title = "Something went wrong inside Wove"


OF_STATUS: dict[int, WoveError] = {
    400: BadRequest("The request cannot be read."),
    401: NotSignedIn("Sign in, or send an API key."),
    403: Forbidden("This is not allowed."),
    404: NotFound("There is nothing at this address."),
    405: WrongMethod("There is something at this address, but not for this method."),
    409: Conflict("The request clashes with what is there."),
    413: TooLarge("The request is too large."),
    503: Unavailable("The server is busy. Try again in a moment."),
}
INTERNAL = Internal("It is not your fault. Try again; if it stays, report it with the request id.")


def as_wove_error(exception: BaseException | None, status: int) -> WoveError:
    """Say in our words what went wrong, and nothing of what only a log may tell."""
    if isinstance(exception, WoveError):
        return exception
    if isinstance(exception, OSError) and exception.errno in NO_ROOM:
        return StorageFull("The disk is full. Free some space and try again.")
    if isinstance(exception, HTTPError) or exception is None:
        return OF_STATUS.get(status, INTERNAL if status >= 500 else OF_STATUS[400])  # noqa: PLR2004
    return INTERNAL


def is_expected(exception: BaseException | None) -> bool:
    """Tell errors that are answers from those that are defects."""
    return as_wove_error(exception, getattr(exception, "status_code", 500)) is not INTERNAL


def as_page(problem: Problem) -> str:
    """Draw a problem as a small page."""
    title, detail = xhtml_escape(problem.title), xhtml_escape(problem.detail)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{detail}</p><p><small>Request {problem.request_id}</small></p></html>"
    )
