"""Who does a request with a key, and whether it has stored something yet."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    claimed_by = sa.Column("claimed_by", sa.String(100), server_default="", nullable=False)
    changed: sa.Column[bool]
    changed = sa.Column("changed", sa.Boolean(), server_default=sa.false(), nullable=False)
    with op.batch_alter_table("idempotency_key") as batch:
        batch.add_column(claimed_by)
        batch.add_column(changed)
    with op.batch_alter_table("idempotency_key") as batch:  # only what was there needed a default
        batch.alter_column("claimed_by", existing_type=sa.String(100), server_default=None)
        batch.alter_column("changed", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("idempotency_key") as batch:
        batch.drop_column("changed")
        batch.drop_column("claimed_by")
