"""Keys of providers."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Moment
from jupyter_wove.kit.database import Table


class KeptKeyRow(Table):
    """A key that deployments name as `kept:NAME`; sealed, see `kit/sealing.py`."""

    __tablename__ = "ai_key"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    sealed: Mapped[str]
    at: Mapped[Moment]
