"""Apps, their releases and deployments; which process holds a job."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ACCESS = "access IN ('private', 'project', 'hub', 'unlisted', 'public')"
RELEASES = "state IN ('built', 'good', 'failed', 'forgotten')"
DEPLOYMENTS = (
    "state IN ('queued', 'scanning', 'locking', 'installing', 'building', 'executing',"
    " 'starting', 'checking', 'live', 'failed', 'cancelled')"
)


def upgrade() -> None:
    op.add_column("job", sa.Column("held_by", sa.String(100), nullable=True))
    op.create_table(
        "app",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("branch", sa.String(100), nullable=False),
        sa.Column("slug", sa.String(63), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("access", sa.String(16), nullable=False),
        sa.Column("target", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("plan", JSON, nullable=True),
        sa.Column("idle", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(512), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        _moment("created"),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        _moment("deployed", nullable=True),
        _moment("deleted", nullable=True),
        sa.CheckConstraint(ACCESS, name=op.f("ck_app_access")),
        _foreign("app", "project_id", "project", "CASCADE"),
        _foreign("app", "parent_id", "app", "CASCADE"),
        _foreign("app", "created_by", "person", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app")),
    )
    op.create_index("ix_app_project_id", "app", ["project_id"])
    op.create_index("ix_app_parent_id", "app", ["parent_id"])
    _partial("ix_app_slug", "app", ["slug"], "deleted IS NULL", unique=True)
    op.create_table(
        "app_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("plan", JSON, nullable=False),
        sa.Column("image", sa.String(512), nullable=False),
        sa.Column("site", sa.String(1024), nullable=False),
        sa.Column("lock", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        _moment("created"),
        sa.CheckConstraint(RELEASES, name=op.f("ck_app_release_state")),
        _foreign("app_release", "app_id", "app", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_release")),
    )
    op.create_index("ix_app_release_number", "app_release", ["app_id", "number"], unique=True)
    op.create_table(
        "app_deployment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("plan", JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("rolls_back", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(2000), nullable=False),
        sa.Column("hint", sa.String(2000), nullable=False),
        sa.Column("path", sa.String(4096), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=True),
        sa.Column("traceback", sa.String(), nullable=False),
        sa.Column("refused", JSON, nullable=False),
        _moment("created"),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        _moment("ended", nullable=True),
        sa.CheckConstraint(DEPLOYMENTS, name=op.f("ck_app_deployment_state")),
        _foreign("app_deployment", "app_id", "app", "CASCADE"),
        _foreign("app_deployment", "release_id", "app_release", "SET NULL"),
        _foreign("app_deployment", "created_by", "person", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_deployment")),
    )
    number = ["app_id", "number"]
    op.create_index("ix_app_deployment_number", "app_deployment", number, unique=True)
    op.create_index("ix_app_deployment_job_id", "app_deployment", ["job_id"])
    _partial("ix_app_deployment_unfinished", "app_deployment", ["app_id"], "ended IS NULL")
    op.create_table(
        "app_deployment_line",
        sa.Column("deployment_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        _moment("at"),
        sa.Column("stream", sa.String(8), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        _foreign("app_deployment_line", "deployment_id", "app_deployment", "CASCADE"),
        sa.PrimaryKeyConstraint("deployment_id", "n", name=op.f("pk_app_deployment_line")),
    )
    op.create_table(
        "app_domain",
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        _moment("added"),
        _moment("verified", nullable=True),
        _foreign("app_domain", "app_id", "app", "CASCADE"),
        sa.PrimaryKeyConstraint("app_id", "host", name=op.f("pk_app_domain")),
    )
    _partial(
        "ix_app_domain_verified", "app_domain", ["host"], "verified IS NOT NULL", unique=True
    )
    op.create_table(
        "app_variable",
        sa.Column("app_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        _moment("at"),
        _foreign("app_variable", "app_id", "app", "CASCADE"),
        sa.PrimaryKeyConstraint("app_id", "name", name=op.f("pk_app_variable")),
    )


def downgrade() -> None:
    for name in ("variable", "domain", "deployment_line", "deployment", "release"):
        op.drop_table(f"app_{name}")
    op.drop_table("app")
    with op.batch_alter_table("job") as job:
        job.drop_column("held_by")


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _foreign(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _partial(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    only = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=only, postgresql_where=only
    )
