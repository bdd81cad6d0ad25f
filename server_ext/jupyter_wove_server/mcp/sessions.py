"""What each program has seen of notebooks, by which its changes are judged."""

import secrets
from collections import OrderedDict

from jupyter_wove.kit.errors import NotFound
from jupyter_wove_server.agents.toolbox import Toolbox

MOST = 200
GONE = "There is no such session any more. Begin with `initialize`."


class Sessions:
    """The sessions of this server; whoever has been gone longest is forgotten first."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[str, Toolbox]] = OrderedDict()

    def open(self, person: str) -> str:
        """Begin a session of a person; return its name."""
        name = secrets.token_urlsafe(24)
        self._known[name] = person, Toolbox(person, None, "ask", _unheard)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return name

    def toolbox(self, name: str, person: str) -> Toolbox:
        """Find the tools of a session. Raises NotFound, also for those of others."""
        owner, toolbox = self._known.get(name, ("", None))
        if toolbox is None or owner != person:
            raise NotFound(GONE)
        self._known.move_to_end(name)
        return toolbox

    def close(self, name: str, person: str) -> None:
        """End a session. Raises NotFound."""
        self.toolbox(name, person)
        del self._known[name]


def _unheard(step: str) -> None:
    """Tell nobody of a step: the other program shows what it does."""
