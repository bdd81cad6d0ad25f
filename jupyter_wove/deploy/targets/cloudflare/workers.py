"""Workers at Cloudflare: each release is a version, and one version has all visitors."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from jupyter_wove.deploy.targets.checking import answers
from jupyter_wove.deploy.targets.cloudflare.account import Account
from jupyter_wove.deploy.targets.cloudflare.options import CloudflareOptions
from jupyter_wove.deploy.targets.cloudflare.wrangler import Wrangler, private_folder
from jupyter_wove.deploy.targets.models import Order
from jupyter_wove.deploy.targets.target import Say
from jupyter_wove.runner import App, Line

MAIN = "worker.js"
COMPATIBLE = "2026-04-01"
MESSAGE = "workers/message"
SHORT = 8  # characters of a version that its address begins with
OWNER_ONLY = 0o600
FIRST = 'export default { fetch: () => new Response("Not deployed yet", { status: 503 }) };\n'


class WorkersTarget:
    """Workers of an account."""

    def __init__(self, account: Account, options: CloudflareOptions) -> None:
        self._account = account
        self._options = options
        self._wrangler = Wrangler(options)

    async def find(self, order: Order) -> str | None:
        """Find the version of this release."""
        for version in await self._versions(order.app):
            if (version.get("annotations") or {}).get(MESSAGE) == _mark(order.release.id):
                return str(version["id"])
        return None

    async def upload(self, order: Order, say: Say) -> str:
        """Upload a version that nobody visits."""
        await self._have_worker(order.app, say)
        with private_folder() as folder, private_folder(in_memory=True) as hidden:
            await order.parcels.site(folder)
            self._configure(order.app, folder)
            reports = await self._wrangler.run(
                folder, say, "versions", "upload", "--config", "wrangler.json",
                "--message", _mark(order.release.id), *_secrets(order.environment, hidden),
            )  # fmt: skip
        return str(reports["version-upload"]["version_id"])

    async def check(self, order: Order, uploaded: str, say: Say) -> None:
        """Visit the version at its own address."""
        name = f"{uploaded[:SHORT]}-{self._name(order.app)}"
        await answers(await self._address(name), order.release.plan.health)

    async def activate(self, order: Order, uploaded: str, say: Say) -> str:
        """Have all visitors come to this version, in one step."""
        with private_folder() as folder:
            await self._wrangler.run(
                folder, say, "versions", "deploy", f"{uploaded}@100%", "--yes",
                "--name", self._name(order.app), "--message", _mark(order.release.id),
            )  # fmt: skip
        return await self._address(self._name(order.app))

    async def forget(self, app: App, release_id: UUID) -> None:
        """Do nothing: Cloudflare keeps the last hundred versions and lets go of older ones."""

    async def delete(self, app: App) -> None:
        """Remove the worker with all its versions."""
        await self._account.ask_if_there("DELETE", self._script(app), params={"force": "true"})

    async def logs(self, app: App, most: int) -> list[Line]:
        """Say which versions were served when; what a worker prints, Cloudflare shows itself."""
        found = await self._account.ask_if_there("GET", f"{self._script(app)}/deployments") or {}
        lines = [
            f"{each['created_on']} {(each.get('annotations') or {}).get(MESSAGE, each['id'])}"
            for each in found.get("deployments") or []
        ]
        return [Line("wove", line) for line in sorted(lines)[-most:]]

    # ------------------------------------------------------------------ within

    def _name(self, app: App) -> str:
        return self._options.name or f"wove-{app.id.hex}"

    def _script(self, app: App) -> str:
        return f"/workers/scripts/{self._name(app)}"

    async def _versions(self, app: App) -> list[dict[str, Any]]:
        found = await self._account.ask_if_there(
            "GET", f"{self._script(app)}/versions", params={"deployable": "true"}
        )
        return list((found or {}).get("items") or [])

    async def _have_worker(self, app: App, say: Say) -> None:
        """Have a worker of which there can be versions; the first one says that it waits."""
        if await self._account.ask_if_there("GET", f"/workers/services/{self._name(app)}"):
            return
        say(Line("wove", f"Making the worker {self._name(app)} at Cloudflare"))
        with private_folder() as folder:
            (folder / MAIN).write_text(FIRST)
            self._configure(app, folder)
            await self._wrangler.run(folder, say, "deploy", "--config", "wrangler.json")

    def _configure(self, app: App, folder: Path) -> None:
        """Write our own configuration: one of a project could have commands run."""
        for path in folder.glob("wrangler.*"):
            path.unlink()
        configuration = {
            "name": self._name(app),
            "main": MAIN,
            "compatibility_date": COMPATIBLE,
            "no_bundle": True,
            "workers_dev": True,
            "preview_urls": True,
        }
        (folder / "wrangler.json").write_text(json.dumps(configuration))

    async def _address(self, name: str) -> str:
        subdomain = (await self._account.ask("GET", "/workers/subdomain"))["subdomain"]
        return self._options.visited.format(f"{name}.{subdomain}")


def _secrets(environment: dict[str, str], hidden: Path) -> list[str]:
    """Hand the variables over in a file that is on no disk, as secrets of the version."""
    if not environment:
        return []
    path = hidden / "secrets.json"
    path.touch(mode=OWNER_ONLY)
    path.write_text(json.dumps(environment))
    return ["--secrets-file", str(path)]


def _mark(release_id: UUID) -> str:
    return f"wove {release_id}"
