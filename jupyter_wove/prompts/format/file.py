"""Read and write the file of a prompt."""

import re
from typing import Any

import msgspec

from jupyter_wove.prompts.format.frontmatter import Lines, dump, load
from jupyter_wove.prompts.format.models import Header, Input, InputName, Prompt, Unreadable

LONGEST = 256 * 1024  # characters
FENCE = "---"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FENCE_BELOW = re.compile(r"^---[ \t]*$", re.MULTILINE)
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")


def parse(text: str) -> Prompt:
    """Read the file of a prompt. Raises Unreadable, which names the line."""
    front, body = divided(normalised(text))
    if front is None:
        raise Unreadable(1, "a prompt begins with `---`, its settings and `---`.")
    settings, lines = load(front, first_line=2)
    return prompt_of(settings, body, lines)


def write(prompt: Prompt) -> str:
    """Write the file of a prompt; reading it gives the same prompt."""
    return joined(dump(prompt.settings), prompt.body)


def prompt_of(settings: dict[str, Any], body: str, lines: Lines | None = None) -> Prompt:
    """Check settings, and put a prompt together. Raises Unreadable."""
    lines = lines or {}
    inputs = settings.get("inputs")
    if isinstance(inputs, dict):
        for name, value in inputs.items():
            _checked(name, InputName, ("inputs", name), lines)
            _checked({} if value is None else value, Input, ("inputs", name), lines)
        inputs = {name: {} if value is None else value for name, value in inputs.items()}
        return Prompt(_checked({**settings, "inputs": inputs}, Header, (), lines), settings, body)
    return Prompt(_checked(settings, Header, (), lines), settings, body)


def normalised(text: str) -> str:
    """Give every line the same end; refuse what is too long, or no text (Unreadable)."""
    if len(text) > LONGEST:
        raise Unreadable(1, f"the file is longer than {LONGEST} characters.")
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(plain):
        line = plain.count("\n", 0, found.start()) + 1
        raise Unreadable(line, "there is a control character. A prompt is plain text.")
    return plain


def divided(text: str) -> tuple[str | None, str]:
    """Part the settings of a Markdown file, None where it has none, from its text."""
    first, _, rest = text.partition("\n")
    if first.rstrip() != FENCE:
        return None, text
    below = _FENCE_BELOW.search(rest)
    if below is None:
        raise Unreadable(1, "the settings are not closed. End them with a line `---`.")
    return rest[: below.start()], rest[below.end() :].removeprefix("\n")


def joined(front: str, body: str) -> str:
    """Put settings, as YAML, and text into one file."""
    return f"{FENCE}\n{front}{FENCE}\n{body}"


def _checked(value: Any, kind: Any, path: tuple[str | int, ...], lines: Lines) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        steps = [name or number for name, number in _STEP.findall(where)]
        path += tuple(int(step) if step.isdigit() else step for step in steps)
        name = ".".join(map(str, path)) or "the settings"
        raise Unreadable(_line(path, lines), f"{name}: {_lowered(message)}.") from error


def _line(path: tuple[str | int, ...], lines: Lines) -> int:
    above = (path[:length] for length in range(len(path), -1, -1))
    return next((lines[each] for each in above if each in lines), 1)


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
