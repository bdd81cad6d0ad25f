"""One generation of code, and what is said to it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from jupyter_wove.search.engines import Document, Part, State
from jupyter_wove.search.engines.embedded.code.packing import File, Readings, file, readings
from jupyter_wove.search.engines.postgresql.code import schema
from jupyter_wove.search.engines.postgresql.code.trigrams import trigrams
from jupyter_wove.search.engines.postgresql.connections import Speech, take_turns
from jupyter_wove.search.engines.postgresql.generation import Generation


class Read(NamedTuple):
    """What is kept of a text beside itself."""

    readings: Readings
    trigrams: list[int]


class Prepared(NamedTuple):
    """A file, read already where its text seems to be new."""

    file: File
    read_already: Read | None
    read: Callable[[], Read]


class Code(Generation):
    """An index of code from one rebuild to the next."""

    def prepared(self, part: Part, documents: Iterable[Document]) -> Prepared | None:
        """Read a file that is new; None where there is nothing in it."""
        listed = list(documents)
        found = file(part, listed)
        if found is None:
            return None

        def read() -> Read:
            known = readings(listed, found, part.path)
            return Read(known, trigrams(known.words))

        with self.connections.read() as speech:
            is_known = _known(speech, found) is not None
        return Prepared(found, None if is_known else read(), read)

    def keep(self, speech: Speech, number: int, part: Part, prepared: Prepared | None) -> None:
        """Keep a file, and its text where nobody has had it yet."""
        if prepared is None:
            return
        take_turns(speech)  # nobody forgets the text meanwhile
        text = _known(speech, prepared.file)
        if text is None:
            text = _added(speech, prepared.file, prepared.read_already or prepared.read())
        langs = prepared.file.langs.split()
        speech.say(schema.ADD_FILE, {"part": number, "text": text, "langs": langs})

    def forget(self, speech: Speech, number: int, part: Part) -> None:
        """Forget a file, and its text when nobody has it any more."""
        take_turns(speech)
        for (text,) in speech.ask(schema.FORGET_FILE, {"part": number}):
            if speech.ask(schema.FORGET_TEXT, {"text": text}):
                speech.say(schema.FORGET_SYMBOLS, {"text": text})

    def settled(self, speech: Speech, project: int, state: State | None) -> None:
        """Note whose a project is, and of which family."""
        facts = state.facts if state else frozenset()
        owner = next((each.value for each in facts if each.kind == "user"), "")
        family = str(state.family) if state and state.family else f"of {project}"
        about = {"project": project, "owner": owner.lower(), "family": family}
        speech.say(schema.PUT_ABOUT, about)


def _known(speech: Speech, file: File) -> int | None:
    found: int | None = speech.ask_one(schema.KNOWN, {"digest": file.digest})
    return found


def _added(speech: Speech, file: File, read: Read) -> int:
    row = {
        "digest": file.digest,
        "body": file.body.text,
        "segments": file.segments,
        "whole": file.body.whole,
        "trigrams": read.trigrams,
    }
    text = int(speech.ask_one(schema.ADD_TEXT, row))
    keys, names = sorted(read.readings.keys), sorted(set(read.readings.names))
    speech.say_each(schema.ADD_SYMBOL, [{"key": each, "text": text} for each in keys])
    speech.say_each(schema.ADD_NAME, [{"length": len(each), "name": each} for each in names])
    return text
