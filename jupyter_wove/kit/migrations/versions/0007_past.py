"""The past of documents, and the moments of it that people named."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "room_past",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room", sa.String(255), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("is_start", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_past")),
    )
    op.create_index("ix_room_past_room_last", "room_past", ["room", "last"])
    op.create_index("ix_room_past_ended", "room_past", ["ended"])
    op.create_table(
        "room_checkpoint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room", sa.String(255), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(80), nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("added", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_room_checkpoint_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_checkpoint")),
    )
    op.create_index("ix_room_checkpoint_room", "room_checkpoint", ["room"])
    op.create_index("ix_room_checkpoint_person_id", "room_checkpoint", ["person_id"])


def downgrade() -> None:
    op.drop_table("room_checkpoint")
    op.drop_table("room_past")
