"""An account at AWS, asked in threads; what it refuses becomes sentences."""

import asyncio
from collections.abc import Callable
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, WaiterError

from jupyter_wove.deploy.targets.aws.options import KEY, LambdaOptions
from jupyter_wove.kit.errors import (
    Conflict,
    Forbidden,
    InvalidRequest,
    NotFound,
    Unavailable,
    WoveError,
)

SECONDS = 70  # for one answer
ERRORS: dict[str, type[WoveError]] = {
    "ResourceNotFoundException": NotFound,
    "ResourceConflictException": Conflict,
    "InvalidParameterValueException": InvalidRequest,
    "ValidationException": InvalidRequest,
}
REFUSED = {401, 403}


class Account:
    """What can be asked of an account."""

    def __init__(self, options: LambdaOptions) -> None:
        session = boto3.session.Session(
            aws_access_key_id=options.key,
            aws_secret_access_key=options.secret.shown(),
            aws_session_token=options.session.shown() or None,
            region_name=options.region,
        )
        config = Config(read_timeout=SECONDS, connect_timeout=10, retries={"mode": "standard"})
        more = {"endpoint_url": options.endpoint or None, "config": config}
        self._clients = {name: session.client(name, **more) for name in ("lambda", "logs")}

    async def ask(self, operation: str, service: str = "lambda", **parameters: Any) -> Any:
        """Call an operation. Raises Forbidden, NotFound, Conflict, InvalidRequest, Unavailable."""
        call = getattr(self._clients[service], operation)
        return await asyncio.to_thread(_explaining, call, **parameters)

    async def ask_if_there(self, operation: str, service: str = "lambda", **of: Any) -> Any:
        """Call an operation on what may not be there; None where it is not."""
        try:
            return await self.ask(operation, service, **of)
        except NotFound:
            return None

    async def wait(self, state: str, **parameters: Any) -> None:
        """Wait until a function has a state. Raises Unavailable."""
        waiter = self._clients["lambda"].get_waiter(state)
        options = {"Delay": 1, "MaxAttempts": 60}
        await asyncio.to_thread(_explaining, waiter.wait, WaiterConfig=options, **parameters)


def _explaining(call: Callable[..., Any], **parameters: Any) -> Any:
    try:
        return call(**parameters)
    except ClientError as error:
        raise _explained(error) from error
    except WaiterError as error:
        raise Unavailable(f"AWS has not made the function ready: {error}") from error
    except BotoCoreError as error:
        raise Unavailable(f"AWS does not answer ({type(error).__name__}). Try again.") from error


def _explained(error: ClientError) -> WoveError:
    found, answer = error.response["Error"], error.response.get("ResponseMetadata", {})
    code, said = found.get("Code", ""), found.get("Message", "").strip().rstrip(".")
    said = code if not said or said.startswith("<") else said
    if answer.get("HTTPStatusCode") in REFUSED:
        return Forbidden(
            f"AWS does not accept the key in {KEY} for this: {said}."
            " Make a new one with the rights that the guide names."
        )
    return ERRORS.get(code, Unavailable)(f"AWS says: {said}.")
