"""How a provider fails, and whether another one should be asked."""

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What kind of a failure it is."""

    REFUSED = "refused"  # the request itself: nobody else would take it either
    TOO_LONG = "too long"  # the request does not fit into this model's window
    NO_KEY = "its key is missing"  # an administrator has to look at it
    NOT_ALLOWED = "not allowed"  # the key: an administrator has to look at it
    BUSY = "busy"
    BROKEN = "broken"  # the provider, or the line to it
    SLOW = "slow"
    CUT_OFF = "cut off"  # the answer ended without an end


class Failure(Exception):
    """A provider gave no answer, or not all of one."""

    def __init__(
        self, kind: Kind, sentence: str, status: int | None = None, after: float | None = None
    ) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.status = status
        self.after = after  # seconds until it may be asked again, if it says so

    @property
    def is_final(self) -> bool:
        """Tell whether every other deployment would refuse it as well."""
        return self.kind is Kind.REFUSED


class _Error(msgspec.Struct):
    message: str


class _Told(msgspec.Struct):
    error: _Error


LONGEST_SENTENCE = 300  # characters
LONG = ("context_length_exceeded", "maximum context length", "too long", "too many tokens")


HIDDEN = "[hidden]"


def without(text: str, key: str) -> str:
    """Hide the key that somebody was asked with: some repeat it when they complain."""
    return text.replace(key, HIDDEN) if key else text


def from_status(status: int, body: str, retry_after: str | None = None) -> Failure:
    """Read an HTTP answer that is no success."""
    sentence = _sentence(body) or f"HTTP {status}"
    if status in {400, 413, 422}:
        kind = Kind.TOO_LONG if any(each in sentence for each in LONG) else Kind.REFUSED
    elif status in {401, 403}:
        kind = Kind.NOT_ALLOWED
    elif status in {408, 429, 503, 529}:
        kind = Kind.BUSY
    else:
        kind = Kind.BROKEN
    return Failure(kind, sentence, status, _seconds(retry_after))


def _sentence(body: str) -> str:
    """Find what a provider says of a failure; all of them say it in the same place."""
    try:
        said = msgspec.json.decode(body, type=_Told).error.message
    except msgspec.DecodeError:
        said = body
    return " ".join(said.split())[:LONGEST_SENTENCE]


def _seconds(text: str | None) -> float | None:
    try:
        return max(0.0, float(text)) if text else None
    except ValueError:
        return None  # a date; nobody sends one here
