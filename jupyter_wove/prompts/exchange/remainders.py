"""What one format cannot say, kept beside it, so that it can be put back.

The remainder of a whole and the part of it that a format could say tells what to add, what to
leave out, and what to say otherwise; the latter two only while the part is as it was, so that
what somebody changed in the other format is never undone.
"""

from hashlib import sha256
from typing import Any

import msgspec

Tree = dict[str, Any]


def remainder(whole: Tree, part: Tree) -> Tree:
    """Tell what is left of the whole without a part of it; nothing for equals."""
    shared = [key for key in whole if key in part and not same(whole[key], part[key])]
    within = {key: remainder(whole[key], part[key]) for key in shared if _branch(whole, part, key)}
    instead = {
        key: {"of": digest(part[key]), "is": whole[key]} for key in shared if key not in within
    }
    found = {
        "added": {key: value for key, value in whole.items() if key not in part},
        "absent": {key: digest(value) for key, value in part.items() if key not in whole},
        # Equal but for the order of their keys leaves nothing.
        "within": {key: each for key, each in within.items() if each},
        "instead": instead,
    }
    return {name: each for name, each in found.items() if each}


def restored(part: Tree, rest: Tree) -> Tree:
    """Put a remainder back; `restored(part, remainder(whole, part))` is the whole."""
    whole = dict(part)
    for key, was in _tree(rest, "absent").items():
        if key in whole and digest(whole[key]) == was:
            del whole[key]
    for key, inner in _tree(rest, "within").items():
        if isinstance(whole.get(key), dict) and isinstance(inner, dict):
            whole[key] = restored(whole[key], inner)
    for key, each in _tree(rest, "instead").items():
        if key in whole and isinstance(each, dict) and digest(whole[key]) == each.get("of"):
            whole[key] = each.get("is")
    return whole | {key: value for key, value in _tree(rest, "added").items() if key not in whole}


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same in JSON, where true is not 1."""
    return msgspec.json.encode(one, order="sorted") == msgspec.json.encode(other, order="sorted")


def digest(value: Any) -> str:
    """Recognise a value."""
    return sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:16]


def _branch(whole: Tree, part: Tree, key: str) -> bool:
    return isinstance(whole[key], dict) and isinstance(part[key], dict)


def _tree(rest: Tree, name: str) -> Tree:
    """Read a piece of a remainder, which somebody may have written by hand."""
    found = rest.get(name)
    return found if isinstance(found, dict) else {}
