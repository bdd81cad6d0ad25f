"""Who was refused what, from what the way out says."""

from collections.abc import Callable

import msgspec

from jupyter_wove_runner.networks import Network

Refused = Callable[[str], None]
MOST = 100  # hosts that are remembered of one network


def sentence(host: str) -> str:
    """Tell somebody who may not know of any list what happened."""
    return f"{host} was refused: it is not among the hosts that may be reached from here."


class Expecting(msgspec.Struct):
    """A network, what was refused to it, and who wants to know."""

    network: Network
    refused: Refused | None
    hosts: list[str] = []


class Refusals:
    """Reads the log of the way out."""

    def __init__(self) -> None:
        self._expected: dict[str, Expecting] = {}

    def expect(self, network: Network, refused: Refused | None) -> None:
        """Tell of what is refused to a network from now on."""
        self._expected[network.name] = Expecting(network, refused)

    def forget(self, network: Network) -> None:
        """Tell no longer."""
        self._expected.pop(network.name, None)

    def of(self, network: Network) -> list[str]:
        """List what was refused to a network."""
        found = self._expected.get(network.name)
        return list(found.hosts) if found else []

    def read(self, line: str) -> None:
        """Take a line of the log: an address, what came of it, and the host."""
        match line.split():
            case [address, status, host] if "DENIED" in status:
                for each in self._expected.values():
                    if each.network.holds(address):
                        _tell(each, host)


def _tell(expecting: Expecting, host: str) -> None:
    if host in expecting.hosts or len(expecting.hosts) == MOST:
        return
    expecting.hosts.append(host)
    if expecting.refused:
        expecting.refused(host)
