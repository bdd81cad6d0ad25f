"""A stand-in for Cloudflare: its API, as its tool and Wove speak it, and what visitors see."""

import base64
import itertools
import json
import re
from uuid import uuid4

from aiohttp import web

from tests.unit.deploy.targets.workers import Workers, parsed

TOKEN, ACCOUNT = "cf-token-of-the-tests", "0123456789abcdef0123456789abcdef"
HERE = f"/client/v4/accounts/{ACCOUNT}"
UPLOADING = "a.eyJleHAiOjQxMDAwMDAwMDB9.c"  # it is good until the year 2099
HASH = re.compile(r"[0-9a-f]{32}")


class Cloudflare:
    """One account, its projects and its workers."""

    def __init__(self):
        self.projects, self.assets, self.asked = {}, {}, []
        self.workers = Workers(TOKEN)
        self.url = ""
        self._numbers = itertools.count(1)

    def application(self):
        application = web.Application(middlewares=[self._note], client_max_size=64 * 1024**2)
        project = f"{HERE}/pages/projects/{{project}}"
        application.add_routes([
            web.post(f"{HERE}/pages/projects", self.make),
            web.get(project, self.show),
            web.delete(project, self.remove),
            web.get(f"{project}/upload-token", self.token),
            web.get(f"{project}/deployments", self.list),
            web.post(f"{project}/deployments", self.deploy),
            web.get(f"{project}/deployments/{{id}}", self.deployment),
            web.delete(f"{project}/deployments/{{id}}", self.forget),
            web.post(f"{project}/deployments/{{id}}/rollback", self.roll_back),
            web.get(f"{project}/deployments/{{id}}/history/logs", self.history),
            web.post("/client/v4/pages/assets/check-missing", self.missing),
            web.post("/client/v4/pages/assets/upload", self.upload),
            web.post("/client/v4/pages/assets/upsert-hashes", self.upsert),
            web.get("/sites/{project}/{id}/{path:.*}", self.visit),
            *self.workers.routes(HERE),
        ])  # fmt: skip
        application.on_cleanup.append(self.workers.end)
        return application

    @web.middleware
    async def _note(self, request, handler):
        """Note what was asked for, and let in who has the token."""
        self.asked.append(f"{request.method} {request.path.removeprefix('/client/v4')}")
        token = UPLOADING if "/pages/assets/" in request.path else TOKEN
        is_visit = request.path.startswith(("/sites/", "/visits/"))
        if not is_visit and request.headers.get("Authorization") != f"Bearer {token}":
            return failed(403, 10000, "Authentication error")
        return await handler(request)

    # ------------------------------------------------------------------ projects

    async def make(self, request):
        body = await request.json()
        assert set(body) == {"name", "production_branch"}
        self.projects[body["name"]] = {**body, "deployments": [], "canonical": None}
        return done(self._shown(body["name"]))

    async def show(self, request):
        name = request.match_info["project"]
        return done(self._shown(name)) if name in self.projects else failed(404, 8000007, "None")

    async def remove(self, request):
        found = self.projects.pop(request.match_info["project"], None)
        return done(None) if found else failed(404, 8000007, "Project not found")

    def _shown(self, name):
        project = self.projects[name]
        return {
            "name": name,
            "subdomain": f"{name}.pages.dev",
            "production_branch": project["production_branch"],
            "canonical_deployment": project["canonical"],
            "deployment_configs": {"production": {}, "preview": {}},
        }

    # ------------------------------------------------------------------ files

    async def token(self, request):
        return done({"jwt": UPLOADING})

    async def missing(self, request):
        hashes = (await request.json())["hashes"]
        return done([each for each in hashes if each not in self.assets])

    async def upload(self, request):
        for asset in await request.json():
            assert HASH.fullmatch(asset["key"])
            assert asset["base64"] is True
            content = base64.b64decode(asset["value"])
            self.assets[asset["key"]] = content, asset["metadata"]["contentType"]
        return done(True)

    async def upsert(self, request):
        assert set((await request.json())["hashes"]) <= set(self.assets)
        return done(True)

    # ------------------------------------------------------------------ deployments

    async def deploy(self, request):
        project = self.projects[request.match_info["project"]]
        form = await parsed(request)
        manifest = json.loads(form["manifest"])
        assert set(manifest.values()) <= set(self.assets)
        assert not {
            "_worker.js",
            "_worker.bundle",
            "functions-filepath-routing-config.json",
        } & set(form)
        is_served = form["branch"] == project["production_branch"]
        number = f"{next(self._numbers):08x}"
        deployment = {
            "id": str(uuid4()),
            "project_name": request.match_info["project"],
            "url": f"{self.url}/sites/{request.match_info['project']}/{number}",
            "number": number,
            "environment": "production" if is_served else "preview",
            "deployment_trigger": {"metadata": {"branch": form["branch"],
                "commit_hash": form["commit_hash"], "commit_message": form["commit_message"]}},
            "latest_stage": {"name": "deploy", "status": "success"},
            "stages": [],
            "manifest": manifest,
        }  # fmt: skip
        project["deployments"].insert(0, deployment)
        if is_served:
            project["canonical"] = deployment
        return done(deployment)

    async def list(self, request):
        project = self.projects.get(request.match_info["project"])
        if project is None:
            return failed(404, 8000007, "Project not found")
        wanted = request.query["env"]
        return done([each for each in project["deployments"] if each["environment"] == wanted])

    def _found(self, request):
        project = self.projects[request.match_info["project"]]
        wanted = request.match_info["id"]
        found = [each for each in project["deployments"] if each["id"] == wanted]
        return project, found[0] if found else None

    async def deployment(self, request):
        _, found = self._found(request)
        return done(found) if found else failed(404, 8000009, "Deployment not found")

    async def forget(self, request):
        project, found = self._found(request)
        if found is None:
            return failed(404, 8000009, "Deployment not found")
        if found is project["canonical"]:
            return failed(400, 8000034, "The active deployment cannot be deleted")
        project["deployments"].remove(found)
        return done(None)

    async def roll_back(self, request):
        project, found = self._found(request)
        assert found["environment"] == "production"
        project["canonical"] = found
        return done(found)

    async def history(self, request):
        lines = [{"ts": "2026-11-30T06:00:00Z", "line": "Success: your site was deployed!"}]
        return done({"total": 1, "data": lines})

    async def visit(self, request):
        """Show a file, as visitors of a deployment see it."""
        project = self.projects[request.match_info["project"]]
        number = request.match_info["id"]
        found = next(each for each in project["deployments"] if each["number"] == number)
        path = request.match_info["path"] or "index.html"
        if f"/{path}" not in found["manifest"]:
            return web.Response(status=404)
        content, kind = self.assets[found["manifest"][f"/{path}"]]
        return web.Response(body=content, headers={"Content-Type": kind})


def done(result):
    return web.json_response({"success": True, "errors": [], "messages": [], "result": result})


def failed(status, code, message):
    errors = [{"code": code, "message": message}]
    return web.json_response({"success": False, "errors": errors, "result": None}, status=status)
