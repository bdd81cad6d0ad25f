"""One file of words, and what is asked of it."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, get_args

import msgspec

from jupyter_wove.search.engines import PUBLIC, Count, Found, Place, Shown, Wanted
from jupyter_wove.search.engines.embedded.generation import numbers
from jupyter_wove.search.engines.embedded.words import matching, schema, spelling, statements
from jupyter_wove.search.engines.embedded.words.conditions import Impossible, Reading
from jupyter_wove.search.engines.embedded.words.facts import folded, word_of
from jupyter_wove.search.engines.embedded.words.generation import LONGEST, Written
from jupyter_wove.search.facts import FactKind
from jupyter_wove.search.models import Field
from jupyter_wove.search.queries import Question, Term
from jupyter_wove.search.texts import ON, clean
from jupyter_wove.search.texts.highlights import fragments, marked_words, plain, snippet

MOST_VALUES = 100  # of one facet
MOST_WORDS = 20  # that are said to have been found
FIELDS: tuple[Field, ...] = get_args(Field)


class Words(Written):
    """An index of words from one rebuild to the next."""

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see; of very much, the newest."""
        if not wanted.question.asks:
            return []
        with self.connections.read() as connection:
            try:
                demands = Reading(connection).read(wanted)
            except Impossible:
                return []
            asked = {**_asked(wanted.principals), **demands.values, "match": demands.match}
            asked["sort"] = statements.SORTS.get(wanted.where)
            rows = connection.execute(statements.find(wanted, demands), asked)
            return [Found(*row) for row in rows]

    def located(self, wanted: Wanted, places: Sequence[Place]) -> dict[Place, Found]:
        """Find those of some places that a question would find without its words."""
        rest = msgspec.structs.replace(wanted.question, terms=())
        with self.connections.read() as connection:
            known = {id_: place for place in places for id_ in _ids(connection, place)}
            try:
                demands = Reading(connection).read(msgspec.structs.replace(wanted, question=rest))
            except Impossible:
                return {}
            asked = {**_asked(wanted.principals), **demands.values, "match": demands.match}
            asked |= {"sort": statements.SORTS.get(wanted.where), "ids": _json(list(known))}
            rows = connection.execute(statements.among(wanted, demands), asked)
            return {known[row[0]]: Found(*row) for row in rows}

    def shares(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, float]:
        """Tell which share of the words of a question each of some documents has."""
        terms, times = wanted.question.terms, Counter[int]()
        with self.connections.read() as connection, _taken(connection, wanted, ids):
            for each in terms:
                having = connection.execute(schema.HAVING, (matching.term(each),))
                times.update(id_ for (id_,) in having)
        return {id_: count / len(terms) for id_, count in times.items()}

    def show(self, wanted: Wanted, ids: Sequence[int]) -> dict[int, Shown]:
        """Tell what some of what was found says; what has gone meanwhile is left out."""
        with self.connections.read() as connection, _taken(connection, wanted, ids) as places:
            rows = {row[0]: row[1:] for row in connection.execute(schema.SHOW)}
            if words := marking(wanted.question):
                marked = connection.execute(schema.SHOW_MARKED, (words,))
                rows |= {row[0]: row[1:] for row in marked}
        return {id_: shown(row, *places[id_]) for id_, row in rows.items()}

    def facets(
        self, principals: Sequence[str], ids: Sequence[int], kinds: Sequence[FactKind]
    ) -> dict[FactKind, list[Count]]:
        """Count of how many of what was found the facts hold, the most frequent first."""
        asked = {**_asked(principals), "ids": _json(ids), "kinds": _json(kinds)}
        with self.connections.read() as connection:
            rows = connection.execute(statements.FACTS, asked).fetchall()
            of_projects = Counter(project for _, project in rows)
            words = Counter(" ".join(words for words, _ in rows).split())
            asked_for = tuple(word_of(kind, 0)[:-1] for kind in kinds)
            counts = Counter({int(w[2:]): n for w, n in words.items() if w.startswith(asked_for)})
            own = {"kinds": asked["kinds"], "projects": _json(list(of_projects))}
            for project, fact in connection.execute(statements.OWN_FACTS, own):
                counts[fact] += of_projects[project]
            named = {"kinds": asked["kinds"], "ids": _json(list(counts))}
            values = connection.execute(statements.NAMES, named).fetchall()
        return {kind: _most(values, kind, counts) for kind in kinds}

    def values(
        self, principals: Sequence[str], kind: FactKind, beginning: str, limit: int
    ) -> list[Count]:
        """List values of facts that begin so, of what these principals may see."""
        first = folded(beginning)
        asked = {**_asked(principals), "kind": kind, "first": first, "limit": limit}
        asked["last"] = spelling.after(first)
        statement = statements.VALUES if first else statements.POPULAR
        with self.connections.read() as connection:
            return [Count(*row) for row in connection.execute(statement, asked)]

    def titles(self, principals: Sequence[str], beginning: str, limit: int) -> list[str]:
        """List titles that have a word which begins so, the newest first."""
        term = Term(clean(beginning, LONGEST), prefix=True)
        match = f"title : {matching.term(term)}"
        asked = {**_asked(principals), "match": match, "limit": limit}
        with self.connections.read() as connection:
            rows = connection.execute(statements.TITLES, asked)
            return list(dict.fromkeys(plain(title) for (title,) in rows))

    def corrections(self, principals: Sequence[str], words: Sequence[str]) -> dict[str, str]:
        """Guess what was meant by those of some words that nothing has."""
        asked = _asked(principals)
        with self.connections.read() as connection:
            return _each(words, lambda word: spelling.correction(connection, asked, word))


