"""Every query on the MCP servers of people, and on the tools that they let in."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jupyter_wove.ai.mcp_servers.tables import McpServerRow, McpToolRow


class McpStore:
    """Servers and tools in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def servers(self, person_id: UUID) -> Sequence[McpServerRow]:
        """List the servers of somebody, by name."""
        mine = select(McpServerRow).where(McpServerRow.person_id == person_id)
        return self.session.scalars(mine.order_by(McpServerRow.name)).all()

    def server(self, person_id: UUID, name: str) -> McpServerRow | None:
        """Find a server of somebody."""
        return self.session.get(McpServerRow, (person_id, name))

    def tools(self, person_id: UUID) -> Sequence[McpToolRow]:
        """List what somebody lets agents ask for, by server and name."""
        mine = select(McpToolRow).where(McpToolRow.person_id == person_id)
        return self.session.scalars(mine.order_by(McpToolRow.server, McpToolRow.name)).all()

    def forget_tools(self, person_id: UUID, server: str) -> None:
        """Let agents ask for nothing of a server any more."""
        mine = McpToolRow.person_id == person_id, McpToolRow.server == server
        self.session.execute(delete(McpToolRow).where(*mine))
