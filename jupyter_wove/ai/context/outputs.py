"""What a cell has put out, as text."""

import re
from typing import Any

from jupyter_wove.ai.context.shortening import shortened

MOST = 500  # tokens of the output of one cell
MOST_OF_PROBLEM = 1500
ANSI = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07]*(?:\x07|\x1b\\)|[\x00-\x08\x0b-\x1f\x7f]"
)


def output_of(outputs: list[dict[str, Any]]) -> str:
    """Write what is text of the outputs; name what is not. Errors are told apart."""
    parts = [_part(each) for each in outputs if each.get("output_type") != "error"]
    return shortened(_plain("\n".join(part for part in parts if part)), MOST)


def problem_of(outputs: list[dict[str, Any]]) -> str:
    """Write the error that a cell ended with; nothing where it did not."""
    errors = [each for each in outputs if each.get("output_type") == "error"]
    if not errors:
        return ""
    trace = _joined(errors[-1].get("traceback"), "\n")
    said = f"{errors[-1].get('ename', '')}: {errors[-1].get('evalue', '')}"
    text = _plain(trace)
    return shortened(text if text.strip() else _plain(said), MOST_OF_PROBLEM)


def _part(output: dict[str, Any]) -> str:
    if output.get("output_type") == "stream":
        return _joined(output.get("text"), "").rstrip("\n")
    data = output.get("data")
    if not isinstance(data, dict):
        return ""
    for kind in ("text/plain", "text/markdown", "text/latex"):
        if kind in data:
            text = _joined(data[kind], "")
            shown = [each for each in data if each.startswith("image/")]
            return f"{text} [shown as {shown[0]}]" if shown else text
    return f"[{', '.join(sorted(map(str, data)))}]"


def _joined(text: Any, glue: str) -> str:
    if isinstance(text, list):
        return glue.join(str(part) for part in text)
    return text if isinstance(text, str) else ""


def _plain(text: str) -> str:
    """Take out what only a terminal understands, and what hides behind it."""
    return ANSI.sub("", text.replace("\r\n", "\n"))
