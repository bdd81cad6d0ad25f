"""The lists of hosts, in the file that the way out reads."""

import json
from collections.abc import Iterable
from pathlib import Path

from jupyter_wove_runner.egress.listed import Rules
from jupyter_wove_runner.networks import Network


class Lists:
    """A list for each network; they outlive the runner, as the way out does."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def write(self, network: Network, asked: list[str], trusted: list[str]) -> None:
        """Write the list of a network."""
        self._replace(self._read() | {network.subnet: {"asked": asked, "trusted": trusted}})

    def remove(self, network: Network) -> None:
        """Let a network have no list any more."""
        rules = self._read()
        rules.pop(network.subnet, None)
        self._replace(rules)

    def any(self) -> bool:
        """Tell whether any network has a list."""
        return bool(self._read())

    def keep(self, networks: Iterable[Network]) -> list[Network]:
        """Forget the lists of all other networks, and return those that have one.

        Somebody else will get the addresses of a network that is gone.
        """
        rules = self._read()
        having = [each for each in networks if each.subnet in rules]
        self._replace({each.subnet: rules[each.subnet] for each in having})
        return having

    def _read(self) -> Rules:
        if not self._file.exists():
            return {}
        rules: Rules = json.loads(self._file.read_text())
        return rules

    def _replace(self, rules: Rules) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(rules))
        new.replace(self._file)