@contextmanager
def _taken(
    connection: sqlite3.Connection, wanted: Wanted, ids: Sequence[int]
) -> Iterator[dict[int, tuple[Any, ...]]]:
    """Have some documents apart, as far as they may be seen; give the place of each.

    FTS5 looks a word up anew for each document: among few that takes no time.
    """
    asked = {**_asked(wanted.principals), "ids": _json(ids)}
    places = {row[0]: row[1:] for row in connection.execute(statements.PLACES, asked)}
    connection.execute(schema.TAKE, {"ids": _json(list(places))})
    yield places
    connection.execute(schema.PUT_BACK)


def _ids(connection: sqlite3.Connection, place: Place) -> Iterator[int]:
    """Number a document as this file does; pages below zero."""
    asked = (str(place.project), *place.part)
    for (part,) in connection.execute(statements.PART, asked):
        id_ = numbers(part)[place.number]
        yield id_ if place.part.path else -id_


def _each(words: Iterable[str], guess: Callable[[str], str | None]) -> dict[str, str]:
    return {word: meant for word in words if (meant := guess(word))}


def _asked(principals: Sequence[str]) -> dict[str, object]:
    members = [each for each in principals if each != PUBLIC]
    return {"principals": _json(members), "open": PUBLIC in principals}


def _json(values: Sequence[Any]) -> str:
    return msgspec.json.encode(list(values)).decode()


def marking(question: Question) -> str:
    """Ask for whatever is to be marked, of which something may have only some."""
    outputs = [list(each.values) for each in question.filters if each.name == "output"]
    words = [matching.wanted(question, every=False)] if question.terms else []
    return " OR ".join([*words, *(matching.either("output", each) for each in outputs)])


def shown(row: Sequence[Any], project: str, revision: int, path: str) -> Shown:
    """Read what something that was found says, with marks in its texts."""
    kind, cell, cell_id, label, title, *texts = row
    text = next((each for each in texts if ON in str(each)), next(filter(None, texts), ""))
    marked = dict(zip(("title", *schema.SHOWN), (title, *texts), strict=True))
    return Shown(
        project=project,
        revision=revision,
        kind=kind,
        path=path,
        cell=cell,
        cell_id=cell_id,
        title=fragments(str(title or label)),
        snippet=snippet(str(text)),
        fields=[field for field in FIELDS if ON in str(marked.get(field))],
        words=marked_words(*(str(each) for each in marked.values() if each))[:MOST_WORDS],
    )


def _most(rows: list[tuple[int, str, str]], kind: str, counts: Counter[int]) -> list[Count]:
    found = [Count(value, counts[id_]) for id_, each, value in rows if each == kind]
    return sorted(found, key=lambda each: (-each.times, each.value))[:MOST_VALUES]
