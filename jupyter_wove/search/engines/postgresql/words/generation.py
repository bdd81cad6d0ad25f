"""One generation of words, and what is said to it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from jupyter_wove.search.engines import Document, Part, State
from jupyter_wove.search.engines.embedded.generation import slots
from jupyter_wove.search.engines.embedded.words.generation import row
from jupyter_wove.search.engines.embedded.words.schema import INDEXED
from jupyter_wove.search.engines.embedded.words.spelling import words_of
from jupyter_wove.search.engines.postgresql.connections import Speech
from jupyter_wove.search.engines.postgresql.generation import Generation, numbers
from jupyter_wove.search.engines.postgresql.words import facts, schema, spelling
from jupyter_wove.search.engines.postgresql.words.lexemes import vector
from jupyter_wove.search.facts import Fact

Row = dict[str, Any]


class Prepared(NamedTuple):
    """The documents of a part as rows, with the slots for them; and what holds of all of it."""

    rows: list[tuple[int, Row]]
    facts: frozenset[Fact]
    words: str


class Written(Generation):
    """An index of words from one rebuild to the next, for those who write."""

    def prepared(self, part: Part, documents: Iterable[Document]) -> Prepared:
        """Write the documents of a part as rows."""
        kept = list(documents)
        rows = [(slot, _row(each)) for slot, each in zip(slots(kept), kept, strict=True)]
        held = frozenset[Fact]().union(*(each.facts for each in kept))
        return Prepared(rows, held, "" if part.path else words_of(kept))

    def keep(self, speech: Speech, number: int, part: Part, prepared: Prepared) -> None:
        """Keep the rows of a part."""
        places = numbers(number)
        rows = [
            {"id": places[slot], "part": number, **row}
            for slot, row in prepared.rows
            if slot < len(places)
        ]
        speech.say_each(schema.ADD_DOCUMENT[_table(part)], rows)
        speech.say_each(schema.ADD_PART_FACT, facts.rows(number, prepared.facts))
        if prepared.words:
            speech.say(schema.ADD_PAGE_WORDS, {"part": number, "words": prepared.words})

    def forget(self, speech: Speech, number: int, part: Part) -> None:
        """Forget the rows of a part."""
        ids = numbers(number)
        first_and_last = {"first": ids[0], "last": ids[-1]}
        speech.say(schema.FORGET_DOCUMENTS[_table(part)], first_and_last)
        speech.say(schema.FORGET_PART_FACTS, {"part": number})
        spelling.forget(speech, number)

    def settled(self, speech: Speech, project: int, state: State | None) -> None:
        """Keep what holds of all of a project."""
        facts.settle(speech, project, state)
        spelling.count(speech, project)
        if state is None:
            speech.say(schema.FORGET_ABOUT, {"project": project})
            return
        about = {name: getattr(state, name) for name in ("sort", "family", "stars", "remixes")}
        speech.say(schema.PUT_ABOUT, {"project": project, **about})


def _table(part: Part) -> str:
    cells, pages = schema.TABLES
    return cells if part.path else pages


def _row(document: Document) -> Row:
    values: Any = row(document)
    texts = dict(zip(INDEXED, values, strict=False))
    kind, cell, cell_id, label = values[len(INDEXED) :]
    return {
        "kind": kind,
        "cell": cell,
        "cell_id": cell_id and cell_id.replace("\0", ""),
        "label": label,
        "texts": list(texts.values()),
        "facts": sorted(f"{each.kind}:{facts.shown(each.value)}" for each in document.facts),
        "words": vector(texts, facts.written(document.facts)),
        "outputs": vector({"output": texts["output"]}) or None,
    }
