"""Put a template together from those that it includes: no circle, not too deep, not too much."""

from collections.abc import Callable, Iterable

import msgspec

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.prompts.format import Input
from jupyter_wove.prompts.templates.parsing import Include, Node, Section, Variable, parsed, walk

DEEPEST = 8
MOST = 100
LARGEST = 1024 * 1024  # characters


class Found(msgspec.Struct, frozen=True):
    """The prompt that is meant by a name: which one, what it says, where its own names lead."""

    key: str
    body: str
    inputs: dict[str, Input]
    find: Callable[[str], "Found"]


class Part(msgspec.Struct, frozen=True):
    """A template with all that it includes, ready to be rendered."""

    nodes: tuple[Node, ...]
    inputs: dict[str, Input]
    included: dict[str, "Part"]


def put_together(found: Found) -> Part:
    """Follow every name, to the end. Raises InvalidRequest."""
    return _Following().part(found, ())


def parts(part: Part) -> Iterable[Part]:
    """List a template and all that it includes."""
    yield part
    for each in part.included.values():
        yield from parts(each)


def asked_for(part: Part) -> dict[str, Input]:
    """Name what a template takes: what it declares, and what it names without declaring it.

    Within a section a name may belong to what the section is about: it is not asked for.
    """
    inputs: dict[str, Input] = {}
    for one in reversed(list(parts(part))):
        inputs |= one.inputs
    for one in parts(part):
        for node, within in walk(one.nodes):
            if isinstance(node, Variable) and node.path and not within:
                inputs.setdefault(node.path[0], Input())
            elif isinstance(node, Section) and node.path and not within:
                inputs.setdefault(node.path[0], Input(required=False))
    return inputs


class _Following:
    def __init__(self) -> None:
        self.count = 0
        self.size = 0

    def part(self, found: Found, above: tuple[str, ...]) -> Part:
        self._check(found, above)
        nodes = parsed(found.body)
        names = {node.reference for node, _ in walk(nodes) if isinstance(node, Include)}
        inside = (*above, found.key)
        included = {name: self.part(found.find(name), inside) for name in sorted(names)}
        return Part(nodes, found.inputs, included)

    def _check(self, found: Found, above: tuple[str, ...]) -> None:
        self.count += 1
        self.size += len(found.body)
        if found.key in above:
            raise InvalidRequest(f"{' > '.join((*above, found.key))}: a prompt includes itself.")
        if len(above) > DEEPEST:
            raise InvalidRequest(f"Prompts include each other more than {DEEPEST} deep.")
        if self.count > MOST or self.size > LARGEST:
            raise InvalidRequest(
                f"More than {MOST} prompts, or {LARGEST} characters, are included."
            )
