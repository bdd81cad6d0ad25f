"""One generation of words, and what is asked of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from jupyter_wove.search.engines import PUBLIC, Count, Found, Place, Shown, Wanted
from jupyter_wove.search.engines.embedded.words.asking import MOST_VALUES, marking, shown
from jupyter_wove.search.engines.embedded.words.facts import folded
from jupyter_wove.search.engines.embedded.words.generation import LONGEST
from jupyter_wove.search.engines.embedded.words.spelling import after
from jupyter_wove.search.engines.embedded.words.statements import SORTS
from jupyter_wove.search.engines.postgresql.connections import Connections, Speech
from jupyter_wove.search.engines.postgresql.generation import numbers
from jupyter_wove.search.engines.postgresql.words import matching, spelling, statements
from jupyter_wove.search.engines.postgresql.words.conditions import Demands, Reading
from jupyter_wove.search.engines.postgresql.words.generation import Written
from jupyter_wove.search.engines.postgresql.words.marks import marked
from jupyter_wove.search.engines.postgresql.words.rarity import Rarity
from jupyter_wove.search.facts import FactKind
from jupyter_wove.search.queries import Term
from jupyter_wove.search.texts import clean
from jupyter_wove.search.texts.highlights import plain


class Words(Written):
    """An index of words from one rebuild to the next."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._rarity = Rarity()

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see; of very much, the newest."""
        with self.connections.read() as speech:
            demands = Reading(speech).read(wanted) if wanted.question.asks else None
            if demands is None:
                return []
            self._rarity.look(speech)
            asked = {**_demanded(wanted, demands), **self._ranking(demands)}
            return [Found(*row) for row in speech.ask(statements.find(wanted, demands), asked)]

    def located(self, wanted: Wanted, places: Sequence[Place]) -> dict[Place, Found]:
        """Find those of some places that a question would find without its words."""
        rest = msgspec.structs.replace(wanted.question, terms=())
        bare = msgspec.structs.replace(wanted, question=rest)
        with self.connections.read() as speech:
            known = _ids(speech, places)
            demands = Reading(speech).read(bare)
            if demands is None:
                return {}
            asked = {**_demanded(bare, demands), "ids": list(known)}
            rows = speech.ask(statements.among(bare, demands), asked)
        return {known[row[0]]: Found(*row) for row in rows}

    def shares(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, float]:
        """Tell which share of the words of a question each of some documents has."""
        terms = wanted.question.terms
        known = [each for term in terms if (each := matching.term(term))]
        asked = {**_asked(wanted.principals), "ids": list(ids), "terms": known}
        with self.connections.read() as speech:
            rows = speech.ask(statements.HAVING, asked)
        return {id_: count / len(terms) for id_, count in rows}

    def show(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, Shown]:
        """Tell what some of what was found says; what has gone meanwhile is left out."""
        with self.connections.read() as speech:
            rows = speech.ask(statements.SHOW, {**_asked(wanted.principals), "ids": list(ids)})
        texts = marked([row[-1] for row in rows], marking(wanted.question))
        return {
            id_: shown((*kept, *said), str(project), revision, path)
            for (id_, project, revision, path, *kept, _), said in zip(rows, texts, strict=True)
        }

    def facets(
        self, principals: Sequence[str], ids: Sequence[int], kinds: Sequence[FactKind]
    ) -> dict[FactKind, list[Count]]:
        """Count of how many of what was found the facts hold, the most frequent first."""
        asked = {**_asked(principals), "ids": list(ids), "kinds": list(kinds)}
        with self.connections.read() as speech:
            rows = speech.ask(statements.FACTS, asked)
        return {kind: _most(value for value in rows if value[0] == kind) for kind in kinds}

    def values(
        self, principals: Sequence[str], kind: FactKind, beginning: str, limit: int
    ) -> list[Count]:
        """List values of facts that begin so, of what these principals may see."""
        first = folded(beginning)
        asked = {"kind": kind, "first": first, "last": after(first), "limit": limit}
        with self.connections.read() as speech:
            rows = speech.ask(statements.VALUES, {**_asked(principals), **asked})
        return [Count(*row) for row in rows]

    def titles(self, principals: Sequence[str], beginning: str, limit: int) -> list[str]:
        """List titles that have a word which begins so, the newest first."""
        term = Term(clean(beginning, LONGEST), prefix=True)
        asked = {"match": matching.in_titles(term), "limit": limit}
        if not asked["match"]:
            return []
        with self.connections.read() as speech:
            rows = speech.ask(statements.TITLES, {**_asked(principals), **asked})
        return list(dict.fromkeys(plain(title) for (title,) in rows))

    def corrections(self, principals: Sequence[str], words: Sequence[str]) -> dict[str, str]:
        """Guess what was meant by those of some words that nothing has."""
        asked = _asked(principals)
        with self.connections.read() as speech:
            guesses = {word: spelling.correction(speech, asked, word) for word in words}
        return {word: meant for word, meant in guesses.items() if meant}

    def _ranking(self, demands: Demands) -> dict[str, Any]:
        terms = demands.terms.terms
        return {
            "terms": [" | ".join(term.forms) for term in terms],
            "rarities": [self._rarity.of(term.words) for term in terms],
            "sizes": [float(len(term.forms)) for term in terms],
        }


def _asked(principals: Sequence[str]) -> dict[str, Any]:
    members = [each for each in principals if each != PUBLIC]
    return {"principals": members, "open": PUBLIC in principals}


def _demanded(wanted: Wanted, demands: Demands) -> dict[str, Any]:
    asked = {"match": demands.match, "sort": SORTS.get(wanted.where)}
    return {**_asked(wanted.principals), **demands.values, **asked}


def _ids(speech: Speech, places: Sequence[Place]) -> dict[int, Place]:
    """Number documents as this index does; pages below zero."""
    asked = {
        "projects": [each.project for each in places],
        "paths": [each.part.path for each in places],
        "digests": [each.part.digest for each in places],
    }
    known = {}
    for at, part in speech.ask(statements.PLACES, asked):
        id_ = numbers(part)[places[at].number]
        known[id_ if places[at].part.path else -id_] = places[at]
    return known


def _most(rows: Iterable[tuple[Any, ...]]) -> list[Count]:
    """Count values together that differ by nothing but how they are written."""
    times, written = Counter[str](), dict[str, str]()
    for _, value, count in rows:
        times[folded(value)] += int(count)
        written.setdefault(folded(value), value)
    found = [Count(written[key], many) for key, many in times.items()]
    return sorted(found, key=lambda each: (-each.times, each.value))[:MOST_VALUES]
