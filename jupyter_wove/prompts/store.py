"""Every query on prompts and their versions."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from jupyter_wove.accounts import Actor, PersonRow, Role
from jupyter_wove.kit.database import take_turn
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.kit.paging import Page, keyset
from jupyter_wove.prompts.models import PromptOrder
from jupyter_wove.prompts.numbering import Number, span
from jupyter_wove.prompts.policy import UNKNOWN, PromptAction, demand
from jupyter_wove.prompts.tables import (
    ChangeRequestRow,
    PromptLabelRow,
    PromptMemberRow,
    PromptOriginRow,
    PromptRow,
    PromptTextRow,
    PromptVersionRow,
    PromptVoteRow,
    PromptWordRow,
)

LATEST = "latest"
PUBLIC = "public"
TEXTS = "texts of prompts"  # whoever stores or drops some waits for others who do


class PromptStore:
    """Prompts in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    # ------------------------------------------------------------------ prompts

    def allowed(
        self, actor: Actor, prompt_id: UUID, action: PromptAction, *, lock: bool = False
    ) -> PromptRow:
        """Find a prompt with which the actor may do this. Raises what `demand` raises.

        With `lock`, others who change it wait.
        """
        row = self.session.get(PromptRow, prompt_id, with_for_update=lock or None)
        if row is None:
            raise NotFound(UNKNOWN)
        role = self.role(actor.id, prompt_id)
        demand(action, role, is_public=row.visibility == PUBLIC)
        return row

    def role(self, person_id: UUID, prompt_id: UUID) -> Role:
        """Tell what somebody is in a prompt."""
        member = self.session.get(PromptMemberRow, (prompt_id, person_id))
        return Role[member.role.upper()] if member else Role.NONE

    def roles(self, person_id: UUID, prompt_ids: Iterable[UUID]) -> dict[UUID, str]:
        """Tell what somebody is in each of several prompts."""
        found = self.session.scalars(
            select(PromptMemberRow).where(
                PromptMemberRow.person_id == person_id,
                PromptMemberRow.prompt_id.in_(set(prompt_ids)),
            )
        )
        return {row.prompt_id: row.role for row in found}

    def at_address(self, owner: str, name: str) -> PromptRow | None:
        """Find the prompt of this owner and name."""
        return self.session.scalar(
            select(PromptRow)
            .join(PersonRow, PersonRow.id == PromptRow.owner_id)
            .where(PersonRow.handle == owner.lower(), PromptRow.name == name)
        )

    def names_of(self, owner_id: UUID) -> set[str]:
        """List what somebody's prompts are called."""
        return set(
            self.session.scalars(select(PromptRow.name).where(PromptRow.owner_id == owner_id))
        )

    def seen(self, actor: Actor, prompt_ids: Iterable[UUID]) -> dict[UUID, PromptRow]:
        """Find those of several prompts that the actor may see."""
        found = self.session.scalars(
            select(PromptRow).where(PromptRow.id.in_(set(prompt_ids)), visible_to(actor))
        )
        return {row.id: row for row in found}

    def listed(
        self, chosen: list[ColumnElement[bool]], order: PromptOrder, after: str | None, limit: int
    ) -> Page[PromptRow]:
        """List the prompts that are chosen."""
        statement: Select[PromptRow] = select(PromptRow).where(*chosen)
        column = PromptRow.votes if order == "votes" else PromptRow.created
        return keyset(self.session, statement, [column.desc(), PromptRow.id.desc()], after, limit)

    # ------------------------------------------------------------------ versions

    def put_text(self, text: str) -> str:
        """Keep a file under its digest, once."""
        digest = sha256(text.encode()).hexdigest()
        take_turn(self.session, TEXTS)
        if self.session.get(PromptTextRow, digest) is None:
            self.session.add(PromptTextRow(sha256=digest, text=text))
            self.session.flush()
        return digest

    def text(self, digest: str) -> str:
        """Read a file."""
        return self.session.get_one(PromptTextRow, digest).text

    def drop_unused_texts(self, digests: set[str]) -> None:
        """Forget those of some files that no version and no proposed change has any more."""
        take_turn(self.session, TEXTS)
        used = select(PromptVersionRow.sha256).union(select(ChangeRequestRow.sha256)).subquery()
        self.session.execute(
            delete(PromptTextRow).where(
                PromptTextRow.sha256.in_(digests), PromptTextRow.sha256.not_in(select(used))
            )
        )

    def texts_of(self, prompt_id: UUID) -> set[str]:
        """List the digests of all files of a prompt, proposed ones too."""
        kept = select(PromptVersionRow.sha256).where(PromptVersionRow.prompt_id == prompt_id)
        wished = select(ChangeRequestRow.sha256).where(ChangeRequestRow.prompt_id == prompt_id)
        return set(self.session.scalars(kept.union(wished)))

    def find(self, prompt_id: UUID, which: str) -> PromptVersionRow:
        """Find a version by its number, a range such as `^2`, or a label. Raises NotFound."""
        row = self._in_range(prompt_id, which) or self._labelled(prompt_id, which)
        if row is None:
            raise NotFound(f"There is no version or label {which:.40} of this prompt.")
        return row

    def newest(self, prompt_id: UUID) -> PromptVersionRow:
        """Find the newest version, which every prompt has."""
        return self.find(prompt_id, LATEST)

    def preferred(self, prompt_id: UUID) -> PromptVersionRow:
        """Find what is meant where nobody says which: `production`, else the newest."""
        return self._labelled(prompt_id, "production") or self.newest(prompt_id)

    def _in_range(self, prompt_id: UUID, which: str) -> PromptVersionRow | None:
        found = span(which)
        if found is None:
            return None
        low, beyond = found
        number = tuple_(*NUMBER)
        statement = self._versions(prompt_id).where(
            number >= tuple_(*low),
            number < tuple_(*beyond),
        )
        return self.session.scalar(statement.limit(1))

    def _labelled(self, prompt_id: UUID, label: str) -> PromptVersionRow | None:
        if label == LATEST:
            return self.session.scalar(self._versions(prompt_id).limit(1))
        row = self.session.get(PromptLabelRow, (prompt_id, label))
        return self.session.get_one(PromptVersionRow, row.version_id) if row else None

    def history(self, prompt_id: UUID, after: str | None, limit: int) -> Page[PromptVersionRow]:
        """List the versions of a prompt, newest first."""
        order = [column.desc() for column in NUMBER]
        return keyset(self.session, self._versions(prompt_id), order, after, limit)

    def version(self, version_id: UUID) -> PromptVersionRow | None:
        """Find a version by its id."""
        return self.session.get(PromptVersionRow, version_id)

    def _versions(self, prompt_id: UUID) -> Select[PromptVersionRow]:
        return (
            select(PromptVersionRow)
            .where(PromptVersionRow.prompt_id == prompt_id)
            .order_by(*(column.desc() for column in NUMBER))
        )

    # ------------------------------------------------------------------ beside

    def words(self, prompt_ids: Iterable[UUID]) -> dict[tuple[UUID, str], list[str]]:
        """List the tags, use cases and stacks of several prompts."""
        found = self.session.scalars(
            select(PromptWordRow)
            .where(PromptWordRow.prompt_id.in_(set(prompt_ids)))
            .order_by(PromptWordRow.prompt_id, PromptWordRow.sort, PromptWordRow.position)
        )
        words: dict[tuple[UUID, str], list[str]] = {}
        for row in found:
            words.setdefault((row.prompt_id, row.sort), []).append(row.word)
        return words

    def put_words(self, prompt_id: UUID, sorts: dict[str, list[str]]) -> None:
        """Give a prompt these words, and no others."""
        self.session.execute(delete(PromptWordRow).where(PromptWordRow.prompt_id == prompt_id))
        self.session.add_all(
            PromptWordRow(
                prompt_id=prompt_id, sort=sort, word=word, folded=word.lower(), position=position
            )
            for sort, words in sorts.items()
            for position, word in enumerate(dict.fromkeys(words))
        )

    def labels(self, prompt_id: UUID) -> list[PromptLabelRow]:
        """List the labels of a prompt."""
        return list(
            self.session.scalars(
                select(PromptLabelRow)
                .where(PromptLabelRow.prompt_id == prompt_id)
                .order_by(PromptLabelRow.label)
            )
        )

    def voted(self, person_id: UUID, prompt_ids: Iterable[UUID]) -> set[UUID]:
        """Tell which of several prompts somebody voted for."""
        return set(
            self.session.scalars(
                select(PromptVoteRow.prompt_id).where(
                    PromptVoteRow.person_id == person_id,
                    PromptVoteRow.prompt_id.in_(set(prompt_ids)),
                )
            )
        )

    def vote(self, person_id: UUID, prompt_id: UUID) -> PromptVoteRow | None:
        """Find somebody's vote."""
        return self.session.get(PromptVoteRow, (prompt_id, person_id))

    def members(self, prompt_id: UUID) -> list[tuple[PromptMemberRow, PersonRow]]:
        """List whom a prompt is shared with, longest first."""
        found = self.session.execute(
            select(PromptMemberRow, PersonRow)
            .join(PersonRow, PersonRow.id == PromptMemberRow.person_id)
            .where(PromptMemberRow.prompt_id == prompt_id)
            .order_by(PromptMemberRow.since, PersonRow.handle)
        )
        return [(member, person) for member, person in found]

    def member(self, prompt_id: UUID, person_id: UUID) -> PromptMemberRow | None:
        """Find what somebody is in a prompt."""
        return self.session.get(PromptMemberRow, (prompt_id, person_id))

    # ------------------------------------------------------------------ lineage

    def origin(self, prompt_id: UUID) -> PromptOriginRow | None:
        """Tell what a prompt was forked from."""
        return self.session.get(PromptOriginRow, prompt_id)

    def origins(self, prompt_ids: Iterable[UUID]) -> dict[UUID, PromptOriginRow]:
        """Tell what each of several prompts was forked from."""
        found = self.session.scalars(
            select(PromptOriginRow).where(PromptOriginRow.prompt_id.in_(set(prompt_ids)))
        )
        return {row.prompt_id: row for row in found}

    def forks(self, prompt_ids: Iterable[UUID], limit: int) -> list[PromptOriginRow]:
        """List the forks of several prompts, oldest first."""
        return list(
            self.session.scalars(
                select(PromptOriginRow)
                .where(PromptOriginRow.origin_id.in_(set(prompt_ids)))
                .order_by(PromptOriginRow.at, PromptOriginRow.prompt_id)
                .limit(limit)
            )
        )

    def count_forks(self, prompt_id: UUID) -> int:
        """Count the forks of a prompt."""
        counted = select(func.count()).where(PromptOriginRow.origin_id == prompt_id)
        return self.session.scalar(counted) or 0


NUMBER = (PromptVersionRow.major, PromptVersionRow.minor, PromptVersionRow.patch)


def number_of_row(row: PromptVersionRow) -> Number:
    """Tell the number of a version."""
    return Number(row.major, row.minor, row.patch)


def shared_with(person_id: UUID) -> ColumnElement[bool]:
    """Select the prompts that are somebody's, or shared with them."""
    return exists().where(
        PromptMemberRow.prompt_id == PromptRow.id, PromptMemberRow.person_id == person_id
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Select the prompts that the actor may see, as `may` would decide."""
    return or_(PromptRow.visibility == PUBLIC, shared_with(actor.id))


def has_word(sort: str, word: str) -> ColumnElement[bool]:
    """Select the prompts with this tag, use case or piece of a stack."""
    return exists().where(
        PromptWordRow.prompt_id == PromptRow.id,
        PromptWordRow.sort == sort,
        PromptWordRow.folded == word.lower(),
    )


def says(words: str) -> list[ColumnElement[bool]]:
    """Select the prompts that hold all of these words."""
    wanted = words.lower().split()[:10]
    return [PromptRow.words.contains(word, autoescape=True) for word in wanted]
