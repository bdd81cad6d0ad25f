"""What can be known of a cell or a file without running it."""

from typing import Literal, NamedTuple

Kind = Literal["uses", "dataset", "has", "lang", "lib", "verified"]


class Fact(NamedTuple):
    """Something that holds, such as `uses pandas.read_csv`, `has plot:hist`, `lang python`.

    `verified` says on which day all cells ran in order, without an error.
    """

    kind: Kind
    value: str


class Symbol(NamedTuple):
    """Something that code defines, and the line (from 1) where it does."""

    name: str
    kind: Literal["function", "class", "method", "type"]
    line: int
