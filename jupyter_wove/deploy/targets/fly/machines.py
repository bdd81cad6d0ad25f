"""Machines at Fly: made without visitors, checked, and then the only one that has them."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from jupyter_wove.deploy.targets.asking import Api
from jupyter_wove.deploy.targets.fly.configuration import CHECK, RELEASE, configuration
from jupyter_wove.deploy.targets.fly.options import FlyOptions
from jupyter_wove.deploy.targets.models import NotWell, Order
from jupyter_wove.deploy.targets.target import Say
from jupyter_wove.kit.errors import WoveError
from jupyter_wove.runner import App, Line

PROVIDER = "Fly"
SECONDS = 60  # until a machine has to be well
PAUSE = 0.5
LEASE = 120  # seconds for which nobody else changes a machine
NONCE = "fly-machine-lease-nonce"
WAITS = 3  # a large image takes its time
COMING = {"created", "starting"}
GONE = {"destroyed", "destroying"}


class FlyTarget:
    """An account at Fly."""

    def __init__(self, api: Api, options: FlyOptions) -> None:
        self._api = api
        self._options = options

    async def find(self, order: Order) -> str | None:
        """Find the machine of this release."""
        return await self._machine_of(order.app, order.release.id)

    async def upload(self, order: Order, say: Say) -> str:
        """Push the image, and start a machine that has no visitors."""
        await self._have_app(order.app, say)
        name = self._name(order.app)
        say(Line("wove", f"Pushing the image to {self._options.registry}"))
        image = await order.parcels.image(
            f"{self._options.registry}/{name}:{order.release.id.hex}", "x", self._options.token
        )
        version = await self._keep_secrets(name, order.environment)
        body = {
            "name": f"release-{order.release.id.hex}",
            "region": self._options.region,
            "config": configuration(order, image),
            "skip_service_registration": True,
            **({"min_secrets_version": version} if version else {}),
        }
        say(Line("wove", f"Starting a machine in {self._options.region}"))
        machine = await self._api.ask("POST", f"/v1/apps/{name}/machines", body)
        return str(machine["id"])

    async def check(self, order: Order, uploaded: str, say: Say) -> None:
        """Start the machine where it was stopped, and wait until its check passes."""
        place = self._place(order.app, uploaded)
        machine = await self._api.ask("GET", place)
        if machine["state"] in {"stopped", "suspended"}:
            async with self._lease(place) as headers:
                await self._api.ask("POST", f"{place}/start", headers=headers)
            machine = await self._api.ask("GET", place)
        await self._wait(place, machine["instance_id"])
        until = time.monotonic() + SECONDS
        while (status := _status(await self._api.ask("GET", place))) != "passing":
            if time.monotonic() > until:
                raise NotWell(
                    f"The machine started, but {order.release.plan.health} did not answer well"
                    f" within {SECONDS} seconds: {status}.",
                    "Visitors never came to it. See whether it answers on this computer.",
                )
            await asyncio.sleep(PAUSE)

    async def activate(self, order: Order, uploaded: str, say: Say) -> str:
        """Let visitors come to this machine, then stop the others."""
        place = self._place(order.app, uploaded)
        async with self._lease(place) as headers:
            await self._api.ask("POST", f"{place}/uncordon", headers=headers)
        for machine in await self._machines(order.app):
            if machine["id"] != uploaded:
                await self._retire(self._place(order.app, machine["id"]), machine)
        return f"https://{self._name(order.app)}.fly.dev"

    async def forget(self, app: App, release_id: UUID) -> None:
        """Destroy the machine of a release."""
        if machine := await self._machine_of(app, release_id):
            await self._api.ask_if_there(
                "DELETE", self._place(app, machine), params={"force": "true"}
            )

    async def delete(self, app: App) -> None:
        """Destroy the app with its machines and addresses."""
        await self._api.ask_if_there("DELETE", f"/v1/apps/{self._name(app)}")

    async def logs(self, app: App, most: int) -> list[Line]:
        """List what happened to the machines; what the app prints, Fly shows itself."""
        events = [
            (event.get("timestamp", 0), machine["name"], event)
            for machine in await self._machines(app)
            for event in machine.get("events") or []
        ]
        events.sort(key=lambda each: each[0])
        return [Line("wove", _event(*each)) for each in events[-most:]]

    # ------------------------------------------------------------------ within

    def _name(self, app: App) -> str:
        return self._options.app or f"wove-{app.id.hex}"

    def _place(self, app: App, machine: str) -> str:
        return f"/v1/apps/{self._name(app)}/machines/{machine}"

    async def _have_app(self, app: App, say: Say) -> None:
        name = self._name(app)
        if await self._api.ask_if_there("GET", f"/v1/apps/{name}"):
            return
        say(Line("wove", f"Making the app {name} at Fly"))
        body = {"name": name, "org_slug": self._options.organisation}
        await self._api.ask("POST", "/v1/apps", body)
        for kind in ("shared_v4", "v6"):
            await self._api.ask("POST", f"/v1/apps/{name}/ip_assignments", {"type": kind})

    async def _keep_secrets(self, name: str, environment: dict[str, str]) -> int:
        """Keep the variables where Fly shows them to nobody; return their version."""
        if not environment:
            return 0
        answer = await self._api.ask("POST", f"/v1/apps/{name}/secrets", {"values": environment})
        return int(answer.get("version") or 0)

    async def _machines(self, app: App) -> list[dict[str, Any]]:
        found = await self._api.ask_if_there("GET", f"/v1/apps/{self._name(app)}/machines")
        return [each for each in found or [] if each["state"] not in GONE]

    async def _machine_of(self, app: App, release_id: UUID) -> str | None:
        for machine in await self._machines(app):
            metadata = machine["config"].get("metadata") or {}
            if metadata.get(RELEASE) == str(release_id):
                return str(machine["id"])
        return None

    async def _wait(self, place: str, instance: str) -> None:
        """Wait until a machine has started. Raises NotWell."""
        wanted = {"state": "started", "instance_id": instance, "timeout": SECONDS}
        for _ in range(WAITS):
            try:
                await self._api.ask("GET", f"{place}/wait", params=wanted)
            except WoveError:
                machine = await self._api.ask("GET", place)
                if machine["state"] not in COMING:
                    break
            else:
                return
        raise NotWell(
            f"The machine did not start: it is {machine['state']}. {_last(machine)}",
            "Its output is shown by `fly logs`, and in Fly's own pages.",
        )

    async def _retire(self, place: str, machine: dict[str, Any]) -> None:
        """Have a machine get no new visitors, and stop once those it has are served."""
        async with self._lease(place) as headers:
            await self._api.ask("POST", f"{place}/cordon", headers=headers)
            if machine["state"] == "started":
                body = {"signal": "SIGTERM", "timeout": "30s"}
                await self._api.ask("POST", f"{place}/stop", body, headers=headers)

    @asynccontextmanager
    async def _lease(self, place: str) -> AsyncIterator[dict[str, str]]:
        """Be the only one who changes a machine. Raises Conflict where somebody else is."""
        lease = await self._api.ask(
            "POST", f"{place}/lease", {"ttl": LEASE, "description": "Jupyter Wove"}
        )
        headers = {NONCE: lease.get("data", lease)["nonce"]}
        try:
            yield headers
        finally:
            await self._api.ask_if_there("DELETE", f"{place}/lease", headers=headers)


def _status(machine: dict[str, Any]) -> str:
    checks = [each for each in machine.get("checks") or [] if each["name"] == CHECK]
    return str(checks[0]["status"]) if checks else "not checked yet"


def _last(machine: dict[str, Any]) -> str:
    events = machine.get("events") or []
    exits = [(each.get("request") or {}).get("exit_event") or {} for each in events]
    found = next((each for each in exits if each), {})
    if found.get("oom_killed"):
        return "It used more than its memory."
    return f"It ended with exit code {found['exit_code']}." if "exit_code" in found else ""


def _event(timestamp: int, name: str, event: dict[str, Any]) -> str:
    at = datetime.fromtimestamp(timestamp / 1000, UTC).isoformat(timespec="seconds")
    return f"{at} {name}: {event.get('type', '')} {event.get('status', '')}"
