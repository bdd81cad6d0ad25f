"""Which characters an escape or a class in brackets stands for, where they are few."""

from typing import TypeAlias

Chars: TypeAlias = frozenset[str] | None
MANY: Chars = None  # too many to look for, or none that an index knows

LARGEST_RANGE = 16
_CONTROLS = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_MANY_ESCAPES = "CdDsSwWpP"
_UNKEPT = {"\0", *map(chr, range(0xD800, 0xE000))}  # no text holds these once it is indexed
_OCTAL = "01234567"
_LONGEST_OCTAL = 3


def folded(chars: Chars, *, alike: bool) -> Chars:
    """Fold characters as an index does; where capitals are `alike`, only what folds simply.

    An index folds each character to one other: ASCII as everybody does, and to k and s also the
    two signs beyond ASCII that match them where capitals are alike.
    """
    if chars is None or any(each in _UNKEPT for each in chars):
        return MANY
    if alike and any(not each.isascii() and _has_case(each) for each in chars):
        return MANY
    return frozenset(each.lower() if each.isascii() else each for each in chars)


def escaped(pattern: str, at: int) -> tuple[Chars, int]:
    """Read what follows a backslash; return it and where the pattern goes on."""
    char, after = pattern[at], at + 1
    if char in "pP":
        is_named = pattern.startswith("{", after)
        return MANY, pattern.index("}", after) + 1 if is_named else after + 1
    if char in _MANY_ESCAPES:
        return MANY, after
    if char == "x":
        return _hexadecimal(pattern, after)
    if char in _OCTAL:
        return _octal(pattern, at)
    return frozenset([_CONTROLS.get(char, char)]), after


def bracketed(pattern: str, at: int) -> tuple[Chars, int]:
    """Read a class from behind its opening bracket."""
    is_negated = pattern.startswith("^", at)
    at += is_negated
    first, found = at, set[str]()
    are_many = is_negated
    while pattern[at] != "]" or at == first:
        chars, at = _member(pattern, at)
        are_many = are_many or chars is None
        found |= chars or set()
    return (MANY if are_many else frozenset(found)), at + 1


def _member(pattern: str, at: int) -> tuple[Chars, int]:
    """Read a named class, a range or a character within brackets."""
    if pattern.startswith("[:", at) and (end := pattern.find(":]", at + 2)) >= 0:
        return MANY, end + 2
    low, at = _one(pattern, at)
    if low is None or pattern[at] != "-" or pattern[at + 1] == "]":
        return low, at
    high, at = _one(pattern, at + 1)
    return _range(low, high), at


def _one(pattern: str, at: int) -> tuple[Chars, int]:
    if pattern[at] == "\\":
        return escaped(pattern, at + 1)
    return frozenset(pattern[at]), at + 1


def _range(low: frozenset[str], high: Chars) -> Chars:
    if high is None:
        return MANY
    (first,), (last,) = map(ord, low), map(ord, high)
    return MANY if last - first >= LARGEST_RANGE else frozenset(map(chr, range(first, last + 1)))


def _hexadecimal(pattern: str, at: int) -> tuple[Chars, int]:
    if not pattern.startswith("{", at):
        return frozenset(chr(int(pattern[at : at + 2], 16))), at + 2
    end = pattern.index("}", at)
    return frozenset(chr(int(pattern[at + 1 : end], 16))), end + 1


def _octal(pattern: str, at: int) -> tuple[Chars, int]:
    end = at
    while end < len(pattern) and end - at < _LONGEST_OCTAL and pattern[end] in _OCTAL:
        end += 1
    return frozenset(chr(int(pattern[at:end], 8))), end


def _has_case(char: str) -> bool:
    return not char == char.lower() == char.upper() == char.casefold() == char.title()
