"""What can be done with prompts: add, find, share, fork, vote, take in, hand out."""

from typing import Literal
from uuid import UUID

from jupyter_wove.accounts import AccountStore, Actor
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.contract import Raw
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import Conflict, NotFound
from jupyter_wove.kit.paging import Page
from jupyter_wove.kit.units import Unit
from jupyter_wove.prompts.exchange import FORMATS, ExportName, exported, imported
from jupyter_wove.prompts.format import Kind, divided, dump, joined, parse, prompt_of, write
from jupyter_wove.prompts.format.models import OutputType, Unreadable
from jupyter_wove.prompts.includes import Includes, Lock
from jupyter_wove.prompts.lineage import lineage
from jupyter_wove.prompts.models import (
    NewFork,
    NewPrompt,
    PromptCard,
    PromptCreated,
    PromptDeleted,
    PromptForked,
    PromptLineage,
    PromptOrder,
    PromptPublished,
    PromptToImport,
    PromptUnpublished,
    PromptUnvoted,
    PromptVisibility,
    PromptVoted,
    Votes,
    Which,
)
from jupyter_wove.prompts.numbering import FIRST, Number, number_of
from jupyter_wove.prompts.policy import UNKNOWN, PromptAction
from jupyter_wove.prompts.store import (
    PUBLIC,
    PromptStore,
    has_word,
    says,
    shared_with,
    visible_to,
)
from jupyter_wove.prompts.tables import (
    PromptMemberRow,
    PromptOriginRow,
    PromptRow,
    PromptVoteRow,
)
from jupyter_wove.prompts.versions import Draft, Keeping
from jupyter_wove.prompts.views import PromptViews


