"""What a target has to be told, in the names that the provider's own tools use.

A field that only administrators may set is marked with `ADMINISTRATORS`: an address that Wove
connects to, or a file that it reads, is not for everybody to choose.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import FieldInfo, fields

from jupyter_wove.deploy.targets.models import Need, Secret
from jupyter_wove.kit.errors import InvalidRequest


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The options of a target; each field has the name of a variable, and says what it is."""


O = TypeVar("O", bound=Options)  # noqa: E741
ADMINISTRATORS = {"administrators": True}


def read(
    kind: type[O], configured: Mapping[str, str], variables: Mapping[str, str]
) -> tuple[O, dict[str, str]]:
    """Read the options of a target; what else there is of variables is for the app itself.

    What administrators configured goes first. Raises InvalidRequest.
    """
    theirs = {name for name in _names(kind) if not _is_for_administrators(kind, name)}
    given = {name: text for name, text in variables.items() if name in theirs}
    wanted = {name: text for name, text in configured.items() if name in _names(kind)}
    rest = {name: text for name, text in variables.items() if name not in _names(kind)}
    try:
        return msgspec.convert(given | wanted, kind, strict=False, dec_hook=_secret), rest
    except msgspec.ValidationError as error:
        raise InvalidRequest(_sentence(kind, given | wanted, error)) from error


def needs(kind: type[Options], configured: Mapping[str, str]) -> list[Need]:
    """List what is still to be told by people: variables of the app."""
    hints = get_type_hints(kind, include_extras=True)
    return [
        Need(
            name=field.encode_name,
            about=_meta(hints[field.name]).description or "",
            secret=_bare(hints[field.name]) is Secret,
            required=field.required,
        )
        for field in fields(kind)
        if field.encode_name not in configured
        and not _is_for_administrators(kind, field.encode_name)
    ]


def secrets(options: Options) -> Iterator[str]:
    """List the texts that nobody may see."""
    for field in fields(options):
        value = getattr(options, field.name)
        if isinstance(value, Secret) and value.shown():
            yield value.shown()


def _names(kind: type[Options]) -> dict[str, FieldInfo]:
    return {field.encode_name: field for field in fields(kind)}


def _is_for_administrators(kind: type[Options], name: str) -> bool:
    hints = get_type_hints(kind, include_extras=True)
    return _meta(hints[_names(kind)[name].name]).extra == ADMINISTRATORS


def _meta(hint: Any) -> msgspec.Meta:
    found = [each for each in get_args(hint)[1:] if isinstance(each, msgspec.Meta)]
    return found[0] if get_origin(hint) is Annotated and found else msgspec.Meta()


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _secret(kind: type, value: Any) -> Any:
    if kind is not Secret:
        raise NotImplementedError
    if not isinstance(value, str) or not value.strip():
        raise ValueError("it is empty")
    return Secret(value.strip())


def _sentence(kind: type[Options], given: Mapping[str, str], error: Exception) -> str:
    """Say which variables are missing, or which is not as it should be; never its value."""
    if missing := [each.name for each in needs(kind, given) if each.required]:
        return f"This target needs variables of the app that are not set: {', '.join(missing)}."
    field = str(error).rpartition("`$.")[2].rstrip("`")
    return f"The variable {field} is not what this target takes."
