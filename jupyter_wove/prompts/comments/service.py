"""What can be done with comments on a prompt."""

from uuid import UUID

from sqlalchemy import select

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.columns import new_id, now
from jupyter_wove.kit.errors import Forbidden, NotFound
from jupyter_wove.kit.paging import Page, keyset
from jupyter_wove.kit.units import Unit
from jupyter_wove.prompts.comments.models import NewPromptComment, PromptComment
from jupyter_wove.prompts.models import PromptCommented
from jupyter_wove.prompts.policy import PromptAction
from jupyter_wove.prompts.store import PromptStore
from jupyter_wove.prompts.tables import PromptCommentRow
from jupyter_wove.prompts.views import PromptViews


class PromptComments:
    """What people say about a prompt."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.store = PromptStore(unit.session)

    def all(
        self, actor: Actor, prompt_id: UUID, after: str | None = None, limit: int = 50
    ) -> Page[PromptComment]:
        """List the comments on a prompt, oldest first."""
        self.store.allowed(actor, prompt_id, PromptAction.SEE)
        wanted = select(PromptCommentRow).where(PromptCommentRow.prompt_id == prompt_id)
        page = keyset(self.unit.session, wanted, [PromptCommentRow.id.asc()], after, limit)
        return Page(self._views(actor, page.items), page.next)

    def add(self, actor: Actor, prompt_id: UUID, body: NewPromptComment) -> PromptComment:
        """Say something about a prompt."""
        self.store.allowed(actor, prompt_id, PromptAction.USE, lock=True)
        row = PromptCommentRow(id=new_id(), prompt_id=prompt_id, author_id=actor.id)
        row.text, row.created = body.text, now()
        self.unit.session.add(row)
        self.unit.session.flush()
        self.unit.emit(PromptCommented(prompt_id, actor.id, row.id))
        return self._views(actor, [row])[0]

    def change(
        self, actor: Actor, prompt_id: UUID, comment_id: UUID, body: NewPromptComment
    ) -> PromptComment:
        """Change what one said."""
        row = self._found(actor, prompt_id, comment_id)
        if row.author_id != actor.id:
            raise Forbidden("Only its author can change a comment.")
        row.text, row.edited = body.text, now()
        return self._views(actor, [row])[0]

    def remove(self, actor: Actor, prompt_id: UUID, comment_id: UUID) -> None:
        """Take back what one said; editors and owners of the prompt may too."""
        row = self._found(actor, prompt_id, comment_id)
        if row.author_id != actor.id:
            self.store.allowed(actor, prompt_id, PromptAction.EDIT)
        self.unit.session.delete(row)

    def _found(self, actor: Actor, prompt_id: UUID, comment_id: UUID) -> PromptCommentRow:
        self.store.allowed(actor, prompt_id, PromptAction.SEE)
        row = self.unit.session.get(PromptCommentRow, comment_id, with_for_update=True)
        if row is None or row.prompt_id != prompt_id:
            raise NotFound("There is no such comment.")
        return row

    def _views(self, actor: Actor, rows: list[PromptCommentRow]) -> list[PromptComment]:
        people = PromptViews(self.unit.session, actor).people(row.author_id for row in rows)
        return [
            PromptComment(
                id=row.id,
                author=people[row.author_id],
                is_mine=row.author_id == actor.id,
                text=row.text,
                created=row.created,
                edited=row.edited,
            )
            for row in rows
        ]
