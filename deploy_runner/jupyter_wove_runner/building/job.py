"""One build while it is under way: what was ordered, its files, and what is told of it."""

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from jupyter_wove.runner import BuildOrder, Line, Plan, Stage, StageName
from jupyter_wove_runner.building.telling import Tell
from jupyter_wove_runner.containers import Labels

REMEMBERED = 400  # lines, in which a reason is looked for


@dataclass
class Job:
    """A build; `source` is the folder of its unpacked files.

    What is `patient` lets others have the processors first.
    """

    order: BuildOrder
    source: Path
    tell: Tell
    patient: bool = False
    refused: list[str] = field(default_factory=list)
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    @property
    def plan(self) -> Plan:
        """Say what is wanted."""
        return self.order.plan

    @property
    def labels(self) -> Labels:
        """Write on what is made for it whose it is."""
        return Labels(app=str(self.order.app_id), job=str(self.order.id))

    def stage(self, name: StageName) -> None:
        """Begin another part of the work; what was heard before explains nothing in it."""
        self.lines.clear()
        self.tell(Stage(name))

    def say(self, text: str) -> None:
        """Say something in Wove's own name."""
        self.tell(Line("wove", text))

    def hear(self, line: Line) -> None:
        """Pass on a line of a sandbox, and remember it."""
        self.lines.append(line.text)
        self.tell(line)

    def refuse(self, host: str) -> None:
        """Note a host that was asked for and may not be reached."""
        self.refused.append(host)
        self.say(f"{host} was refused: it is not among the hosts that may be reached from here.")
