"""Sites at Cloudflare Pages: shown beside the one that is served, then put in its place."""

import shutil
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

SERVED, SHOWN = "main", "wove-check"  # branches, as Cloudflare calls them
PROGRAMS = ("_worker.js", "functions")  # which Cloudflare would run, and which were not asked for
COMMIT = 40  # characters
PER_PAGE = 25


class PagesTarget:
    """Sites of an account."""

    def __init__(self, account: Account, options: CloudflareOptions) -> None:
        self._account = account
        self._options = options
        self._wrangler = Wrangler(options)

    async def find(self, order: Order) -> str | None:
        """Find the site of this release among those that were served."""
        for deployment in await self._deployments(order.app, "production"):
            if _commit(deployment) == _mark(order.release.id):
                return str(deployment["id"])
        return None

    async def upload(self, order: Order, say: Say) -> str:
        """Upload the site to where nobody looks for it."""
        await self._have_project(order.app, say)
        return await self._deployed(order, SHOWN, say)

    async def check(self, order: Order, uploaded: str, say: Say) -> None:
        """Look whether its first page is there."""
        deployment = await self._account.ask(
            "GET", f"{self._project(order.app)}/deployments/{uploaded}"
        )
        await answers(deployment["url"], "/")

    async def activate(self, order: Order, uploaded: str, say: Say) -> str:
        """Serve it: its files are there already."""
        place = self._project(order.app)
        if await self.find(order) == uploaded:
            project = await self._account.ask("GET", place)
            if (project.get("canonical_deployment") or {}).get("id") != uploaded:
                await self._account.ask("POST", f"{place}/deployments/{uploaded}/rollback")
        else:
            await self._deployed(order, SERVED, say)
            await self._remove(order.app, uploaded)
        project = await self._account.ask("GET", place)
        return f"https://{project['subdomain']}"

    async def forget(self, app: App, release_id: UUID) -> None:
        """Remove what there is of a release, unless it is served."""
        for environment in ("preview", "production"):
            for deployment in await self._deployments(app, environment):
                if _commit(deployment) == _mark(release_id):
                    await self._remove(app, deployment["id"])

    async def delete(self, app: App) -> None:
        """Remove the project with all its sites."""
        await self._account.ask_if_there("DELETE", self._project(app))

    async def logs(self, app: App, most: int) -> list[Line]:
        """List what Cloudflare says of the site that is served: a site itself prints nothing."""
        project = await self._account.ask_if_there("GET", self._project(app))
        served = ((project or {}).get("canonical_deployment") or {}).get("id")
        if not served:
            return []
        path = f"{self._project(app)}/deployments/{served}/history/logs"
        found = await self._account.ask_if_there("GET", path) or {}
        lines = [f"{each['ts']} {each['line']}" for each in found.get("data") or []]
        return [Line("wove", line) for line in lines[-most:]]

    # ------------------------------------------------------------------ within

    def _name(self, app: App) -> str:
        return self._options.name or f"wove-{app.id.hex}"

    def _project(self, app: App) -> str:
        return f"/pages/projects/{self._name(app)}"

    async def _have_project(self, app: App, say: Say) -> None:
        if await self._account.ask_if_there("GET", self._project(app)):
            return
        say(Line("wove", f"Making the project {self._name(app)} at Cloudflare"))
        body = {"name": self._name(app), "production_branch": SERVED}
        await self._account.ask("POST", "/pages/projects", body)

    async def _deployments(self, app: App, environment: str) -> list[dict[str, Any]]:
        wanted = {"env": environment, "per_page": PER_PAGE}
        path = f"{self._project(app)}/deployments"
        return await self._account.ask_if_there("GET", path, params=wanted) or []

    async def _remove(self, app: App, deployment: str) -> None:
        path = f"{self._project(app)}/deployments/{deployment}"
        await self._account.ask_if_there("DELETE", path, params={"force": "true"})

    async def _deployed(self, order: Order, branch: str, say: Say) -> str:
        with private_folder() as folder:
            site = folder / "site"
            site.mkdir()
            await order.parcels.site(site)
            _without_programs(site, say)
            mark = ("--commit-hash", _mark(order.release.id), "--commit-message", "Jupyter Wove")
            reports = await self._wrangler.run(
                folder, say, "pages", "deploy", "site", "--project-name", self._name(order.app),
                "--branch", branch, *mark, "--commit-dirty=false", "--no-bundle",
            )  # fmt: skip
        return str(reports["pages-deploy"]["deployment_id"])


def _without_programs(site: Path, say: Say) -> None:
    """Leave out what would run at Cloudflare, of which the plan of a site knows nothing."""
    for path in (site / name for name in PROGRAMS):
        if path.is_symlink() or path.exists():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
            say(Line("wove", f"{path.name} is left out: a site has no programs."))


def _mark(release_id: UUID) -> str:
    return release_id.hex.ljust(COMMIT, "0")


def _commit(deployment: dict[str, Any]) -> str:
    trigger = deployment.get("deployment_trigger") or {}
    return str((trigger.get("metadata") or {}).get("commit_hash", ""))
