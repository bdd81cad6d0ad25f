"""Deployments that failed again and again are left alone for a while."""

import time
from collections.abc import Callable
from dataclasses import dataclass

FAILURES = 3  # in a row, after which a deployment is left alone
LEFT_ALONE = 30.0  # seconds
LONGEST_LEFT_ALONE = 300.0  # seconds, however long a provider wants


@dataclass
class _Circuit:
    failures: int = 0
    open_until: float = 0.0
    is_probed: bool = False


class Circuits:
    """A circuit for each deployment: closed while it answers, open for a while after failures."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._circuits: dict[str, _Circuit] = {}

    def take(self, name: str) -> bool:
        """Tell whether it may be asked now; of those who want to know after a while, one may."""
        circuit = self._of(name)
        if circuit.failures < FAILURES and self._clock() >= circuit.open_until:
            return True
        if self._clock() < circuit.open_until or circuit.is_probed:
            return False
        circuit.is_probed = True
        return True

    def succeeded(self, name: str) -> None:
        """It answered: everybody may ask it."""
        self._circuits.pop(name, None)

    def let_go(self, name: str) -> None:
        """Nobody knows: who asked went away."""
        self._of(name).is_probed = False

    def failed(self, name: str, after: float | None) -> None:
        """It failed; `after` is in how many seconds it wants to be asked again, if it said so."""
        circuit = self._of(name)
        circuit.failures += 1
        circuit.is_probed = False
        pause = LEFT_ALONE if circuit.failures >= FAILURES else 0.0
        wanted = min(after or 0.0, LONGEST_LEFT_ALONE)
        circuit.open_until = max(circuit.open_until, self._clock() + max(pause, wanted))

    def _of(self, name: str) -> _Circuit:
        return self._circuits.setdefault(name, _Circuit())
