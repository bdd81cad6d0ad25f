"""What means much the same as a question, beside what has its words."""

import re
from typing import NamedTuple
from uuid import UUID

import msgspec

from jupyter_wove.search.engines import Found, KeywordEngine, Kind, Near, Wanted
from jupyter_wove.search.finding.candidates import Candidates, Seen
from jupyter_wove.search.meaning import CODE, CONSIDERED, TEXT, Meaning, Worded, fuse
from jupyter_wove.search.meaning.wordpieces import vocabulary
from jupyter_wove.search.models import Where
from jupyter_wove.search.queries import Question, Term, pieces

MOST_COUNTED = 40  # of what has any of the words, for how many of them
LEAST_SAID = 4  # words of a sentence
MOST_SIEVED = 2_000  # of what is near, where qualifiers leave only some of it

KINDS: dict[Where, list[Kind]] = {
    "all": ["project", "file", "cell", "prompt"],
    "projects": ["project"],
    "cells": ["cell"],
    "files": ["file"],
    "prompts": ["prompt"],
}
# What people call things by in code: dots, low lines, brackets or a hump within the word.
_NAME = re.compile(r"[\w.]*(?:\w\w\.\w|\w_|_\w|\w\(|[a-z][A-Z])[\w.()]*")


class Fusing(NamedTuple):
    """What it takes to look for a meaning among what somebody may see."""

    engine: KeywordEngine
    meaning: Meaning
    seen: Seen

    def fused(self, typed: str, wanted: Wanted, found: Candidates) -> list[Found]:
        """Score what has the words and what means the same by both. Raises Unavailable."""
        words = meant(typed)
        if not words or wanted.where not in KINDS or wanted.question.patterns:
            return found.found
        near = self._near([words, *self._spelled(words, wanted)], wanted)
        said = self._said(found)
        cosines = {each.id: each.score for each in near}
        every = {each.id: each for each in [*near, *found.found]}
        is_for_code = is_code(words) or (wanted.where == "files" and not is_sentence(words))
        scores = fuse(said, cosines, CODE if is_for_code else TEXT)
        return [
            every[id_]._replace(score=score, meant=id_ in cosines) for id_, score in scores.items()
        ]

    def alike(self, id_: UUID, wanted: Wanted, *, remixes: bool) -> list[Found]:
        """Find what means much the same as a project or a prompt; of its family, if wanted."""
        kind, own = KINDS[wanted.where][0], str(id_)
        near = self._located(self.meaning.similar(id_, wanted.principals, kind), wanted)
        family = next((each.family for each in near if each.project == own), None)
        return [
            each._replace(meant=True)
            for each in near
            if each.project != own and (remixes or family is None or each.family != family)
        ]

    def _spelled(self, words: str, wanted: Wanted) -> list[str]:
        """Correct what neither the index nor the model knows; both would guess wildly."""
        strange = [each for each in words.split() if each.lower() not in vocabulary()]
        meant = self.engine.corrections(wanted.principals, strange)
        return [" ".join(meant.get(each, each) for each in words.split())] if meant else []

    def _said(self, found: Candidates) -> dict[int, Worded]:
        """Tell how well words fit: where any of them will do, those that have more fit better."""
        if found.stage != "any":
            return {each.id: Worded(each.score, 1.0) for each in found.found}
        best = sorted(found.found, key=lambda each: -each.score)[:MOST_COUNTED]
        shares = self.engine.shares(found.wanted, [each.id for each in best])
        least = 1 / len(found.wanted.question.terms)
        return {each.id: Worded(each.score, shares.get(each.id, least)) for each in found.found}

    def _near(self, words: list[str], wanted: Wanted) -> list[Found]:
        """Find what is near, as the index of words knows it, with the cosines as scores."""
        is_free = msgspec.structs.replace(wanted.question, terms=()) == Question()
        limit = CONSIDERED if is_free else MOST_SIEVED
        kinds = KINDS[wanted.where]
        near = self.meaning.nearest(words, wanted.principals, kinds=kinds, limit=limit)
        return self._located(near, wanted)[:CONSIDERED]

    def _located(self, near: list[Near], wanted: Wanted) -> list[Found]:
        located = self.engine.located(wanted, [each.place for each in near])
        scored = [
            located[each.place]._replace(score=each.cosine)
            for each in near
            if each.place in located
        ]
        return self.seen(scored)


def meant(typed: str) -> str:
    """Leave of what was typed what a model understands: the words, but not one phrase alone."""
    terms = [each.what for each in pieces(typed) if isinstance(each.what, Term)]
    if len(terms) == 1 and not terms[0].prefix and '"' in typed:
        return ""
    return " ".join(each.text for each in terms)


def is_code(words: str) -> bool:
    """Tell whether somebody asks for names in code: those are words, and what counts."""
    return any(map(_NAME.fullmatch, words.split()))


def is_sentence(words: str) -> bool:
    """Tell whether somebody says what code does; its words are hardly those that say so."""
    return len(words.split()) >= LEAST_SAID
