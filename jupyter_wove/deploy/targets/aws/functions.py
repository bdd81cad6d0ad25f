"""Functions at AWS Lambda: each release is a version, and an alias names the one visitors call."""

import base64
import hashlib
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from jupyter_wove.deploy.targets.aws.account import Account
from jupyter_wove.deploy.targets.aws.events import request
from jupyter_wove.deploy.targets.aws.options import LambdaOptions
from jupyter_wove.deploy.targets.models import NotWell, Order
from jupyter_wove.deploy.targets.target import Say
from jupyter_wove.kit.errors import Conflict, TooLarge
from jupyter_wove.runner import App, Line

ALIAS = "live"
LARGEST = 50_000_000  # bytes of a package that is sent in one piece
SECONDS = 30  # of one call
MEGABYTES = 10_240  # the most that a function can have
BROKEN = ("Runtime.", "Sandbox.", "Extension.", "Function.")
RELEASE = "WOVE_RELEASE"  # without a change of its own, two releases would be one version


class LambdaTarget:
    """An account at AWS Lambda."""

    def __init__(self, account: Account, options: LambdaOptions) -> None:
        self._account = account
        self._options = options

    async def find(self, order: Order) -> str | None:
        """Find the version of this release."""
        return await self._version_of(order.app, order.release.id)

    async def upload(self, order: Order, say: Say) -> str:
        """Send the package, and publish a version of it that nobody calls yet."""
        name, package = self._name(order.app), await _package(order)
        say(Line("wove", f"Sending {len(package) / 1e6:.1f} MB to {self._options.region}"))
        if await self._account.ask_if_there("get_function", FunctionName=name):
            await self._update(name, package, order)
        else:
            say(Line("wove", f"Making the function {name}"))
            await self._create(name, package, order)
        published = await self._account.ask(
            "publish_version",
            FunctionName=name,
            Description=_mark(order.release.id),
            CodeSha256=base64.b64encode(hashlib.sha256(package).digest()).decode(),
        )
        return str(published["Version"])

    async def check(self, order: Order, uploaded: str, say: Say) -> None:
        """Call the version once; what it makes of an empty request is its own matter."""
        name = self._name(order.app)
        await self._account.wait("published_version_active", FunctionName=name, Qualifier=uploaded)
        answer = await self._account.ask(
            "invoke",
            FunctionName=name,
            Qualifier=uploaded,
            Payload=json.dumps(request(order.release.plan.health)).encode(),
        )
        if not answer.get("FunctionError"):
            return
        error = _error(answer["Payload"].read())
        if error["errorType"].startswith(BROKEN):
            raise NotWell(
                f"The function cannot be called: {error['errorMessage']}",
                "Its imports and its handler have to work on the Python of AWS Lambda,"
                f" {self._options.runtime}.",
            )
        say(Line("wove", f"It answers an empty request with {error['errorType']}."))

    async def activate(self, order: Order, uploaded: str, say: Say) -> str:
        """Have the alias name this version, in one step."""
        alias = {"FunctionName": self._name(order.app), "Name": ALIAS}
        if await self._account.ask_if_there("get_alias", **alias):
            await self._account.ask("update_alias", FunctionVersion=uploaded, **alias)
        else:
            await self._account.ask("create_alias", FunctionVersion=uploaded, **alias)
        return await self._address(alias["FunctionName"])

    async def forget(self, app: App, release_id: UUID) -> None:
        """Delete the version of a release."""
        if version := await self._version_of(app, release_id):
            await self._account.ask_if_there(
                "delete_function", FunctionName=self._name(app), Qualifier=version
            )

    async def delete(self, app: App) -> None:
        """Delete the function with all its versions, and what it has printed."""
        name = self._name(app)
        await self._account.ask_if_there("delete_function", FunctionName=name)
        await self._account.ask_if_there("delete_log_group", "logs", logGroupName=_log(name))

    async def logs(self, app: App, most: int) -> list[Line]:
        """List what the function printed last."""
        found = await self._account.ask_if_there(
            "filter_log_events", "logs", logGroupName=_log(self._name(app)), limit=most
        )
        return [Line("stdout", _printed(event)) for event in (found or {}).get("events", [])]

    # ------------------------------------------------------------------ within

    def _name(self, app: App) -> str:
        return self._options.function or f"wove-{app.id.hex}"

    async def _create(self, name: str, package: bytes, order: Order) -> None:
        await self._account.ask(
            "create_function",
            FunctionName=name,
            Code={"ZipFile": package},
            Tags={"wove-app": str(order.app.id)},
            **self._configuration(order),
        )
        await self._account.wait("function_active_v2", FunctionName=name)

    async def _update(self, name: str, package: bytes, order: Order) -> None:
        """Change what is called `$LATEST`, which nobody calls."""
        await self._account.ask("update_function_code", FunctionName=name, ZipFile=package)
        await self._account.wait("function_updated_v2", FunctionName=name)
        await self._account.ask(
            "update_function_configuration", FunctionName=name, **self._configuration(order)
        )
        await self._account.wait("function_updated_v2", FunctionName=name)

    def _configuration(self, order: Order) -> dict[str, Any]:
        plan = order.release.plan
        return {
            "Runtime": self._options.runtime,
            "Role": self._options.role,
            "Handler": plan.start[-1],
            "MemorySize": min(max(plan.memory_mb, 128), MEGABYTES),
            "Timeout": SECONDS,
            "Environment": {"Variables": {**order.environment, RELEASE: str(order.release.id)}},
        }

    async def _version_of(self, app: App, release_id: UUID) -> str | None:
        wanted = _mark(release_id)
        marker: dict[str, str] = {}
        while True:
            page = await self._account.ask_if_there(
                "list_versions_by_function", FunctionName=self._name(app), **marker
            )
            for version in (page or {}).get("Versions", []):
                if version["Version"] != "$LATEST" and version.get("Description") == wanted:
                    return str(version["Version"])
            if not (page or {}).get("NextMarker"):
                return None
            marker = {"Marker": page["NextMarker"]}

    async def _address(self, name: str) -> str:
        """Have an address at which everybody may call the alias."""
        alias = {"FunctionName": name, "Qualifier": ALIAS}
        found = await self._account.ask_if_there("get_function_url_config", **alias)
        if not found:
            found = await self._account.ask("create_function_url_config", AuthType="NONE", **alias)
        for statement, of in PERMISSIONS.items():
            try:
                await self._account.ask(
                    "add_permission", StatementId=statement, Principal="*", **of, **alias
                )
            except Conflict:
                continue
        return str(found["FunctionUrl"])


PERMISSIONS: dict[str, dict[str, Any]] = {
    "wove-address": {"Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": "NONE"},
    "wove-calls": {"Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": True},
}


async def _package(order: Order) -> bytes:
    """Have the package. Raises TooLarge."""
    with tempfile.TemporaryDirectory(prefix="wove-") as folder:
        path = Path(folder) / "package.zip"
        await order.parcels.package(path)
        if (size := path.stat().st_size) > LARGEST:
            raise TooLarge(
                f"The function and what it imports are {size // 1_000_000} MB as a zip file,"
                f" and AWS Lambda takes {LARGEST // 1_000_000} MB. Import less."
            )
        return path.read_bytes()


def _mark(release_id: UUID) -> str:
    return f"wove {release_id}"


def _log(name: str) -> str:
    return f"/aws/lambda/{name}"


def _error(payload: bytes) -> dict[str, str]:
    try:
        found = json.loads(payload)
    except ValueError:
        found = {}
    return {name: str(found.get(name, "")) for name in ("errorType", "errorMessage")}


def _printed(event: dict[str, Any]) -> str:
    at = datetime.fromtimestamp(event["timestamp"] / 1000, UTC).isoformat(timespec="seconds")
    return f"{at} {event['message'].rstrip()}"
