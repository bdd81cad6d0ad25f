"""Every query on people and their keys."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jupyter_wove.accounts.tables import ApiKeyRow, IdentityRow, PersonRow
from jupyter_wove.kit.errors import NotFound

USE_NOTED_EVERY = timedelta(minutes=1)  # a row written at each request would serialise them


class AccountStore:
    """People and keys in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def person(self, person_id: UUID) -> PersonRow:
        """Find a person who must exist."""
        return self.session.get_one(PersonRow, person_id)

    def people(self, ids: Iterable[UUID]) -> dict[UUID, PersonRow]:
        """Find several people at once."""
        found = self.session.scalars(select(PersonRow).where(PersonRow.id.in_(set(ids))))
        return {row.id: row for row in found}

    def by_handle(self, handle: str) -> PersonRow:
        """Find a person by the name in their address."""
        row = self.session.scalar(select(PersonRow).where(PersonRow.handle == handle.lower()))
        if row is None:
            raise NotFound(f"There is nobody called {handle}.")
        return row

    def with_handles(self, handles: Iterable[str]) -> list[PersonRow]:
        """Find those of some handles who exist."""
        wanted = PersonRow.handle.in_(set(handles))
        return list(self.session.scalars(select(PersonRow).where(wanted)))

    def by_identity(self, provider: str, subject: str) -> PersonRow | None:
        """Find whom an identity provider means."""
        return self.session.scalar(
            select(PersonRow)
            .join(IdentityRow)
            .where(IdentityRow.provider == provider, IdentityRow.subject == subject)
        )

    def identities(self, person_id: UUID) -> list[tuple[str, str]]:
        """List by which names which providers know somebody."""
        mine = select(IdentityRow).where(IdentityRow.person_id == person_id)
        return [(row.provider, row.subject) for row in self.session.scalars(mine)]

    def handles_like(self, handle: str) -> set[str]:
        """List the handles that begin so."""
        return set(
            self.session.scalars(
                select(PersonRow.handle).where(
                    PersonRow.handle.startswith(handle, autoescape=True)
                )
            )
        )

    def add_person(
        self, handle: str, name: str, provider: str, subject: str, at: datetime
    ) -> PersonRow:
        """Store a person with the identity they came with."""
        row = PersonRow(handle=handle, name=name, bio="", joined=at)
        self.session.add(row)
        self.session.flush()
        self.session.add(IdentityRow(provider=provider, subject=subject, person_id=row.id))
        self.session.flush()
        return row

    def valid_key(self, key_id: str, at: datetime) -> ApiKeyRow | None:
        """Find a key that is neither revoked nor expired."""
        return self.session.scalar(
            select(ApiKeyRow).where(
                ApiKeyRow.id == key_id, ApiKeyRow.revoked.is_(None), ApiKeyRow.expires > at
            )
        )

    def keys_of(self, person_id: UUID, at: datetime) -> list[ApiKeyRow]:
        """List a person's valid keys, newest first."""
        return list(
            self.session.scalars(
                select(ApiKeyRow)
                .where(
                    ApiKeyRow.person_id == person_id,
                    ApiKeyRow.revoked.is_(None),
                    ApiKeyRow.expires > at,
                )
                .order_by(ApiKeyRow.created.desc(), ApiKeyRow.id)
            )
        )

    def note_use(self, key_id: str, at: datetime) -> None:
        """Remember that a key was used."""
        self.session.execute(update(ApiKeyRow).where(ApiKeyRow.id == key_id).values(last_used=at))
