"""An account at Cloudflare: its API for what the tool does not do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from jupyter_wove.deploy.targets.asking import Api, asking
from jupyter_wove.deploy.targets.cloudflare.options import TOKEN, CloudflareOptions


class Account:
    """What can be asked of an account."""

    def __init__(self, api: Api, options: CloudflareOptions) -> None:
        self._api = api
        self._place = f"/accounts/{options.account}"

    async def ask(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """Ask for something in the account; return its result."""
        answer = await self._api.ask(method, f"{self._place}{path}", body, **options)
        return (answer or {}).get("result")

    async def ask_if_there(self, method: str, path: str, **options: Any) -> Any:
        """Ask about something that may not be there; None where it is not."""
        answer = await self._api.ask_if_there(method, f"{self._place}{path}", **options)
        return (answer or {}).get("result")


@asynccontextmanager
async def account(options: CloudflareOptions) -> AsyncIterator[Account]:
    """Open an account."""
    async with asking("Cloudflare", options.endpoint, TOKEN, options.token, _said) as api:
        yield Account(api, options)


def _said(answer: Any) -> str:
    errors = answer.get("errors") if isinstance(answer, dict) else None
    return "; ".join(str(each.get("message", "")) for each in errors or [])
