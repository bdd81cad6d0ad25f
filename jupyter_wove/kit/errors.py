"""Errors a caller can act on; each says which HTTP status it is.

* WoveError
  + BadRequest          400  cannot be read at all: JSON, archive, path
  + InvalidRequest      422  can be read, but does not fit the contract
  + NotSignedIn         401
  + Forbidden           403
  + NotFound            404
  + Conflict            409
    + Cancelled         409  whoever wanted it does not want it any more
  + PreconditionFailed  412  somebody else changed it meanwhile
  + TooLarge            413
  + PreconditionNeeded  428
  + TooManyRequests     429
  + Unavailable         503
  + StorageFull         507
"""

import msgspec

LONGEST_DETAIL = 500  # characters


class WoveError(Exception):
    """What went wrong, in a sentence the caller can act on."""

    status = 500
    title = "Something went wrong"


class BadRequest(WoveError):
    """The request cannot be read."""

    status = 400
    title = "The request cannot be read"


class InvalidRequest(WoveError):
    """The request can be read, but does not fit the contract."""

    status = 422
    title = "The request does not fit the contract"


class NotSignedIn(WoveError):
    """Nobody is signed in, or the key is not valid."""

    status = 401
    title = "Not signed in"


class Forbidden(WoveError):
    """It can be seen, but this may not be done with it."""

    status = 403
    title = "Not allowed"


class NotFound(WoveError):
    """It does not exist, or this actor may not know that it does."""

    status = 404
    title = "Not found"


class Conflict(WoveError):
    """It clashes with what is there."""

    status = 409
    title = "Conflict"


class Cancelled(Conflict):
    """Whoever wanted it does not want it any more."""

    title = "Cancelled"


class PreconditionFailed(WoveError):
    """It has changed since the caller read it."""

    status = 412
    title = "It has changed meanwhile"


class TooLarge(WoveError):
    """It is larger than the limit named in the message."""

    status = 413
    title = "Too large"


class PreconditionNeeded(WoveError):
    """The caller must say which revision it means to change."""

    status = 428
    title = "Say which revision is meant"


class TooManyRequests(WoveError):
    """The caller must wait; `retry_after` is in seconds."""

    status = 429
    title = "Too many requests"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(WoveError):
    """Something that the request needs is not there for the moment."""

    status = 503
    title = "Not available for the moment"


class StorageFull(WoveError):
    """There is no room left on the disk."""

    status = 507
    title = "No room left on the disk"


class Problem(msgspec.Struct):
    """RFC 9457 problem details; `request_id` finds the request in the log."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str


def problem(error: WoveError, instance: str, request_id: str) -> Problem:
    """Describe an error to the caller of `instance`, the path that was asked for."""
    kind, detail = f"urn:wove:problem:{type(error).__name__}", str(error)
    if len(detail) > LONGEST_DETAIL:  # it quotes what the caller sent
        detail = f"{detail[:LONGEST_DETAIL]}…"
    return Problem(kind, error.title, error.status, detail, instance, request_id)