class Prompts:
    """The library of prompts."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = PromptStore(unit.session)

    # ------------------------------------------------------------------ find

    def find(
        self,
        actor: Actor,
        words: str = "",
        use_case: str = "",
        stack: str = "",
        tag: str = "",
        output: OutputType = "",
        kind: Kind | Literal[""] = "",
        owner: str = "",
        mine: bool = False,
        order: PromptOrder = "votes",
        after: str | None = None,
        limit: int = 24,
    ) -> Page[PromptCard]:
        """List the prompts that one may see: those with most votes first, or the newest.

        They hold all of the words, and fit all else that is asked for; `mine` are one's own and
        those that are shared with one.
        """
        sorts = {"use_case": use_case, "stack": stack, "tag": tag}
        chosen = [shared_with(actor.id) if mine else visible_to(actor), *says(words)]
        chosen += [has_word(sort, word) for sort, word in sorts.items() if word]
        chosen += [PromptRow.output == output] if output else []
        chosen += [PromptRow.kind == kind] if kind else []
        if owner:
            person = AccountStore(self.unit.session).by_handle(owner)
            chosen.append(PromptRow.owner_id == person.id)
        page = self.store.listed(chosen, order, after, limit)
        return Page(self._views(actor).all(page.items), page.next)

    def get(self, actor: Actor, prompt_id: UUID) -> PromptCard:
        """Read about a prompt."""
        row = self.store.allowed(actor, prompt_id, PromptAction.SEE)
        return self._views(actor).one(row)

    def at_address(self, actor: Actor, owner: str, name: str) -> PromptCard:
        """Read about the prompt at an address."""
        row = self.store.at_address(owner, name)
        if row is None:
            raise NotFound(UNKNOWN)
        return self.get(actor, row.id)

    def lineage(self, actor: Actor, prompt_id: UUID) -> PromptLineage:
        """Read where a prompt comes from, and what others made of it."""
        self.store.allowed(actor, prompt_id, PromptAction.SEE)
        return lineage(self.store, self._views(actor), prompt_id)

    # ------------------------------------------------------------------ add

    def create(self, actor: Actor, body: NewPrompt) -> PromptCard:
        """Add a prompt, from its file."""
        draft = Keeping(self.unit, actor).draft(body.file, actor.id, body.note)
        row = self._add(actor, draft, number_of(body.number), body.visibility)
        return self._views(actor).one(row)

    def import_foreign(self, actor: Actor, body: PromptToImport) -> PromptCard:
        """Add a prompt that was written for Copilot, Langfuse, LangChain, promptfoo or as a skill.

        What its format says and ours cannot is kept beside, for the way back.
        """
        prompt = imported(body.format, body.text, body.name or "")
        draft = Keeping(self.unit, actor).draft(write(prompt), actor.id, "")
        row = self._add(actor, draft, FIRST, body.visibility)
        return self._views(actor).one(row)

    def fork(self, actor: Actor, prompt_id: UUID, body: NewFork) -> PromptCard:
        """Make a prompt of one's own from a version; it says where it comes from."""
        row = self.store.allowed(actor, prompt_id, PromptAction.USE, lock=True)
        version = self.store.find(prompt_id, body.version)
        said = Includes(self.unit.session, actor).said(row, version)
        taken = self.store.names_of(actor.id)
        changes = {"name": body.name or _free(row.name, taken), "forked_from": said}
        file = _with(self.store.text(version.sha256), changes)
        draft = Keeping(self.unit, actor).draft(file, actor.id, f"Fork of {said}")
        fork = self._add(actor, draft, FIRST, "private", version.lock)
        origin = PromptOriginRow(prompt_id=fork.id, origin_id=row.id, said=said, at=now())
        self.unit.session.add(origin)
        row.forks += 1
        self.unit.session.flush()
        self.unit.emit(PromptForked(fork.id, actor.id, row.id))
        return self._views(actor).one(fork)

    # ------------------------------------------------------------------ share

    def publish(self, actor: Actor, prompt_id: UUID) -> PromptCard:
        """Let everybody on this server see a prompt, with all its versions."""
        row = self.store.allowed(actor, prompt_id, PromptAction.MANAGE, lock=True)
        includes = Includes(self.unit.session, actor)
        includes.demand_public(self.store.newest(prompt_id).lock)
        return self._shown(actor, row, "public", PromptPublished(row.id, by=actor.id))

    def unpublish(self, actor: Actor, prompt_id: UUID) -> PromptCard:
        """Make a prompt private again; forks of it stay."""
        row = self.store.allowed(actor, prompt_id, PromptAction.MANAGE, lock=True)
        return self._shown(actor, row, "private", PromptUnpublished(row.id, by=actor.id))

    def delete(self, actor: Actor, prompt_id: UUID) -> None:
        """Delete a private prompt for good; forks of it stay, and still say its name."""
        row = self.store.allowed(actor, prompt_id, PromptAction.MANAGE, lock=True)
        if row.visibility == PUBLIC:
            raise Conflict("Others may use this prompt. Make it private first, then delete it.")
        texts = self.store.texts_of(prompt_id)
        self.unit.session.delete(row)
        self.unit.session.flush()
        self.store.drop_unused_texts(texts)
        self.unit.emit(PromptDeleted(prompt_id, by=actor.id))

    # ------------------------------------------------------------------ vote

    def vote(self, actor: Actor, prompt_id: UUID) -> Votes:
        """Vote for a prompt; doing it twice is the same as once."""
        row = self.store.allowed(actor, prompt_id, PromptAction.USE, lock=True)
        if self.store.vote(actor.id, prompt_id) is None:
            vote = PromptVoteRow(prompt_id=prompt_id, person_id=actor.id, at=now())
            self.unit.session.add(vote)
            row.votes += 1
            self.unit.emit(PromptVoted(prompt_id, by=actor.id))
        return Votes(row.votes, True)

    def unvote(self, actor: Actor, prompt_id: UUID) -> Votes:
        """Take one's vote back."""
        row = self.store.allowed(actor, prompt_id, PromptAction.USE, lock=True)
        if vote := self.store.vote(actor.id, prompt_id):
            self.unit.session.delete(vote)
            row.votes -= 1
            self.unit.emit(PromptUnvoted(prompt_id, by=actor.id))
        return Votes(row.votes, False)

    # ------------------------------------------------------------------ hand out

    def export(
        self,
        actor: Actor,
        prompt_id: UUID,
        format: ExportName = "wove",
        version: Which = "latest",
    ) -> Raw:
        """Download a version: its file, or as others write prompts, so that it can come back."""
        row = self.store.allowed(actor, prompt_id, PromptAction.SEE)
        file = self.store.text(self.store.find(prompt_id, version).sha256)
        if format == "wove":
            return Raw(file.encode(), "text/markdown", f"{row.name}.md")
        form = FORMATS[format]
        name = f"{row.name}{form.ending}" if form.ending.startswith(".") else form.ending
        return Raw(exported(format, parse(file)).encode(), form.media, name)

    # ------------------------------------------------------------------ parts

    def _views(self, actor: Actor) -> PromptViews:
        return PromptViews(self.unit.session, actor)

    def _add(
        self,
        actor: Actor,
        draft: Draft,
        number: Number,
        visibility: PromptVisibility,
        lock: Lock | None = None,
    ) -> PromptRow:
        session, name = self.unit.session, draft.prompt.header.name
        take_turn(session, f"prompts of {actor.id}")
        if name in self.store.names_of(actor.id):
            raise Conflict(f"You have a prompt {name} already. Add a version, or choose a name.")
        row = _row(actor, name, visibility)
        session.add(row)
        session.flush()
        owner = PromptMemberRow(prompt_id=row.id, person_id=actor.id, role="owner", since=now())
        session.add(owner)
        Keeping(self.unit, actor).begin(row, draft, number, lock)
        self.unit.emit(PromptCreated(row.id, by=actor.id))
        if visibility == PUBLIC:
            self.unit.emit(PromptPublished(row.id, by=actor.id))
        return row

    def _shown(
        self,
        actor: Actor,
        row: PromptRow,
        visibility: PromptVisibility,
        event: PromptPublished | PromptUnpublished,
    ) -> PromptCard:
        if row.visibility != visibility:
            row.visibility, row.updated = visibility, now()
            self.unit.session.flush()
            self.unit.emit(event)
        return self._views(actor).one(row)


def _row(actor: Actor, name: str, visibility: PromptVisibility) -> PromptRow:
    row = PromptRow(id=new_id(), owner_id=actor.id, name=name, visibility=visibility)
    row.title = row.description = row.kind = row.output = row.license = row.number = ""
    row.words, row.votes, row.forks = "", 0, 0
    row.created = row.updated = now()
    return row


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted[:58]}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (wanted, *numbered) if name not in taken)


def _with(file: str, changes: dict[str, str]) -> str:
    """Write other settings into a file; where they only come on top, the rest stays as it is."""
    prompt = parse(file)
    wanted = prompt_of(prompt.settings | changes, prompt.body)
    front, body = divided(file)
    new = {key: value for key, value in changes.items() if key not in prompt.settings}
    longer = joined((front or "") + dump(new), body)
    try:
        return longer if parse(longer) == wanted else write(wanted)
    except Unreadable:
        return write(wanted)
