"""The files of a project as they would be if its `wove.toml` said what somebody wants to see."""

import json
import tomllib
from typing import Any

from jupyter_wove.deploy.recipes import Files
from jupyter_wove.kit.errors import InvalidRequest

NAME, TABLE = "wove.toml", "deploy"
OF_ANY_KIND = {"memory_mb", "cpus", "hosts", "requirements", "lock"}


class Insisting:
    """Files whose `wove.toml` names a kind, and perhaps what it begins with."""

    def __init__(self, files: Files, kind: str, entry: str) -> None:
        self._files = files
        self._words = {"kind": kind} | ({"entry": entry} if entry else {})

    def names(self) -> dict[str, int]:
        """Give each path and its size in bytes."""
        return {**self._files.names(), NAME: len(self._toml())}

    def read(self, path: str) -> bytes:
        """Give the content of a file."""
        return self._toml() if path == NAME else self._files.read(path)

    def _toml(self) -> bytes:
        # JSON writes what a plan may hold as TOML does.
        words = self._said() | self._words
        lines = [f"{key} = {json.dumps(value)}" for key, value in words.items()]
        return "\n".join([f"[{TABLE}]", *lines, ""]).encode()

    def _said(self) -> dict[str, Any]:
        """Read what its author says that fits every kind. Raises InvalidRequest."""
        if NAME not in self._files.names():
            return {}
        try:
            table = tomllib.loads(self._files.read(NAME).decode()).get(TABLE, {})
        except ValueError as error:
            raise InvalidRequest(f"{NAME} cannot be read: {str(error)[:200]}.") from error
        return {key: value for key, value in dict(table).items() if key in OF_ANY_KIND}
