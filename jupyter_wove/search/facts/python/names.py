"""Which whole name stands behind a short one, and what a name holds, while code is read."""

from typing import Literal, NamedTuple

from jupyter_wove.search.facts.python.texts import Texts

MOST_NAMES = 5_000  # in one layer
_DEEPEST = 50  # functions in functions


class Known(NamedTuple):
    """What is known of an expression.

    It is a `name` of a library, a `thing` that such a class made (at a `guess` by its name), or a
    `method` of one.
    """

    name: str
    kind: Literal["name", "thing", "guess", "method"] = "name"


class Names:
    """What is known of each name; a function's own names are forgotten when it ends."""

    def __init__(self) -> None:
        self._layers: list[dict[str, tuple[Known | None, Texts]]] = [{}]
        self.stars: list[str] = []  # modules of which everything was imported

    def bind(self, name: str, known: Known | None, texts: Texts = ()) -> None:
        """Say what a name stands for from now on."""
        layer = self._layers[-1]
        if name in layer or len(layer) < MOST_NAMES:
            layer[name] = known, texts

    def known(self, name: str) -> Known | None:
        """Tell what a name stands for."""
        return self._look(name)[0]

    def texts(self, name: str) -> Texts:
        """Tell which texts a name may hold."""
        return self._look(name)[1]

    def is_bound(self, name: str) -> bool:
        """Tell whether the code itself made a name."""
        return any(name in layer for layer in self._layers)

    def begin(self) -> None:
        """Begin a function."""
        self._layers.append({})

    def end(self) -> None:
        """End a function."""
        self._layers.pop()

    def _look(self, name: str) -> tuple[Known | None, Texts]:
        for layer in reversed(self._layers[-_DEEPEST:]):
            if name in layer:
                return layer[name]
        return self._layers[0].get(name, (None, ()))
