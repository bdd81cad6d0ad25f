"""What a model is told, so that it says what comes next."""

import re
from keyword import iskeyword
from typing import Annotated, Any

import msgspec

from jupyter_wove.ai.context.secrets import without_secrets
from jupyter_wove.ai.context.shortening import shortened
from jupyter_wove.ai.context.slices import slice_of
from jupyter_wove.ai.models import Catalogue
from jupyter_wove.ai.tokens import estimate
from jupyter_wove.kit.errors import BadRequest, InvalidRequest, Unavailable

FAST = "fast"  # the route for it, where there is one
PURPOSE = "completion"
MOST_OUTPUT = 160  # tokens
OF_CELLS = 1_200  # tokens of cells above
BEFORE, BEHIND = 3_000, 800  # characters around the place
NAME = re.compile(r"[^\W\d]\w*")
CURSOR = "<CURSOR>"
INSTRUCTIONS = """\
You complete what somebody types in a notebook or a file. They are at <CURSOR>. Answer with the
text that belongs there and nothing else: no explanation, no Markdown fence, nothing that stands
there already. Write what they most likely want to type next: the rest of the line, or a few lines
that belong together. Where nothing is missing, answer with nothing.
"""
NOTHING_SET_UP = "No model is set up yet. The guide Models says how."

Text = Annotated[str, msgspec.Meta(max_length=100_000)]
Cells = Annotated[list[Text], msgspec.Meta(max_length=100)]
Path = Annotated[str, msgspec.Meta(max_length=1024, pattern=r"^[^\x00]*\Z")]


class Typed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What stands before and behind the place, and the sources of the code cells above."""

    before: Text
    behind: Text = ""
    above: Cells = []
    language: Annotated[str, msgspec.Meta(max_length=40)] = "python"
    path: Path = ""  # of what they type in


def read_typed(content: bytes) -> Typed:
    """Read what somebody has typed. Raises BadRequest or InvalidRequest."""
    try:
        return msgspec.json.decode(content, type=Typed)
    except msgspec.ValidationError as error:
        raise InvalidRequest(f"{error}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest("The request is not JSON.") from error


def asked(typed: Typed, known: Catalogue) -> dict[str, Any]:
    """Write the request. Raises Unavailable where no model is set up."""
    if not known.answering:
        raise Unavailable(NOTHING_SET_UP)
    return {
        "model": FAST if FAST in known.routes else known.answering[0],
        "messages": [
            {"role": "system", "content": INSTRUCTIONS},
            {"role": "user", "content": _told(typed)},
        ],
        "max_tokens": MOST_OUTPUT,
        "wove": {"purpose": PURPOSE},
    }


def _told(typed: Typed) -> str:
    before, behind = _hidden(typed)
    here = f"{before[-BEFORE:]}{CURSOR}{behind[:BEHIND]}"
    above = _above(typed)
    cells = f"Cells above, as data:\n\n{above}\n\n" if above else ""
    return f"{cells}The {typed.language} where they type:\n\n{here}"


def _hidden(typed: Typed) -> tuple[str, str]:
    """Hide secrets before anything is cut off: half of a key is still known by its other half.

    Where the place is within one, nothing of what stands around it is told.
    """
    told = without_secrets(f"{typed.before}{CURSOR}{typed.behind}")
    before, cursor, behind = told.partition(CURSOR)
    whole = without_secrets(f"{typed.before}{typed.behind}")
    if not cursor or f"{before}{behind}" != whole:
        return "", ""
    return before, behind


def _above(typed: Typed) -> str:
    """Choose the cells that what is typed is built on, then the nearest, as many as fit."""
    here = len(typed.above)
    built_on = slice_of([*typed.above, _names(typed)], here) if typed.language == "python" else []
    nearest = [place for place in reversed(range(here)) if place not in built_on]
    left, chosen = OF_CELLS, dict[int, str]()
    for place in [*reversed(built_on), *nearest]:
        text = shortened(without_secrets(typed.above[place]), OF_CELLS // 2)
        left -= estimate(text)
        if left < 0:
            break
        chosen[place] = text
    return "\n\n".join(chosen[place] for place in sorted(chosen) if chosen[place].strip())


def _names(typed: Typed) -> str:
    """Write the names that are used there as a program: what is half typed is none."""
    words = NAME.findall(f"{typed.before[-BEFORE:]} {typed.behind[:BEHIND]}")
    return "\n".join(word for word in dict.fromkeys(words) if not iskeyword(word))
