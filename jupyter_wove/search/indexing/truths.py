"""What the database says about projects, prompts and people, and about who may find them."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from jupyter_wove.accounts import AccountStore, PersonRow
from jupyter_wove.community import CommunityStore
from jupyter_wove.projects import CheckStore, ProjectRow, ProjectStore
from jupyter_wove.search.engines import Document, Part, State, Writer, principal
from jupyter_wove.search.engines import Ticket as Right
from jupyter_wove.search.facts import Fact
from jupyter_wove.search.indexing.contents import Page, page
from jupyter_wove.search.store import SearchStore, revision_of_person, revision_of_prompt
from jupyter_wove.search.tables import PROMPT, PROMPT_MEMBER, PROMPT_WORD

MOST_ANCESTORS = 100


class Truth(msgspec.Struct):
    """What the database says about a project."""

    row: ProjectRow
    page: Page
    members: frozenset[str]
    facts: frozenset[Fact]
    family: UUID
    stars: int
    remixes: int


class Thing(msgspec.Struct):
    """What is found as it is, without any files: a prompt or a person."""

    document: Document
    state: State

    def keep(self, writer: Writer, ticket: Right) -> State:
        """Keep what it says, where that is new; return what is to be found of it."""
        for part in self.state.work - writer.parts(ticket):
            writer.add(ticket, part, [self.document])
        return self.state


class Truths:
    """All that can be found, in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.people = AccountStore(session)
        self.projects = ProjectStore(session)

    def revisions_of_projects(self) -> dict[UUID, int]:
        """Tell the revision of each project that is not deleted."""
        alive = select(ProjectRow.id, ProjectRow.revision).where(ProjectRow.deleted.is_(None))
        return {row.id: row.revision for row in self.session.execute(alive)}

    def revisions_of_others(self) -> dict[UUID, int]:
        """Tell the revision of each prompt and each person."""
        prompts: Select[Any] = select(PROMPT)
        return {
            **{row.id: revision_of_prompt(row) for row in self.session.execute(prompts)},
            **{row.id: revision_of_person(row) for row in self.session.scalars(select(PersonRow))},
        }

    def truth(self, id_: UUID) -> Truth | Thing | None:
        """Read what is known of something; None where nothing of it may be found."""
        if row := self.session.get(ProjectRow, id_):
            return None if row.deleted else self._project(row)
        if person := self.session.get(PersonRow, id_):
            return _person(person)
        prompts = SearchStore(self.session).prompts_with({id_})
        return self._prompt(prompts[0]) if prompts else None

    def _project(self, row: ProjectRow) -> Truth:
        owner = self.people.person(row.owner_id)
        members = {principal(each.person_id) for each, _ in self.projects.members(row.id)}
        tags = self.projects.tags([row.id]).get(row.id, [])
        ran = CheckStore(self.session).verified([row.id]).get(row.id)
        standing = CommunityStore(self.session).standings([row.id]).get(row.id)
        return Truth(
            row=row,
            page=page(row, owner, tags, ran.at.date().isoformat() if ran else ""),
            members=frozenset(members),
            facts=frozenset(_facts(row, owner, tags)),
            family=self._family(row.id),
            stars=standing.stars if standing else 0,
            remixes=standing.remixes if standing else 0,
        )

    def _family(self, project_id: UUID) -> UUID:
        """Find the oldest ancestor of a project."""
        for _ in range(MOST_ANCESTORS):
            origin = self.projects.origins([project_id]).get(project_id)
            if origin is None:
                break
            project_id = origin.origin_id
        return project_id

    def _prompt(self, row: Row[Any]) -> Thing:
        owner = self.people.person(row.owner_id)
        words = self._prompt_words(row.id)
        document = Document(
            "prompt",
            title=row.title,
            tags=", ".join(word for _, word in words),
            owner=f"{owner.name} {owner.handle}",
            description=row.description,
            markdown=row.words,
        )
        sorts = {"tag": "tag", "stack": "tech"}
        facts = {Fact(sorts[sort], word) for sort, word in words if sort in sorts}  # type: ignore[arg-type]
        state = State(
            revision_of_prompt(row),
            None,
            self._prompt_members(row.id),
            *_parts(document, public=row.visibility == "public"),
            sort="prompt",
            facts=frozenset({*facts, Fact("user", owner.handle)}),
            stars=row.votes,
        )
        return Thing(document, state)

    def _prompt_members(self, prompt_id: UUID) -> frozenset[str]:
        members = select(PROMPT_MEMBER.c.person_id).where(PROMPT_MEMBER.c.prompt_id == prompt_id)
        return frozenset(map(principal, self.session.scalars(members)))

    def _prompt_words(self, prompt_id: UUID) -> list[tuple[str, str]]:
        words = select(PROMPT_WORD.c.sort, PROMPT_WORD.c.word).where(
            PROMPT_WORD.c.prompt_id == prompt_id
        )
        ordered = words.order_by(PROMPT_WORD.c.sort, PROMPT_WORD.c.position)
        return [(sort, word) for sort, word in self.session.execute(ordered)]


def _person(row: PersonRow) -> Thing:
    document = Document("person", title=row.name, owner=row.handle, description=row.bio)
    state = State(
        revision_of_person(row),
        None,
        frozenset(),
        *_parts(document, public=True),
        sort="person",
        facts=frozenset({Fact("user", row.handle)}),
    )
    return Thing(document, state)


def _parts(document: Document, *, public: bool) -> tuple[frozenset[Part], frozenset[Part]]:
    """Name the one part of a thing, as what everybody finds and as what its members find."""
    part = frozenset({Part("", sha256(msgspec.json.encode(document)).hexdigest())})
    return part if public else frozenset(), part


def _facts(row: ProjectRow, owner: PersonRow, tags: list[str]) -> Iterator[Fact]:
    yield Fact("user", owner.handle)
    yield from (Fact("tag", tag) for tag in tags)
    yield from (Fact("tech", piece) for piece in row.stack)
    if row.level:
        yield Fact("level", row.level)
