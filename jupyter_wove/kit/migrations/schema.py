"""The schema as the code has it, for those who compare it with the database."""

import importlib
from pathlib import Path

from sqlalchemy import MetaData

import jupyter_wove
from jupyter_wove.kit import idempotency, outbox
from jupyter_wove.kit.database import Table

KIT = (idempotency.IdempotencyRow, outbox.OutboxRow)


def every_table() -> MetaData:
    """Find the tables of every domain by the name of their module, so that none is forgotten."""
    root = Path(jupyter_wove.__file__).parent
    for path in sorted(root.rglob("tables.py")):
        parts = path.relative_to(root).with_suffix("").parts
        importlib.import_module(".".join(("jupyter_wove", *parts)))
    return Table.metadata
