"""Keep a version of a prompt: checked, numbered, bound to what it includes."""

from uuid import UUID

import msgspec

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Conflict
from jupyter_wove.kit.units import Unit
from jupyter_wove.prompts.comparison import compare, in_words
from jupyter_wove.prompts.format import Prompt, normalised, parse
from jupyter_wove.prompts.includes import Includes, Lock
from jupyter_wove.prompts.models import PromptVersioned
from jupyter_wove.prompts.numbering import Number, bumped, number_of
from jupyter_wove.prompts.store import PUBLIC, PromptStore, number_of_row
from jupyter_wove.prompts.tables import PromptRow, PromptVersionRow

MOST_WORDS = 20_000  # characters of a prompt that are searched


class Draft(msgspec.Struct, frozen=True):
    """A file that may become a version, and who wrote it."""

    file: str
    prompt: Prompt
    author_id: UUID
    note: str


class Keeping:
    """Adds versions to prompts, in one transaction."""

    def __init__(self, unit: Unit, actor: Actor) -> None:
        self.unit = unit
        self.actor = actor
        self.store = PromptStore(unit.session)
        self.includes = Includes(unit.session, actor)

    def draft(self, file: str, author_id: UUID, note: str) -> Draft:
        """Read a file. Raises Unreadable."""
        text = normalised(file)
        return Draft(text, parse(text), author_id, note)

    def begin(
        self, row: PromptRow, draft: Draft, number: Number, lock: Lock | None = None
    ) -> PromptVersionRow:
        """Keep the first version of a prompt, or the first of a fork with its lock."""
        return self._keep(row, draft, number, lock)

    def add(
        self, row: PromptRow, draft: Draft, number: str | None, base: str | None
    ) -> PromptVersionRow:
        """Keep a new version. Raises Conflict where it is none, or `base` is not the newest."""
        newest = self.store.newest(row.id)
        self._check(row, draft, newest, base)
        before = parse(self.store.text(newest.sha256))
        following = number_of_row(newest)
        bump = compare(before, draft.prompt, (str(following), "")).bump
        wanted = number_of(number) if number is not None else bumped(following, bump)
        if wanted <= following:
            raise Conflict(f"{wanted} is not above {following}, the newest version.")
        version = self._keep(row, draft, wanted, None)
        self.unit.emit(PromptVersioned(row.id, by=self.actor.id, number=str(wanted)))
        return version

    def _check(
        self, row: PromptRow, draft: Draft, newest: PromptVersionRow, base: str | None
    ) -> None:
        following, name = number_of_row(newest), draft.prompt.header.name
        if name != row.name:
            raise Conflict(
                f"This prompt is called {row.name}, and its file {name}. Fork it instead."
            )
        if base is not None and number_of(base) != following:
            raise Conflict(self._what_is_new(row, base, newest))
        if self.store.text(newest.sha256) == draft.file:
            raise Conflict(f"Nothing differs from {following}.")

    def _what_is_new(self, row: PromptRow, base: str, newest: PromptVersionRow) -> str:
        old = self.store.find(row.id, base)
        before, after = (parse(self.store.text(each.sha256)) for each in (old, newest))
        words = in_words(compare(before, after, (base, str(number_of_row(newest)))))
        return f"Since {base} there is {number_of_row(newest)}, which changed {words}."

    def _keep(
        self, row: PromptRow, draft: Draft, number: Number, lock: Lock | None
    ) -> PromptVersionRow:
        bound = self.includes.lock(row, draft.prompt) if lock is None else lock
        if row.visibility == PUBLIC:
            self.includes.demand_public(bound)
        version = PromptVersionRow(id=new_id(), prompt_id=row.id, author_id=draft.author_id)
        version.major, version.minor, version.patch = number
        version.sha256, version.lock = self.store.put_text(draft.file), bound
        version.note, version.at = draft.note, now()
        self._describe(row, draft.prompt, number)
        self.unit.session.add(version)
        self.unit.session.flush()
        return version

    def _describe(self, row: PromptRow, prompt: Prompt, number: Number) -> None:
        """Have the prompt say of itself what its newest version says."""
        header = prompt.header
        row.title, row.description = header.title or header.name, header.description
        row.kind, row.output = header.kind, header.output.type
        row.license, row.number, row.updated = header.license, str(number), now()
        sorts = {"tag": header.tags, "use_case": header.use_cases, "stack": header.stack}
        row.words = words_of(prompt)
        self.store.put_words(row.id, sorts)


def words_of(prompt: Prompt) -> str:
    """Write down what a search looks through."""
    header = prompt.header
    said = [header.name, header.title, header.description]
    said += [*header.tags, *header.use_cases, *header.stack, prompt.body]
    return "\n".join(said).lower()[:MOST_WORDS]
