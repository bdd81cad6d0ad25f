"""What a model is shown for one answer: looked at, told to people, and kept."""

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

from jupyter_wove_server.agents.sight import Focus, Sight, Told
from jupyter_wove_server.chat.answers import Account

if TYPE_CHECKING:
    from jupyter_wove.ai import InFront, Packed, Seen, Sights

RULES = "The people of this project want you to work by these rules."


class Look:
    """One look at what a person has open."""

    def __init__(self, person: str, account: Account) -> None:
        self._person = UUID(person)
        self._account = account
        self._view: InFront | None = None
        self._packed: Packed | None = None

    async def at(self, focus: Focus) -> "list[Seen]":
        """Look at a notebook; return its cells, as far as the person may see them."""
        self._view = await Sight().of(str(self._person), focus)
        return self._view.cells if self._view else []

    async def shown(self, question: str, tokens: int, told: Told) -> str:
        """Choose and write what the model is shown of it."""
        from jupyter_wove.ai import Wishes  # noqa: PLC0415 — with the first message

        view = self._view
        if view is None:
            return ""
        wishes = Wishes(frozenset(told.pinned), frozenset(told.dropped))
        pack = self._sights.pack
        packed = await Sight.serving.look(lambda: pack(view, question, tokens, wishes))
        self._packed = packed
        self._account.saw(view.notebook, packed)
        return packed.text

    async def rules(self) -> str:
        """Write the rules of the project that the person trusts, for the instructions."""
        rules = self._view.rules if self._view else []
        if not rules:
            return ""
        trusted = await Sight.serving.look(lambda: self._sights.trusted(self._person, rules))
        said = [f"# {each.path}\n\n{each.text}" for each in trusted]
        return "\n\n".join(["", RULES, *said]) if said else ""

    async def keep(self, message: str, model: str) -> None:
        """Keep what was shown for an answer, for the person who asked."""
        view, packed = self._view, self._packed
        if view is not None and packed is not None:
            keep = self._sights.keep
            work = lambda: keep(self._person, message, model, view.notebook, packed)  # noqa: E731
            await asyncio.shield(Sight.serving.change(work))

    @property
    def _sights(self) -> "Sights":
        return Sight.serving.wove.sights
