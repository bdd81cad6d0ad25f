"""Leave out the middle of a text."""

from jupyter_wove.ai.tokens import estimate

HEAD = 0.3  # of what is kept; the end of a traceback tells more than its beginning
LONGEST_LINE = 400  # characters


def shortened(text: str, tokens: int) -> str:
    """Keep the first and the last lines, as many as fit; say how many are missing."""
    if estimate(text) <= tokens:
        return text
    lines = [_cut(line) for line in text.splitlines()]
    head = _fitting(lines, round(tokens * HEAD))
    tail = _fitting(lines[head:][::-1], tokens - estimate("\n".join(lines[:head])) - HEAD_ROOM)
    missing = len(lines) - head - tail
    if missing <= 0:
        return "\n".join(lines)
    told = f"[{missing} lines left out]"
    return "\n".join([*lines[:head], told, *lines[len(lines) - tail :]])


HEAD_ROOM = 8  # tokens of the words that say what is missing


def _fitting(lines: list[str], tokens: int) -> int:
    for number, line in enumerate(lines):
        tokens -= estimate(line) + 1
        if tokens < 0:
            return number
    return len(lines)


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}[…]"
