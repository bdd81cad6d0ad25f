"""A stand-in for Fly: machines that start or do not, and requests checked by its description."""

import itertools
import json
from pathlib import Path

import yaml
from aiohttp import web
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import validate

DESCRIPTION = yaml.safe_load(Path(__file__).with_name("machines.yaml").read_text())
TOKEN = "fly-token-of-the-tests"
UNCHANGED = {"GET"}


class Fly:
    """Apps and their machines. What an image does when it starts stands in `images`."""

    def __init__(self):
        self.apps, self.leases, self.mistakes, self.asked = {}, {}, [], []
        self.next_image = "good"
        self._numbers = itertools.count(1)

    def application(self):
        validate(DESCRIPTION)
        application = web.Application(middlewares=[self._checked])
        for path, operations in DESCRIPTION["paths"].items():
            for method in operations.keys() - {"parameters"}:
                last = path.rpartition("/")[2].strip("{}")
                handler = getattr(self, f"{method}_{last}")
                application.router.add_route(method.upper(), path, handler)
        return application

    @web.middleware
    async def _checked(self, request, handler):
        """Let in who has the token, and holds the lease; note what the description forbids."""
        self.asked.append(f"{request.method} {request.path}")
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _failed(401, "token validation error")
        operation = DESCRIPTION["paths"][request.match_info.route.resource.canonical][
            request.method.lower()
        ]
        self.mistakes += await _mistakes(request, operation)
        app, machine = request.match_info.get("app_name"), request.match_info.get("machine_id")
        if app and app not in self.apps:
            return _failed(404, "app not found")
        if machine and machine not in self.apps[app]["machines"]:
            return _failed(404, "machine not found")
        lease = self.leases.get(machine)
        is_change = request.method not in UNCHANGED
        if is_change and lease and request.headers.get("fly-machine-lease-nonce") != lease:
            return _failed(409, "machine ID has an active lease")
        return await handler(request)

    # ------------------------------------------------------------------ apps

    async def post_apps(self, request):
        body = await request.json()
        self.apps[body["name"]] = {"machines": {}, "addresses": [], "secrets": {}, **body}
        return web.json_response({"id": body["name"]}, status=201)

    async def get_app_name(self, request):
        return web.json_response({"name": request.match_info["app_name"]})

    async def delete_app_name(self, request):
        del self.apps[request.match_info["app_name"]]
        return web.json_response({}, status=202)

    async def post_ip_assignments(self, request):
        self._app(request)["addresses"].append((await request.json())["type"])
        return web.json_response({"ip": "203.0.113.1"})

    async def post_secrets(self, request):
        self._app(request)["secrets"].update((await request.json())["values"])
        return web.json_response({"version": next(self._numbers)})

    # ------------------------------------------------------------------ machines

    async def get_machines(self, request):
        return web.json_response(list(self._app(request)["machines"].values()))

    async def post_machines(self, request):
        body = await request.json()
        id_ = f"m{next(self._numbers):013}"
        machine = {
            "id": id_,
            "name": body["name"],
            "region": body["region"],
            "config": body["config"],
            "cordoned": body.get("skip_service_registration", False),
            "image": self.next_image,
        }
        self._app(request)["machines"][id_] = machine
        self._start(machine)
        return web.json_response(machine)

    async def get_machine_id(self, request):
        machine = self._machine(request)
        if machine["state"] == "started":  # a check takes its time
            machine["checks"] = [{"name": "wove", "status": machine.pop("first", machine["well"])}]
        return web.json_response(machine)

    async def delete_machine_id(self, request):
        del self._app(request)["machines"][request.match_info["machine_id"]]
        return web.json_response({})

    async def get_wait(self, request):
        machine = self._machine(request)
        assert request.query["instance_id"] == machine["instance_id"]
        if machine["state"] != request.query["state"]:
            return _failed(408, "timeout reached waiting for machine's state to change")
        return web.json_response({"ok": True})

    async def post_lease(self, request):
        id_ = request.match_info["machine_id"]
        self.leases[id_] = f"nonce{next(self._numbers)}"
        lease = {"nonce": self.leases[id_], "owner": "ada@example.org"}
        return web.json_response({"status": "success", "data": lease}, status=201)

    async def delete_lease(self, request):
        self.leases.pop(request.match_info["machine_id"], None)
        return web.json_response({"ok": True})

    async def post_start(self, request):
        self._start(self._machine(request))
        return web.json_response({})

    async def post_stop(self, request):
        self._machine(request)["state"] = "stopped"
        return web.json_response({"ok": True})

    async def post_cordon(self, request):
        self._machine(request)["cordoned"] = True
        return web.json_response({})

    async def post_uncordon(self, request):
        self._machine(request)["cordoned"] = False
        return web.json_response({})

    # ------------------------------------------------------------------ within

    def visited(self, app):
        """List the machines that visitors come to."""
        machines = self.apps[app]["machines"].values()
        return [each for each in machines if each["state"] == "started" and not each["cordoned"]]

    def _app(self, request):
        return self.apps[request.match_info["app_name"]]

    def _machine(self, request):
        return self._app(request)["machines"][request.match_info["machine_id"]]

    def _start(self, machine):
        image = machine["image"]
        machine["instance_id"] = f"i{next(self._numbers)}"
        machine["state"] = "stopped" if image == "crash" else "started"
        machine["first"], machine["well"] = "warning", "passing" if image == "good" else "critical"
        event = {"type": "start", "status": machine["state"], "timestamp": 1764482400000}
        if image == "crash":
            event["request"] = {"exit_event": {"exit_code": 137, "oom_killed": True}}
        machine["events"] = [event]


async def _mistakes(request, operation):
    """Say what of a request the description does not know."""
    body = await request.text()
    found = []
    if reference := operation.get("requestBody"):
        schema = _schema(reference["$ref"])
        validator = OAS30Validator({**schema, "components": DESCRIPTION["components"]})
        found += [error.message for error in validator.iter_errors(json.loads(body))]
    elif body:
        found.append(f"{request.method} {request.path} has no body")
    known = {each["name"]: each["schema"] for each in operation.get("parameters", [])}
    for name, value in request.query.items():
        schema = known.get(name, {"enum": []})
        found += [error.message for error in OAS30Validator(schema).iter_errors(value)]
    return found


def _schema(reference):
    name = reference.rpartition("/")[2]
    body = DESCRIPTION["components"]["requestBodies"][name]
    return body["content"]["application/json"]["schema"]


def _failed(status, error):
    return web.json_response({"error": error}, status=status)
