"""Words of public pages, counted; those that are nowhere are guessed from them."""

from typing import Any

from jupyter_wove.search.engines.embedded.words.spelling import closest, is_word, letters
from jupyter_wove.search.engines.postgresql.connections import Speech, count_alone
from jupyter_wove.search.engines.postgresql.words import schema, statements
from jupyter_wove.search.engines.postgresql.words.matching import phrase

MOST_MISTAKES = 2


def count(speech: Speech, project: int) -> None:
    """Count the words of pages that have become public, and not those of others any more."""
    if speech.counts:
        for words, public in speech.ask(schema.TO_COUNT, {"project": project}):
            _count(speech, words, 1 if public else -1)


def forget(speech: Speech, part: int) -> None:
    """Do not count the words of a page any more, if they were."""
    if words := speech.ask_one(schema.FORGET_PAGE_WORDS, {"part": part}):
        _count(speech, words, -1)


def correction(speech: Speech, asked: dict[str, Any], word: str) -> str | None:
    """Guess what was meant by a word, if nothing that is seen has it."""
    plain = word.casefold()
    if not is_word(plain) or speech.ask_one(statements.KNOWN, {"word": plain}):
        return None
    if speech.ask_one(statements.HELD, {**asked, "match": phrase(word)}):
        return None
    around = {"least": len(plain) - MOST_MISTAKES, "most": len(plain) + MOST_MISTAKES}
    others = speech.ask(statements.ALIKE, {**letters(plain), **around})
    return closest(plain, ((other, public) for other, public in others))


def _count(speech: Speech, words: str, change: int) -> None:
    count_alone(speech)
    rows = [{"word": word, "change": change} for word in words.split()]
    speech.say_each(schema.COUNT_WORD, rows)
