"""The workers of the stand-in for Cloudflare; the real engine runs them for visitors."""

import asyncio
import itertools
import json
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

import aiohttp
from aiohttp import web

from tests.unit.deploy.targets.loopback import free_port

WRANGLER = Path(sys.prefix) / "wrangler/node_modules"
CONFIG = """using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.js", esModule = embed "worker.js")],
    compatibilityDate = "2026-04-01",
    bindings = [{bindings}]))],
  sockets = [(name = "http", address = "127.0.0.1:{port}", http = (), service = "main")]);
"""


class Workers:
    """Workers by name, each with its versions and with what is served of them."""

    def __init__(self, token):
        self.scripts = {}
        self._token = token
        self._numbers = itertools.count(1)
        self._engines = {}

    def routes(self, here):
        script = f"{here}/workers/scripts/{{name}}"
        return [
            web.get(f"{here}/workers/services/{{name}}", self.service),
            web.get(f"{here}/workers/subdomain", self.subdomain),
            web.put(script, self.put),
            web.delete(script, self.remove),
            web.get(f"{script}/subdomain", self.reachable),
            web.post(f"{script}/subdomain", self.reach),
            web.get(f"{script}/settings", self.settings),
            web.get(f"{script}/deployments", self.deployments),
            web.post(f"{script}/deployments", self.deploy),
            web.get(f"{script}/versions", self.versions),
            web.post(f"{script}/versions", self.upload),
            web.get(f"{script}/versions/{{id}}", self.version),
            web.get("/visits/{name}/{path:.*}", self.visit),
        ]

    # ------------------------------------------------------------------ the API

    async def service(self, request):
        name = request.match_info["name"]
        if name not in self.scripts:
            return _failed(404, 10090, "This Worker does not exist on this account")
        script = {"tag": "t", "tags": [], "last_deployed_from": "wrangler"}
        return _done({"id": name, "default_environment": {"environment": "production",
                                                          "script": script}})  # fmt: skip

    async def subdomain(self, request):
        return _done({"subdomain": "acct"})

    async def put(self, request):
        """Take a script at once, as `wrangler deploy` sends it."""
        name = request.match_info["name"]
        self.scripts.setdefault(name, {"versions": [], "deployments": [], "reachable": None})
        version = await self._taken(request, name)
        self._serve(name, version["id"], "")
        return _done({"id": name, "etag": "e", "pipeline_hash": "h", "mutable_pipeline_id": "m",
                      "deployment_id": version["id"].replace("-", ""), "startup_time_ms": 5,
                      "available_on_subdomain": True})  # fmt: skip

    async def remove(self, request):
        found = self.scripts.pop(request.match_info["name"], None)
        return _done(None) if found else _failed(404, 10007, "This Worker does not exist")

    async def reachable(self, request):
        return _done({"enabled": False, "previews_enabled": False})

    async def reach(self, request):
        self.scripts[request.match_info["name"]]["reachable"] = await request.json()
        return _done(self.scripts[request.match_info["name"]]["reachable"])

    async def settings(self, request):
        found = request.match_info["name"] in self.scripts
        return _done({"bindings": [], "tags": []}) if found else _failed(404, 10007, "None")

    async def deployments(self, request):
        script = self.scripts.get(request.match_info["name"])
        if script is None:
            return _failed(404, 10007, "This Worker does not exist on your account")
        return _done({"deployments": script["deployments"]})

    async def deploy(self, request):
        body = await request.json()
        [only] = body["versions"]
        assert body["strategy"] == "percentage"
        assert only["percentage"] == 100
        name = request.match_info["name"]
        message = body["annotations"]["workers/message"]
        return _done(self._serve(name, only["version_id"], message))

    async def versions(self, request):
        script = self.scripts.get(request.match_info["name"])
        if script is None:
            return _failed(404, 10007, "This Worker does not exist on your account")
        return _done({"items": [_shown(each) for each in script["versions"]]})

    async def upload(self, request):
        name = request.match_info["name"]
        if name not in self.scripts:
            return _failed(404, 10007, "This Worker does not exist on your account")
        return _done(_shown(await self._taken(request, name)))

    async def version(self, request):
        script = self.scripts[request.match_info["name"]]
        wanted = request.match_info["id"]
        return _done(_shown(next(each for each in script["versions"] if each["id"] == wanted)))

    async def _taken(self, request, name):
        form = await parsed(request)
        metadata = json.loads(form["metadata"])
        version = {
            "id": str(uuid4()),
            "number": next(self._numbers),
            "bindings": metadata.get("bindings", []),
            "annotations": metadata.get("annotations", {}),
            "module": form[metadata["main_module"]],
        }
        self.scripts[name]["versions"].insert(0, version)
        return version

    def _serve(self, name, version, message):
        deployment = {
            "id": str(uuid4()),
            "source": "wrangler",
            "strategy": "percentage",
            "author_email": "ada@example.org",
            "created_on": f"2026-11-30T06:00:{next(self._numbers):02}Z",
            "annotations": {"workers/message": message},
            "versions": [{"version_id": version, "percentage": 100}],
        }
        self.scripts[name]["deployments"].insert(0, deployment)
        return deployment

    # ------------------------------------------------------------------ visitors

    async def visit(self, request):
        """Have the engine answer, of the version that is served or of the one that is named."""
        label = request.match_info["name"].removesuffix(".acct")
        version = self._meant(label)
        address = f"{await self._engine(version)}/{request.match_info['path']}"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            return web.Response(status=answer.status, body=await answer.read())

    def _meant(self, label):
        if label in self.scripts:
            wanted = self.scripts[label]["deployments"][0]["versions"][0]["version_id"]
            name = label
        else:
            wanted, _, name = label.partition("-")
        found = (each for each in self.scripts[name]["versions"] if each["id"].startswith(wanted))
        return next(found)

    async def _engine(self, version):
        if version["id"] not in self._engines:
            self._engines[version["id"]] = await _started(version)
        return self._engines[version["id"]][0]

    async def end(self, _):
        for _, process, folder in self._engines.values():
            process.kill()
            await process.wait()
            folder.cleanup()


async def _started(version):
    folder, port = tempfile.TemporaryDirectory(), free_port()
    bindings = ", ".join(
        f"(name = {json.dumps(each['name'])}, text = {json.dumps(each['text'])})"
        for each in version["bindings"]
    )
    (Path(folder.name) / "worker.js").write_text(version["module"])
    config = Path(folder.name) / "config.capnp"
    config.write_text(CONFIG.format(bindings=bindings, port=port))
    [engine] = WRANGLER.glob("@cloudflare/workerd-*/bin/workerd")
    process = await asyncio.create_subprocess_exec(engine, "serve", config)
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            break
    return f"http://127.0.0.1:{port}", process, folder


def _shown(version):
    hidden = [{key: each[key] for key in ("name", "type")} for each in version["bindings"]]
    return {
        "id": version["id"],
        "number": version["number"],
        "annotations": version["annotations"],
        "metadata": {"created_on": "2026-11-30T06:00:00Z", "author_email": "ada@example.org",
                     "source": "wrangler", "has_preview": True},
        "resources": {"bindings": hidden, "script": {}, "script_runtime": {}},
        "startup_time_ms": 5,
    }  # fmt: skip


async def parsed(request):
    """Read a form with files as texts."""
    form = {}
    async for part in await request.multipart():
        form[part.name] = (await part.read()).decode()
    return form


def _done(result):
    return web.json_response({"success": True, "errors": [], "messages": [], "result": result})


def _failed(status, code, message):
    errors = [{"code": code, "message": message}]
    return web.json_response({"success": False, "errors": errors, "result": None}, status=status)
