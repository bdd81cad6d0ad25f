"""What was said in chats, in short."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ai_summary",
        sa.Column("chat", sa.String(255), nullable=False),
        sa.Column("until", sa.String(64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat", name=op.f("pk_ai_summary")),
    )
    op.create_index("ix_ai_summary_at", "ai_summary", ["at"])


def downgrade() -> None:
    op.drop_table("ai_summary")
