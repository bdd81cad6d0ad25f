"""Asking the HTTP API of a provider, whose refusals become sentences."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

from jupyter_wove.deploy.targets.models import Secret
from jupyter_wove.kit.errors import (
    Conflict,
    Forbidden,
    InvalidRequest,
    NotFound,
    Unavailable,
    WoveError,
)

PATIENCE = httpx.Timeout(90, connect=10)  # seconds; some wait for what they are asked to do
LONGEST = 300  # characters of what a provider says
REFUSED = (401, 403)
ERRORS: dict[int, type[WoveError]] = {
    400: InvalidRequest,
    404: NotFound,
    409: Conflict,
    422: InvalidRequest,
}


class Api:
    """The API of a provider; `variable` is where its token comes from, `said` reads its errors."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        provider: str,
        variable: str,
        said: Callable[[Any], str],
    ) -> None:
        self._client = client
        self._provider = provider
        self._variable = variable
        self._said = said

    async def ask(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """Ask for something; return what the answer's JSON says.

        Raises Forbidden, NotFound, Conflict, InvalidRequest, Unavailable.
        """
        try:
            response = await self._client.request(method, path, json=body, **options)
        except httpx.HTTPError as error:
            kind = type(error).__name__
            raise Unavailable(f"{self._provider} does not answer ({kind}). Try again.") from error
        content = _json(response)
        if response.is_error:
            raise self._error(response.status_code, content)
        return content

    async def ask_if_there(self, method: str, path: str, **options: Any) -> Any:
        """Ask about something that may not be there; None where it is not."""
        try:
            return await self.ask(method, path, **options)
        except NotFound:
            return None

    def _error(self, status: int, content: Any) -> WoveError:
        said = self._said(content)[:LONGEST].strip().rstrip(".") or f"status {status}"
        if status in REFUSED:
            return Forbidden(
                f"{self._provider} does not accept the token in {self._variable}: {said}."
                " Make a new one with the rights that the guide names."
            )
        return ERRORS.get(status, Unavailable)(f"{self._provider} says: {said}.")


@asynccontextmanager
async def asking(
    provider: str, address: str, variable: str, token: Secret, said: Callable[[Any], str]
) -> AsyncIterator[Api]:
    """Open the API of a provider with a token."""
    headers = {"Authorization": f"Bearer {token.shown()}"}
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=PATIENCE) as client:
        yield Api(client, provider, variable, said)


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None
