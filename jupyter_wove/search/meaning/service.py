"""The index of meaning with the model whose vectors it keeps."""

from array import array
from collections.abc import Callable, Collection, Sequence
from math import hypot
from uuid import UUID

from jupyter_wove.search.engines import Kind, Near, Sought, Text, Vector, VectorEngine
from jupyter_wove.search.meaning.embedding import Embedder
from jupyter_wove.search.meaning.fusion import CONSIDERED

AT_ONCE = 16  # texts: less than a second with MiniLM

Tell = Callable[[int, int], None]  # how many texts are read, of how many


class Meaning:
    """Finds what means the same."""

    def __init__(
        self, engine: VectorEngine, embedder: Embedder, before: VectorEngine | None = None
    ) -> None:
        self.engine = engine
        self.embedder = embedder
        self.before = before  # of which vectors are taken over, for models are slow, and cost

    def read(self, tell: Tell) -> int:
        """Give vectors to the texts that wait for them; return to how many it gave some."""
        given, (had, _) = 0, self.engine.progress()
        while texts := self.engine.take(AT_ONCE):
            self._give(texts)
            given += len(texts)
            tell(had + given, self.engine.progress()[1])
        return given

    def _give(self, texts: Sequence[Text]) -> None:
        digests = [each.digest for each in texts]
        try:
            vectors = self.before.known(digests) if self.before else {}
            vectors |= self._embedded([each for each in texts if each.digest not in vectors])
        except BaseException:
            self.engine.put_back(digests)
            raise
        self.engine.give(vectors)

    def _embedded(self, texts: Sequence[Text]) -> dict[str, Vector]:
        if not texts:
            return {}
        vectors = self.embedder.embed([each.words for each in texts])
        return dict(zip([each.digest for each in texts], vectors, strict=True))

    def waits(self) -> bool:
        """Tell whether a text has no vector yet."""
        done, total = self.engine.progress()
        return done < total

    def nearest(
        self,
        readings: Sequence[str],
        principals: Sequence[str],
        *,
        kinds: Collection[Kind] | None = None,
        limit: int = CONSIDERED,
    ) -> list[Near]:
        """Find what means much the same as some words, however they are read.

        Raises Unavailable.
        """
        vector = _middle(self.embedder.embed(readings))
        least = self.embedder.unrelated
        return self.engine.nearest(Sought(vector, principals, limit, least, kinds))

    def similar(self, id_: UUID, principals: Sequence[str], kind: Kind) -> list[Near]:
        """Find pages that mean much the same as that of a project or prompt, itself among them."""
        vector = self.engine.page(id_, principals)
        if vector is None:
            return []
        least = self.embedder.unrelated
        return self.engine.nearest(Sought(vector, principals, CONSIDERED, least, {kind}))


def _middle(vectors: Sequence[Vector]) -> Vector:
    """Point between vectors."""
    sums = array("f", map(sum, zip(*vectors, strict=True)))
    length = hypot(*sums) or 1.0
    return array("f", (each / length for each in sums))
