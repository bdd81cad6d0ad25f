"""Rows of prompts, turned into what the person who asks may see of them, a page at a time."""

from collections.abc import Iterable
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from jupyter_wove.accounts import AccountStore, Actor, PersonRef, PersonRow
from jupyter_wove.prompts.models import PromptCard, PromptOrigin, PromptRef, PromptVersion
from jupyter_wove.prompts.store import PromptStore, number_of_row
from jupyter_wove.prompts.tables import PromptOriginRow, PromptRow, PromptVersionRow


class PromptViews:
    """What one person sees of prompts; a fixed number of queries for any number of rows."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self.store = PromptStore(session)
        self.accounts = AccountStore(session)
        self.actor = actor

    def one(self, row: PromptRow) -> PromptCard:
        """Show one prompt."""
        return self.all([row])[0]

    def all(self, rows: list[PromptRow]) -> list[PromptCard]:
        """Show several prompts, in the order given."""
        ids = [row.id for row in rows]
        roles, voted = self.store.roles(self.actor.id, ids), self.store.voted(self.actor.id, ids)
        words, origins = self.store.words(ids), self._origins(ids)
        people = self.people(row.owner_id for row in rows)
        return [
            msgspec.convert(
                {
                    "owner": people[row.owner_id],
                    "use_cases": words.get((row.id, "use_case"), []),
                    "stack": words.get((row.id, "stack"), []),
                    "tags": words.get((row.id, "tag"), []),
                    "role": roles.get(row.id),
                    "voted": row.id in voted,
                    "origin": origins.get(row.id),
                }
                | {name: getattr(row, name) for name in _AS_STORED},
                PromptCard,
            )
            for row in rows
        ]

    def versions(self, prompt_id: UUID, rows: list[PromptVersionRow]) -> list[PromptVersion]:
        """Show versions of one prompt."""
        people = self.people(row.author_id for row in rows)
        labels: dict[UUID, list[str]] = {self.store.newest(prompt_id).id: ["latest"]}
        for label in self.store.labels(prompt_id):
            labels.setdefault(label.version_id, []).append(label.label)
        return [
            PromptVersion(
                number=str(number_of_row(row)),
                sha256=row.sha256,
                author=people.get(row.author_id),
                note=row.note,
                labels=labels.get(row.id, []),
                at=row.at,
            )
            for row in rows
        ]

    def refs(self, ids: Iterable[UUID]) -> dict[UUID, PromptRef]:
        """Name those of several prompts that may be seen."""
        rows = self.store.seen(self.actor, ids)
        people = self.people(row.owner_id for row in rows.values())
        return {
            id_: PromptRef(row.id, people[row.owner_id], row.name, row.title)
            for id_, row in rows.items()
        }

    def people(self, ids: Iterable[UUID | None]) -> dict[UUID | None, PersonRef]:
        """Name several people."""
        found = self.accounts.people(id_ for id_ in ids if id_)
        return {id_: person_ref(row) for id_, row in found.items()}

    def _origins(self, ids: list[UUID]) -> dict[UUID, PromptOrigin]:
        found: dict[UUID, PromptOriginRow] = self.store.origins(ids)
        refs = self.refs([row.origin_id for row in found.values()]) if found else {}
        return {id_: PromptOrigin(refs.get(row.origin_id), row.said) for id_, row in found.items()}


_AS_STORED = (
    *("id", "name", "title", "description", "kind", "output", "license", "number"),
    *("visibility", "votes", "forks", "created", "updated"),
)


def person_ref(row: PersonRow) -> PersonRef:
    """Name a person beside something else."""
    return PersonRef(row.handle, row.name)
