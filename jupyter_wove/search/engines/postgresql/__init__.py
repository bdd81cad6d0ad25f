"""Indices in the database that several servers share: no other service to run."""

from jupyter_wove.search.engines.postgresql.code import PostgresqlCode
from jupyter_wove.search.engines.postgresql.vectors import PostgresqlVectors, has_pgvector
from jupyter_wove.search.engines.postgresql.words import PostgresqlWords

__all__ = ["PostgresqlCode", "PostgresqlVectors", "PostgresqlWords", "has_pgvector"]
