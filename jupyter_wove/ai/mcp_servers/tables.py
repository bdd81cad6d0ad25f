"""The MCP servers of people, and which tools they let agents ask for."""

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import JsonDict, Moment
from jupyter_wove.kit.database import Table


class McpServerRow(Table):
    """A server of a person's; its key is kept with the keys of people."""

    __tablename__ = "ai_mcp_server"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    url: Mapped[str] = mapped_column(String(1024))
    created: Mapped[Moment]


class McpToolRow(Table):
    """A tool as the person read it who lets agents ask for it.

    The server may be the administrator's, so that it is only named.
    """

    __tablename__ = "ai_mcp_tool"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    server: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(128), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    about: Mapped[str]
    arguments: Mapped[JsonDict]
    allowed: Mapped[Moment]
