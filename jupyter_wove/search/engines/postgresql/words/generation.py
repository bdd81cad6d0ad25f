"""One generation of words, and what is asked of it and said to it."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines import PUBLIC, Document, Found, Part, Position, Wanted
from jupyter_wove.search.engines.embedded.words.generation import found, row
from jupyter_wove.search.engines.embedded.words.matching import expression
from jupyter_wove.search.engines.embedded.words.schema import (
    INDEXED,
    MOST_OF_ONE_PROJECT,
    MOST_RANKED,
)
from jupyter_wove.search.engines.postgresql.connections import Speech
from jupyter_wove.search.engines.postgresql.generation import Generation, numbers
from jupyter_wove.search.engines.postgresql.words import schema
from jupyter_wove.search.engines.postgresql.words.lexemes import vector
from jupyter_wove.search.engines.postgresql.words.marks import marked
from jupyter_wove.search.engines.postgresql.words.matching import Match, match
from jupyter_wove.search.engines.postgresql.words.rarity import Rarity

FIRST = Position(float("-inf"), 0)  # before every position


class Words(Generation):
    """An index of words from one rebuild to the next."""

    layout: ClassVar = schema.LAYOUT

    def __init__(self, database: Database, name: str, *, fresh: bool = False) -> None:
        super().__init__(database, name, fresh=fresh)
        self._rarity = Rarity()

    def find(self, wanted: Wanted) -> list[Found]:
        """Find what these principals may see, best first."""
        looked_for = match(wanted.question, every=wanted.every)
        with self.connections.read() as speech:
            if not looked_for.whole:
                return []
            self._rarity.look(speech)
            rows = speech.ask(schema.FIND, self._asked(wanted, looked_for))
        words = expression(wanted.question, every=wanted.every)
        texts = marked([each[-1] for each in rows], words)
        return [
            found((id_, *said, *shown), Position(score, id_))
            for (id_, score, *said, _), shown in zip(rows, texts, strict=True)
        ]

    def prepared(self, part: Part, documents: Iterable[Document]) -> list[dict[str, Any]]:
        """Write the documents of a part as rows."""
        return [_row(each) for each in documents]

    def keep(
        self, speech: Speech, number: int, part: Part, prepared: list[dict[str, Any]]
    ) -> None:
        """Keep the rows of a part."""
        rows = [
            {"id": id_, "part": number, **row}
            for id_, row in zip(numbers(number), prepared, strict=False)
        ]
        speech.say_each(schema.ADD_DOCUMENT[_table(part)], rows)

    def forget(self, speech: Speech, number: int, part: Part) -> None:
        """Forget the rows of a part."""
        ids = numbers(number)
        first_and_last = {"first": ids[0], "last": ids[-1]}
        speech.say(schema.FORGET_DOCUMENTS[_table(part)], first_and_last)

    def _asked(self, wanted: Wanted, looked_for: Match) -> dict[str, Any]:
        score, id_ = wanted.after or FIRST
        return {
            "match": looked_for.whole,
            "terms": [" | ".join(term.forms) for term in looked_for.terms],
            "rarities": [self._rarity.of(term.words) for term in looked_for.terms],
            "sizes": [float(len(term.forms)) for term in looked_for.terms],
            "principals": [each for each in wanted.principals if each != PUBLIC],
            "open": PUBLIC in wanted.principals,
            "cells": wanted.where != "projects",
            "pages": wanted.where != "cells",
            "most": MOST_OF_ONE_PROJECT if wanted.where == "all" else MOST_RANKED,
            "score": score,
            "after": id_,
            "limit": wanted.limit,
        }


def _table(part: Part) -> str:
    cells, pages = schema.TABLES
    return cells if part.path else pages


def _row(document: Document) -> dict[str, Any]:
    values: Sequence[Any] = row(document)
    texts = dict(zip(INDEXED, values, strict=False))
    kind, cell, cell_id, label = values[len(INDEXED) :]
    return {
        "kind": kind,
        "cell": cell,
        "cell_id": cell_id,
        "label": label,
        "texts": list(texts.values()),
        "words": vector(texts),
    }
