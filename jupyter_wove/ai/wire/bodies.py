"""What a program sends, read as what is asked for."""

from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec

from jupyter_wove.kit.errors import BadRequest, InvalidRequest

OURS = {"model", "stream", "stream_options", "wove", "user", "n", "store", "encoding_format"}
MARGIN = 1.1  # for what an estimate may be short of
T = TypeVar("T")

ModelName = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]


class PromptUse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The prompt that somebody asks with: `version` as they named it, `number` what that meant."""

    id: UUID
    version: Annotated[str, msgspec.Meta(min_length=1, max_length=40)] = "latest"
    number: Annotated[str, msgspec.Meta(max_length=24)] = ""


class Account(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a request is for, and the project on whose account it goes.

    `prompt` names a version of a prompt of the library for the ledger; `use` has its outcome
    recorded. `notebook` is where it is asked, and `about` are other projects that it is about:
    what their teachers allow counts as well.
    """

    purpose: Annotated[str, msgspec.Meta(max_length=64)] = ""
    project: UUID | None = None
    prompt: Annotated[str, msgspec.Meta(max_length=160)] = ""
    use: PromptUse | None = None
    notebook: Annotated[str, msgspec.Meta(max_length=4096, pattern=r"^[^\x00]*\Z")] = ""
    about: Annotated[list[UUID], msgspec.Meta(max_length=8)] = []


def decoded(content: bytes, fields: type[T]) -> tuple[dict[str, Any], T]:
    """Read a body, and those fields of it that we have to know.

    Raises BadRequest or InvalidRequest.
    """
    try:
        body = msgspec.json.decode(content, type=dict[str, Any])
        return body, msgspec.convert(body, fields)
    except msgspec.ValidationError as error:
        raise InvalidRequest(f"{error}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRequest("The request is not JSON.") from error


def for_the_model(body: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is ours to know."""
    return {name: value for name, value in body.items() if name not in OURS}
