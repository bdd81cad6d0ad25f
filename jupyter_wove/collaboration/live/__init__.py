"""Documents that people have open, for operations that work on them as everybody sees them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

from jupyter_wove.kit.errors import Unavailable

if TYPE_CHECKING:
    from pycrdt import Doc

T = TypeVar("T")


class Live(Protocol):
    """Reads and edits documents in their rooms, from any thread but that of the event loop.

    Who calls must hold no transaction: a room stores what changes in one of its own.
    """

    def room_of(self, path: str) -> str:
        """Name the room of a file, by its path below the root. Raises NotFound."""

    def path_of(self, room: str) -> str:
        """Name the file of a room, or of the document beside which a room is. Raises NotFound."""

    def is_open(self, path: str) -> bool:
        """Tell whether somebody has a file open, by its path below the root."""

    def edit(self, room: str, change: Callable[["Doc[Any]"], T], author: str = "") -> T:
        """Change a document in one transaction, as the person with this id.

        Returns what `change` does, once it is on disk. Raises NotFound, and what `change`
        raises: it has to do so before it changes anything.
        """

    def read(self, room: str, look: Callable[["Doc[Any]"], T]) -> T:
        """Look at a document as it is now. Raises NotFound, and what `look` raises."""

    def save(self, room: str) -> None:
        """Have the file of a document written; wait a moment for it, not for ever."""

    def watch(self, room: str) -> None:
        """Tell of cells of a notebook that are run from now on; needs no wait."""


class NotLive:
    """Stands for the documents where there is no server in which people edit."""

    def room_of(self, path: str) -> str:
        """Raise Unavailable."""
        self._refuse()

    def path_of(self, room: str) -> str:
        """Raise Unavailable."""
        self._refuse()

    def is_open(self, path: str) -> bool:
        """Tell that nobody has."""
        return False

    def edit(self, room: str, change: Callable[["Doc[Any]"], T], author: str = "") -> T:
        """Raise Unavailable."""
        self._refuse()

    def read(self, room: str, look: Callable[["Doc[Any]"], T]) -> T:
        """Raise Unavailable."""
        self._refuse()

    def save(self, room: str) -> None:
        """Raise Unavailable."""
        self._refuse()

    def watch(self, room: str) -> None:
        """Watch nothing: nobody runs cells."""

    def _refuse(self) -> NoReturn:
        raise Unavailable("This needs a Jupyter server in which documents are edited together.")
