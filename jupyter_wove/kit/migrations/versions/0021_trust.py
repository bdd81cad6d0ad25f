"""Which projects came in archives, and who trusts what came from elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# What earlier versions unpacked has the id of the job that did it.
UNPACKED = sa.text(
    "INSERT INTO project_archived (project_id, at) SELECT project.id, project.created"
    " FROM project JOIN job ON job.id = project.id WHERE job.kind = 'projects.unpack'"
)


def upgrade() -> None:
    op.create_table(
        "project_archived",
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_project_archived_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_project_archived")),
    )
    op.create_table(
        "project_trust",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_project_trust_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_project_trust_project_id_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "project_id", name=op.f("pk_project_trust")),
    )
    op.create_index("ix_project_trust_project_id", "project_trust", ["project_id"])
    op.execute(UNPACKED)


def downgrade() -> None:
    op.drop_table("project_trust")
    op.drop_table("project_archived")
