"""One generation of vectors, and what is asked of it and said to it."""

import math
import time
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec

from jupyter_wove.search.engines import (
    PUBLIC,
    Damaged,
    Document,
    Near,
    Part,
    Place,
    Sought,
    Text,
    Vector,
)
from jupyter_wove.search.engines.embedded.generation import slots
from jupyter_wove.search.engines.embedded.vectors.generation import Said, said
from jupyter_wove.search.engines.postgresql.connections import Speech, plain_errors, take_turns
from jupyter_wove.search.engines.postgresql.generation import Generation, numbers
from jupyter_wove.search.engines.postgresql.vectors import schema


class Vectors(Generation):
    """An index of meanings from one rebuild to the next."""

    def prepared(self, part: Part, documents: Iterable[Document]) -> Said:
        """Take the texts out of documents."""
        kept = list(documents)
        return said(zip(slots(kept), kept, strict=True))

    def keep(self, speech: Speech, number: int, part: Part, prepared: Said) -> None:
        """Keep texts; those that were said before may have their vectors already."""
        places = numbers(number)
        pieces = [
            {"document": places[slot], "kind": kind, "digest": text.digest, "words": text.words}
            for slot, kind, texts in prepared
            for text in texts
        ]
        if pieces:
            take_turns(speech)  # nobody forgets a text between these two
            speech.say_each(schema.ADD_TEXT, pieces)
            speech.say_each(schema.ADD_PIECE, pieces)

    def forget(self, speech: Speech, number: int, part: Part) -> None:
        """Forget what was said, unless it is also said elsewhere."""
        ids = numbers(number)
        take_turns(speech)
        forgotten = speech.ask(schema.FORGET_PIECES, {"first": ids[0], "last": ids[-1]})
        speech.say(schema.FORGET_TEXTS, {"ids": [text for (text,) in forgotten]})

    def succeed(self, old: Generation) -> None:
        """Take the vectors over that the generation in use has of the same texts."""
        adopt = schema.ADOPT.replace("{old}", old.name)
        with self.connections.write() as speech, suppress(Damaged), plain_errors():
            speech.attempt(adopt)

    def take(self, most: int) -> list[Text]:
        """Take texts that have no vector yet."""
        now = time.time()
        asked = {"now": now, "before": now - schema.LEASE, "most": most}
        with self.connections.write() as speech:
            taken = sorted(speech.ask(schema.TAKE, asked), reverse=True)
        return [Text(digest, words) for _, digest, words in taken]

    def give(self, vectors: Mapping[str, Vector]) -> None:
        """Give texts their vectors."""
        rows = [{"digest": each, "vector": _written(vectors[each])} for each in sorted(vectors)]
        with self.connections.write() as speech:
            speech.say_each(schema.GIVE, rows)

    def put_back(self, digests: Sequence[str]) -> None:
        """Leave texts that were taken to others."""
        with self.connections.write() as speech:
            speech.say(schema.PUT_BACK, {"digests": list(digests)})

    def known(self, digests: Sequence[str]) -> dict[str, Vector]:
        """Tell the vectors that some texts have, by digest."""
        with self.connections.read() as speech:
            rows = speech.ask(schema.KNOWN, {"digests": list(digests)})
        return {digest: _read(written) for digest, written in rows}

    def progress(self) -> tuple[int, int]:
        """Tell how many texts have vectors, and how many there are."""
        with self.connections.read() as speech:
            ((done, total),) = speech.ask(schema.PROGRESS)
        return done, total

    def nearest(self, sought: Sought) -> list[Near]:
        """Find what these principals may see, the nearest first."""
        asked = {
            **_seeing(sought.principals),
            "vector": _written(sought.vector),
            "least": sought.least,
            "limit": sought.limit,
            "kinds": None if sought.kinds is None else sorted(sought.kinds),
        }
        with self.connections.read() as speech:
            rows = speech.ask(schema.NEAREST, asked)
        return [
            Near(Place(project, Part(path, digest), slot), cosine)
            for project, path, digest, slot, cosine in rows
        ]

    def page(self, project: UUID, principals: Sequence[str], dimension: int) -> Vector | None:
        """Say what the page of a project means, on average; its tables know the dimension."""
        with self.connections.read() as speech:
            mean = speech.ask_one(schema.PAGE, {**_seeing(principals), "project": project})
        return _read(mean) if mean else None


def _seeing(principals: Sequence[str]) -> dict[str, Any]:
    members = [each for each in principals if each != PUBLIC]
    return {"open": PUBLIC in principals, "principals": members}


def _written(vector: Vector) -> str:
    return msgspec.json.encode(list(vector)).decode()


def _read(written: str) -> Vector:
    """Read a vector, and have it point as far as all others."""
    numbers = msgspec.json.decode(written, type=list[float])
    length = math.hypot(*numbers) or 1.0
    return array("f", (each / length for each in numbers))
