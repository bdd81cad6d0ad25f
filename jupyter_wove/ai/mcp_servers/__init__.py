"""MCP servers of others, whose tools agents may ask for: the administrator's, and people's own."""

from jupyter_wove.ai.mcp_servers.models import OfferedTool, Target
from jupyter_wove.ai.mcp_servers.service import NO_SDK, McpServers

__all__ = ["NO_SDK", "McpServers", "OfferedTool", "Target"]
