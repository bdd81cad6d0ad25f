"""Rooms, and the log of what was typed in them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room",
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("summed_up", sa.DateTime(timezone=True), nullable=True),
        sa.Column("writing", sa.String(64), nullable=True),
        sa.Column("writing_at", sa.BigInteger(), nullable=True),
        sa.Column("written", sa.String(64), nullable=True),
        sa.Column("written_at", sa.BigInteger(), nullable=True),
        sa.Column("merged", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_room")),
    )
    op.create_table(
        "room_update",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("room", sa.String(255), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["room"], ["room.name"], name=op.f("fk_room_update_room_room"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_update")),
        sqlite_autoincrement=True,  # a number that was used says for ever how old something is
    )
    op.create_index("ix_room_update_room", "room_update", ["room"])


def downgrade() -> None:
    op.drop_table("room_update")
    op.drop_table("room")
