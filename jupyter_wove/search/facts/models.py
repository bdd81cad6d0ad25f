"""What can be known of a cell or a file without running it, and of a project."""

from typing import Literal, NamedTuple

OfContents = Literal["uses", "dataset", "has", "lang", "lib", "verified"]
OfProject = Literal["user", "tag", "tech", "level"]
Kind = Literal[OfContents, OfProject]


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
