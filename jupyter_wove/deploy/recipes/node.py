"""Projects with a package.json: a site that is built, or a server."""

from dataclasses import dataclass
from typing import Any

from jupyter_wove.deploy.recipes.project import Project
from jupyter_wove.runner import Kind, Plan

SERVERS = ("next", "nuxt", "@remix-run/serve", "@react-router/serve", "@astrojs/node",
           "@sveltejs/adapter-node", "express", "fastify", "koa", "hono")  # fmt: skip
OUTPUTS = {
    "@11ty/eleventy": "_site", "@docusaurus/core": "build", "@sveltejs/adapter-static": "build",
    "gatsby": "public", "hexo": "public", "next": "out", "react-scripts": "build",
    "vitepress": ".vitepress/dist", "vuepress": ".vuepress/dist",
}  # fmt: skip
LOCK = "package-lock.json"


@dataclass(frozen=True)
class Server:
    """A server in Node.js, also one that renders pages."""

    kind: Kind = "node"
    needs: str = "For node add a package.json with a `start` script."

    def entry(self, project: Project) -> str | None:
        """Take a package.json that starts one of the known servers."""
        package = project.json("package.json")
        serves = any(name in _dependencies(package) for name in SERVERS)
        return "package.json" if serves and _starts(package) else None

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan its build step, if it has one, and its start."""
        package = project.json(entry)
        return Plan(
            kind=self.kind,
            base="node",
            entry=entry,
            lock=LOCK if project.has(LOCK) else "",
            requirements=[] if project.has(LOCK) else _listed(package),
            prepare=[["npm", "run", "build"]] if "build" in _scripts(package) else [],
            start=_start(package),
        )


@dataclass(frozen=True)
class BuiltSite:
    """A site that a build step in Node.js makes."""

    kind: Kind = "site"
    needs: str = "For a site that is built add a package.json with a `build` script."

    def entry(self, project: Project) -> str | None:
        """Take a package.json that builds."""
        builds = "build" in _scripts(project.json("package.json"))
        return "package.json" if builds else None

    def plan(self, project: Project, entry: str) -> Plan:
        """Plan the build step, and the folder into which its tool writes."""
        package = project.json(entry)
        known = (folder for name, folder in OUTPUTS.items() if name in _dependencies(package))
        return Plan(
            kind=self.kind,
            base="node",
            entry=entry,
            lock=LOCK if project.has(LOCK) else "",
            requirements=[] if project.has(LOCK) else _listed(package),
            prepare=[["npm", "run", "build"]],
            site=next(known, "dist"),
        )


def _scripts(package: dict[str, Any]) -> dict[str, Any]:
    scripts = package.get("scripts")
    return scripts if isinstance(scripts, dict) else {}


def _dependencies(package: dict[str, Any]) -> dict[str, Any]:
    tables = (package.get(name) for name in ("dependencies", "devDependencies"))
    return {name: of for table in tables if isinstance(table, dict) for name, of in table.items()}


def _listed(package: dict[str, Any]) -> list[str]:
    """List what is installed as npm writes it: `name@range`."""
    return [f"{name}@{of}" for name, of in _dependencies(package).items() if isinstance(of, str)]


def _starts(package: dict[str, Any]) -> bool:
    return "start" in _scripts(package) or "@astrojs/node" in _dependencies(package)


def _start(package: dict[str, Any]) -> list[str]:
    if "start" in _scripts(package):
        return ["npm", "start"]
    return ["node", "dist/server/entry.mjs"]
