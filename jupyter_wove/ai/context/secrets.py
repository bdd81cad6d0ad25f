"""Take out of a text what looks like a key or a password, before it goes to a model.

It is a net, not a wall: what a person must not send, they leave out themselves.
"""

import re

from jupyter_wove.kit.errors import InvalidRequest

HIDDEN = "[hidden]"

_NAMED = re.compile(
    r"""(?ix)
    (\b[\w.-]*(?:api[_-]?key|secret|token|passw(?:or)?d|pwd|credential|access[_-]?key|auth)[\w.-]*
    ["']?\]?\s*(?:=|:|=>)\s*)            # the name
    (?:(["'])(?:(?!\2).){4,}\2|(?=[^\s"',;)}\]]*\d)[^\s"',;)}\]]{8,})  # in quotes, or with a digit
    """
)
_FORMS = [
    re.compile(form)
    for form in [
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
        r"\b(?:sk|pk|rk)-(?:ant-|proj-|live-|test-)?[A-Za-z0-9_-]{16,}",
        r"\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{16,}",
        r"\bwove_[A-Za-z0-9_-]{16,}",
        r"\bgh[pousr]_[A-Za-z0-9]{20,}",
        r"\bgithub_pat_[A-Za-z0-9_]{20,}",
        r"\bglpat-[A-Za-z0-9_-]{16,}",
        r"\bhf_[A-Za-z0-9]{20,}",
        r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
        r"\bAKIA[0-9A-Z]{16}\b",
        r"\bAIza[0-9A-Za-z_-]{35}",
        r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}",
    ]
]
_ADDRESS = re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@/]+(@)", re.IGNORECASE)


def with_secrets(text: str, before: str) -> str:
    """Put back into a changed text what was hidden of the one before, line by line.

    Raises InvalidRequest for a line that was changed where something in it is hidden.
    """
    hidden = dict(zip(without_secrets(before).splitlines(), before.splitlines(), strict=False))
    lines = [_revealed(line, hidden) for line in text.split("\n")]
    return "\n".join(lines)


def _revealed(line: str, hidden: dict[str, str]) -> str:
    if HIDDEN not in line or line in hidden:
        return hidden.get(line, line)
    raise InvalidRequest(f"What is {HIDDEN} is a secret: leave this line as it is: {line.strip()}")


def without_secrets(text: str) -> str:
    """Hide what looks like a secret; all else stays as it is."""
    for form in _FORMS:
        text = form.sub(HIDDEN, text)
    text = _ADDRESS.sub(rf"\1{HIDDEN}\2", text)
    return _NAMED.sub(lambda match: f"{match[1]}{HIDDEN}", text)
