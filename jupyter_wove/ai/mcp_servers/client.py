"""Speaks with MCP servers. Imports their SDK, which takes a second and is an extra of Wove."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, EmbeddedResource, ResourceLink, TextContent
from mcp.types import Tool as ListedTool

from jupyter_wove.ai.mcp_servers.errors import Unreachable
from jupyter_wove.ai.mcp_servers.models import Definition, Target
from jupyter_wove.ai.mcp_servers.network import Guarded
from jupyter_wove.kit.errors import WoveError

CONNECTS_WITHIN, ANSWERS_WITHIN = 15.0, 60.0  # seconds
MOST_TOOLS, MOST_PAGES = 128, 8
LONGEST_ABOUT, LONGEST_SCHEMA, LONGEST_ANSWER = 4_000, 16_000, 32_000  # characters


@asynccontextmanager
async def connected(target: Target) -> AsyncIterator[Client]:
    """Connect with a server, to be left in the same task. Raises Unreachable."""
    with told(target):
        async with AsyncExitStack() as stack:
            transport = await _transport(stack, target)
            yield await stack.enter_async_context(
                Client(transport, read_timeout_seconds=ANSWERS_WITHIN, cache=None)
            )


async def _transport(stack: AsyncExitStack, target: Target) -> Any:
    if target.command:
        program, *arguments = target.command
        given = StdioServerParameters(
            command=program, args=arguments, env=target.environment, cwd=Path.home()
        )
        return stdio_client(given)
    timeout = httpx2.Timeout(CONNECTS_WITHIN, read=ANSWERS_WITHIN)
    own: dict[str, Any] = {"transport": Guarded(public_only=target.public_only)}
    client = httpx2.AsyncClient(
        headers=target.headers, timeout=timeout, **(own if target.is_own else {})
    )
    return streamable_http_client(target.url, http_client=await stack.enter_async_context(client))


@contextmanager
def told(target: Target) -> Iterator[None]:
    """Say in words what went wrong. Raises Unreachable."""
    try:
        yield
    except WoveError:
        raise
    except Exception as error:
        causes = list(_causes(error))
        for each in causes:
            if isinstance(each, WoveError):
                raise each from error
        raise Unreachable(f"{target.name}, at {target.place}: {_words(causes[0])}") from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    """List what stands behind an error, of several tasks perhaps."""
    for each in error.exceptions if isinstance(error, BaseExceptionGroup) else []:
        yield from _causes(each)
    if not isinstance(error, BaseExceptionGroup):
        yield error


def _words(error: BaseException) -> str:
    if isinstance(error, TimeoutError | httpx2.TimeoutException):
        return "it takes too long."
    if isinstance(error, httpx2.HTTPStatusError):
        return _status(error.response.status_code)
    said = error.error.message if isinstance(error, MCPError) else str(error)
    return plain(said)[:300] or type(error).__name__


def _status(code: int) -> str:
    return "it wants a key, or another one." if code in {401, 403} else f"it answers {code}."


async def definitions(client: Client) -> list[Definition]:
    """List the tools of a server, as far as they can be offered to a model."""
    found: list[Definition] = []
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        page = await client.list_tools(cursor=cursor)
        found += [_definition(each) for each in page.tools if _is_fit(each)]
        cursor = page.next_cursor
        if not cursor:
            break
    return found[:MOST_TOOLS]


def _definition(tool: ListedTool) -> Definition:
    return Definition(tool.name, plain(tool.description or "")[:LONGEST_ABOUT], tool.input_schema)


def _is_fit(tool: ListedTool) -> bool:
    schema = tool.input_schema
    return schema.get("type") == "object" and len(str(schema)) <= LONGEST_SCHEMA


async def called(client: Client, tool: str, arguments: dict[str, Any]) -> str:
    """Use a tool, and write down what it says; pictures and links are named only."""
    result: CallToolResult = await client.call_tool(tool, arguments)
    said = plain("\n".join(map(_text, result.content)))[:LONGEST_ANSWER]
    return f"It failed: {said}" if result.is_error else said or "It said nothing."


def _text(content: Any) -> str:
    if isinstance(content, TextContent):
        return content.text
    if isinstance(content, ResourceLink):
        return f"[a link: {content.uri}]"
    if isinstance(content, EmbeddedResource):
        return str(getattr(content.resource, "text", f"[a file: {content.resource.uri}]"))
    return f"[{content.type}]"


def plain(text: str) -> str:
    """Leave out what a person would not see: characters that draw nothing, or turn lines."""
    return "".join(each for each in text if each.isprintable() or each in "\n\t")
