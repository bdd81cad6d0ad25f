"""Prompts, their versions, and what people say about them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Id, Instant, JsonDict, Moment
from jupyter_wove.kit.database import Table


class PromptRow(Table):
    """A prompt. What it is called and about is taken from its newest version.

    `words` is what is searched, in small letters.
    """

    __tablename__ = "prompt"
    __table_args__ = (
        CheckConstraint("visibility IN ('private', 'public')", "visibility"),
        Index("ix_prompt_name", "owner_id", "name", unique=True),
        Index("ix_prompt_votes", "votes", "id"),
    )

    id: Mapped[Id]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(String(1024))
    kind: Mapped[str] = mapped_column(String(16))
    output: Mapped[str] = mapped_column(String(16))
    license: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(24))
    words: Mapped[str] = mapped_column(Text)
    visibility: Mapped[str] = mapped_column(String(16))
    votes: Mapped[int] = mapped_column(default=0)
    forks: Mapped[int] = mapped_column(default=0)
    created: Mapped[Moment]
    updated: Mapped[Moment]


class PromptTextRow(Table):
    """The file of a version, under the SHA-256 of its bytes; forks share it."""

    __tablename__ = "prompt_text"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class PromptVersionRow(Table):
    """A version, which never changes; `lock` says which versions the names in it mean."""

    __tablename__ = "prompt_version"
    __table_args__ = (
        Index("ix_prompt_version_number", "prompt_id", "major", "minor", "patch", unique=True),
    )

    id: Mapped[Id]
    prompt_id: Mapped[UUID] = mapped_column(ForeignKey("prompt.id", ondelete="CASCADE"))
    major: Mapped[int]
    minor: Mapped[int]
    patch: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("prompt_text.sha256"), index=True)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(String(2000))
    lock: Mapped[JsonDict]
    at: Mapped[Moment]


class PromptWordRow(Table):
    """A tag, use case or piece of the stack, as the newest version has them.

    `folded` is the word in small letters, by which it is found.
    """

    __tablename__ = "prompt_word"
    __table_args__ = (Index("ix_prompt_word_folded", "sort", "folded"),)

    prompt_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt.id", ondelete="CASCADE"), primary_key=True
    )
    sort: Mapped[str] = mapped_column(String(16), primary_key=True)
    word: Mapped[str] = mapped_column(String(60), primary_key=True)
    folded: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]


class PromptLabelRow(Table):
    """A name that means one version now, and may mean another later."""

    __tablename__ = "prompt_label"

    prompt_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt.id", ondelete="CASCADE"), primary_key=True
    )
    label: Mapped[str] = mapped_column(String(40), primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("prompt_version.id", ondelete="CASCADE"))
    protected: Mapped[bool]


class PromptLabelMoveRow(Table):
    """That somebody moved a label; null where it was not there before, or is gone since."""

    __tablename__ = "prompt_label_move"

    id: Mapped[Id]
    prompt_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt.id", ondelete="CASCADE"), index=True
    )
    label: Mapped[str] = mapped_column(String(40))
    before: Mapped[str | None] = mapped_column(String(24))
    after: Mapped[str | None] = mapped_column(String(24))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[Moment]


class PromptMemberRow(Table):
    """Somebody whom a prompt is shared with."""

    __tablename__ = "prompt_member"

    prompt_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(16))
    since: Mapped[Moment]


class PromptVoteRow(Table):
    """Somebody's vote for a prompt."""

    __tablename__ = "prompt_vote"

    prompt_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[Moment]


class PromptOriginRow(Table):
    """What a prompt was forked from; it outlives both, and `said` names the original for good."""

    __tablename__ = "prompt_origin"

    prompt_id: Mapped[UUID] = mapped_column(primary_key=True)
    origin_id: Mapped[UUID] = mapped_column(index=True)
    said: Mapped[str] = mapped_column(String(200))
    at: Mapped[Moment]


class PromptCommentRow(Table):
    """What somebody said about a prompt, in Markdown."""

    __tablename__ = "prompt_comment"

    id: Mapped[Id]
    prompt_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    created: Mapped[Moment]
    edited: Mapped[datetime | None] = mapped_column(Instant)


class ChangeRequestRow(Table):
    """A file that somebody proposes instead of a version."""

    __tablename__ = "prompt_change"

    id: Mapped[Id]
    prompt_id: Mapped[UUID] = mapped_column(
        ForeignKey("prompt.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    base: Mapped[str] = mapped_column(String(24))
    sha256: Mapped[str] = mapped_column(ForeignKey("prompt_text.sha256"), index=True)
    note: Mapped[str] = mapped_column(String(2000))
    state: Mapped[str] = mapped_column(String(16))
    created: Mapped[Moment]
    decided: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(2000))
    number: Mapped[str | None] = mapped_column(String(24))
