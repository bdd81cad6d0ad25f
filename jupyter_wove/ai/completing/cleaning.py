"""What of a model's answer is put where somebody types."""

import re

FENCED = re.compile(r"\A\s*```[^\n]*\n(.*?)(?:\n?```.*)?\Z", re.DOTALL)
MOST_LINES = 12
BRACKETS = [("(", ")"), ("[", "]"), ("{", "}")]
LEAST_REPEATED = 2  # characters, below which the same again may be meant


def inserted(answer: str, before: str, behind: str) -> str:
    """Take out of an answer what is no code, or stands before or behind the place already."""
    text = FENCED.sub(r"\1", answer).replace("<CURSOR>", "")
    text = _without_beginning(text, before)
    text = _without_end(text, behind)
    lines = text.rstrip().split("\n")[:MOST_LINES]
    return "\n".join(lines) if any(line.strip() for line in lines) else ""


def _without_beginning(text: str, before: str) -> str:
    """Take off the line, or the lines, that models like to say again before they go on."""
    for lines in range(min(before.count("\n") + 1, MOST_LINES), 0, -1):
        said = "\n".join(before.split("\n")[-lines:])
        for again in (said, said.lstrip()):
            if len(again) >= LEAST_REPEATED and text.startswith(again):
                return text[len(again) :]
    return text


def _without_end(text: str, behind: str) -> str:
    """Take off the end that is the rest of the line, or the lines behind it."""
    text = text.rstrip()
    rest = behind.split("\n\n", maxsplit=1)[0].rstrip()
    for end in (rest, rest.split("\n")[0].rstrip()):
        if end and text.endswith(end) and not _is_whole(text):
            return text[: -len(end)]
    return text


def _is_whole(text: str) -> bool:
    """Tell whether there are brackets in a text, and each is opened and closed there."""
    counts = [(text.count(one), text.count(other)) for one, other in BRACKETS]
    return any(one for one, _ in counts) and all(one == other for one, other in counts)
