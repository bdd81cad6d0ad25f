"""How much an archive may hold, and what came out of it."""

from dataclasses import dataclass

from jupyter_wove.kit.errors import TooLarge, WoveError
from jupyter_wove.kit.paths import shown

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What may come out of one archive; sizes in bytes.

    `ratio` is how many times its own size an archive may grow, and only counts beyond
    `free`: short tables of zeros shrink well and hurt nobody.
    """

    files: int = 10_000
    total: int = 1024 * MIB
    file: int = 256 * MIB
    ratio: int = 100
    free: int = 16 * MIB
    depth: int = 64


@dataclass(frozen=True)
class Extracted:
    """What came out: how many files and bytes, and the name of the top folder left out."""

    files: int
    bytes: int
    top: str | None = None


class Cancelled(WoveError):
    """Whoever wanted it does not want it any more."""

    status = 409
    title = "Cancelled"


def may_count(limits: Limits, count: int) -> None:
    """Refuse more files and folders than the limit (TooLarge)."""
    if count > limits.files:
        raise TooLarge(f"The archive holds more than {limits.files:,} files and folders.")


def may_hold(limits: Limits, name: str, size: int) -> None:
    """Refuse a member of `size` bytes that is over the limit of one file (TooLarge)."""
    if size > limits.file:
        raise TooLarge(f"{shown(name)} is larger than {_amount(limits.file)}.")


def may_grow(limits: Limits, size: int, packed: int) -> None:
    """Refuse `size` bytes out of an archive of `packed` bytes if it is a bomb (TooLarge)."""
    if size > limits.total:
        raise TooLarge(f"The archive holds more than {_amount(limits.total)}.")
    if size > limits.free and size > packed * limits.ratio:
        raise TooLarge(f"The archive unpacks to more than {limits.ratio} times its own size.")


def _amount(size: int) -> str:
    return f"{size // MIB:,} MB" if size >= MIB else f"{size:,} bytes"
