"""The settings of a file: the part of YAML that says no more than JSON does, both ways.

Of YAML there are texts, numbers, true, false, null, lists and mappings. A date, `yes` and `012`
are texts, as is every key; anchors and tags are refused, so nothing can grow or be made.
"""

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

import yaml

from jupyter_wove.prompts.format.models import Unreadable

Lines = dict[tuple[str | int, ...], int]
LONGEST = 64 * 1024  # characters
DEEPEST = 60
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
# A longer number than Python reads without asking stays a text.
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,299})\Z")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,16})\.[0-9]{1,30}([eE][+-][0-9]{1,3})?\Z")


def load(text: str, first_line: int = 1) -> tuple[dict[str, Any], Lines]:
    """Read settings, and on which line each stands."""
    if len(text) > LONGEST:
        raise Unreadable(first_line, f"the settings are longer than {LONGEST} characters.")
    reading = _Reading(first_line)
    try:
        settings = reading.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise Unreadable(line, f"this is not YAML: {error.problem or error.context}.") from error
    except yaml.YAMLError as error:
        raise Unreadable(first_line, f"this is not YAML: {error}.") from error
    if not isinstance(settings, dict):
        raise Unreadable(first_line, "settings are written as `name: value`.")
    return settings, reading.lines


def dump(settings: dict[str, Any]) -> str:
    """Write settings so that `load` reads the same."""
    if not settings:
        return ""
    text: str = yaml.dump(
        settings, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**31, indent=2
    )
    return text


class _Reading:
    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.lines: Lines = {}

    def document(self, events: Iterator[Any]) -> Any:
        value: Any = {}
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and event.explicit:
                raise self._refused(event, "a file has one block of settings.")
            if isinstance(event, yaml.NodeEvent):
                value = self._value(event, events, ())
        return value

    def _value(self, event: Any, events: Iterator[Any], path: tuple[str | int, ...]) -> Any:
        self.lines[path] = self._line(event)
        if len(path) > DEEPEST:
            raise self._refused(event, "this is nested too deeply.")
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._refused(event, "anchors (&, *) are not taken. Write the value out.")
        if event.tag:
            raise self._refused(event, f"tags like {event.tag:.60} are not taken.")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        if "\0" in event.value:
            raise self._refused(event, "there is a NUL character. No database keeps it.")
        return _scalar(event.value) if event.implicit[0] else event.value

    def _mapping(self, events: Iterator[Any], path: tuple[str | int, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent) or key.anchor or key.tag or "\0" in key.value:
                raise self._refused(key, "a key must be a plain text.")
            if key.value in found:
                raise self._refused(key, f"{key.value:.60} is there twice.")
            line = self._line(key)
            found[key.value] = self._value(next(events), events, (*path, key.value))
            self.lines[*path, key.value] = line
        return found

    def _list(self, events: Iterator[Any], path: tuple[str | int, ...]) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(self._value(event, events, (*path, len(found))))
        return found

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first_line

    def _refused(self, event: Any, message: str) -> Unreadable:
        return Unreadable(self._line(event), message)


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) and isfinite(float(text)) else text


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    """Writes each value out: lists set in, long texts as they look, no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    written = repr(value)
    mantissa, mark, exponent = written.partition("e")
    if "." not in mantissa:
        mantissa += ".0"
    return dumper.represent_scalar("tag:yaml.org,2002:float", mantissa + mark + exponent)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)
