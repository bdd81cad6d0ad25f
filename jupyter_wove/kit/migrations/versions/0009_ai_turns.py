"""Messages of chats that are answered once."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ai_turn",
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ai_turn_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("chat", "message", name=op.f("pk_ai_turn")),
    )
    op.create_index("ix_ai_turn_at", "ai_turn", ["at"])


def downgrade() -> None:
    op.drop_table("ai_turn")
