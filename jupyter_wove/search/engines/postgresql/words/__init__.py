"""Words and facts in PostgreSQL's own full text search."""

from collections.abc import Sequence

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines import Count, Found, Place, Shown, Wanted
from jupyter_wove.search.engines.postgresql.engine import Postgresql
from jupyter_wove.search.engines.postgresql.words.asking import Words
from jupyter_wove.search.facts import FactKind


class PostgresqlWords(Postgresql[Words]):
    """Finds words and facts, in schemas of its own."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, Words)

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see, in any order; of very much, only the newest."""
        return self.ask(lambda generation: generation.find(wanted))

    def located(self, wanted: Wanted, places: Sequence[Place]) -> dict[Place, Found]:
        """Find those of some places that a question would find without its words."""
        return self.ask(lambda generation: generation.located(wanted, places))

    def shares(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, float]:
        """Tell which share of the words of a question each of some documents has."""
        return self.ask(lambda generation: generation.shares(wanted, ids))

    def show(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, Shown]:
        """Tell what some of what was found says; what has gone meanwhile is left out."""
        return self.ask(lambda generation: generation.show(wanted, ids))

    def facets(
        self, principals: Sequence[str], ids: Sequence[int], kinds: Sequence[FactKind]
    ) -> dict[FactKind, list[Count]]:
        """Count of how many of what was found the facts hold, the most frequent first."""
        return self.ask(lambda generation: generation.facets(principals, ids, kinds))

    def values(
        self, principals: Sequence[str], kind: FactKind, beginning: str, limit: int
    ) -> list[Count]:
        """List values of facts that begin so, of what these principals may see."""
        return self.ask(lambda generation: generation.values(principals, kind, beginning, limit))

    def titles(self, principals: Sequence[str], beginning: str, limit: int) -> list[str]:
        """List titles that have a word which begins so, the newest first."""
        return self.ask(lambda generation: generation.titles(principals, beginning, limit))

    def corrections(self, principals: Sequence[str], words: Sequence[str]) -> dict[str, str]:
        """Guess what was meant by those of some words that nothing has."""
        return self.ask(lambda generation: generation.corrections(principals, words))


__all__ = ["PostgresqlWords"]
