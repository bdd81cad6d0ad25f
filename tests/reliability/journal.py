"""What a client asked of a server that is killed now and then, and what it was answered."""

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

ASKED = object()


@dataclass
class Register:
    """Something that has one value: the one acknowledged last, or one asked for since."""

    known: Any
    asked: list[Any] = field(default_factory=list)

    def allows(self, value: Any) -> bool:
        """Tell whether the truth may be this."""
        return value == self.known or value in self.asked

    def settle(self, value: Any) -> None:
        """Note the truth, after a crash."""
        self.known, self.asked = value, []


class Journal:
    """Remembers every request that changes something."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.made: dict[str, dict[str, Any]] = defaultdict(dict)
        self.registers: dict[tuple[str, str], Register] = {}
        self.defects: list[str] = []
        self.counts: dict[str, int] = defaultdict(int)

    def asks_for(self, kind: str, name: str) -> None:
        """Note that something new was asked for, under a name of its own."""
        with self._lock:
            self.made[kind][name] = ASKED

    def has(self, kind: str, name: str, answer: Any) -> None:
        """Note that it was made, and as what."""
        with self._lock:
            self.made[kind][name] = answer
            self.counts[kind] += 1

    def refused(self, kind: str, name: str) -> None:
        """Note that it was not made."""
        with self._lock:
            del self.made[kind][name]
            self.counts["refused"] += 1

    def begin(self, kind: str, name: str, value: Any) -> None:
        """Note the first value of something."""
        with self._lock:
            self.registers.setdefault((kind, name), Register(value))

    def asks_to_set(self, kind: str, name: str, value: Any) -> None:
        """Note that a value was asked for."""
        with self._lock:
            self.registers[kind, name].asked.append(value)

    def is_set(self, kind: str, name: str, value: Any) -> None:
        """Note that a value was acknowledged, which ends every doubt about earlier ones."""
        with self._lock:
            self.registers[kind, name].settle(value)
            self.counts[kind] += 1

    def stays(self, kind: str, name: str, value: Any) -> None:
        """Note that a value was refused."""
        with self._lock:
            self.registers[kind, name].asked.remove(value)
            self.counts["refused"] += 1

    def doubtful(self) -> dict[tuple[str, str], Register]:
        """List what was asked for and never answered."""
        return {name: each for name, each in self.registers.items() if each.asked}

    def acknowledged(self, kind: str) -> dict[str, Any]:
        """List what was made for certain."""
        return {name: what for name, what in self.made[kind].items() if what is not ASKED}

    def defect(self, what: str) -> None:
        """Note an answer that nobody should get."""
        with self._lock:
            self.defects.append(what)
