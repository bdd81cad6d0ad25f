"""Indices that hold the whole order of the gallery, so that no page of it has to be sorted."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("heat", "remixes"):
        op.drop_index(op.f(f"ix_standing_{name}"), table_name="standing")
        op.create_index(f"ix_standing_{name}", "standing", [name, "project_id"], unique=False)


def downgrade() -> None:
    for name in ("remixes", "heat"):
        op.drop_index(f"ix_standing_{name}", table_name="standing")
        op.create_index(op.f(f"ix_standing_{name}"), "standing", [name], unique=False)
