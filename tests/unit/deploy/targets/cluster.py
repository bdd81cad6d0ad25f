"""A cluster for tests: kmock keeps what is in it; pods come and go as controllers have them."""

import asyncio
import base64
import json
import threading
from contextlib import contextmanager

import aiohttp.web
import kubernetes_validate
import yaml
from kmock import KubernetesEmulator, Server, resource

VERSION = "1.37"
TOKEN = "token-of-the-tests"
DEPLOYMENTS, PODS = resource("apps/v1/deployments"), resource("v1/pods")
PLACES = {
    "secrets": "v1",
    "services": "v1",
    "pods": "v1",
    "resourcequotas": "v1",
    "deployments": "apps/v1",
    "ingresses": "networking.k8s.io/v1",
    "networkpolicies": "networking.k8s.io/v1",
}
STATES = {
    "crash": {"state": {"waiting": {"reason": "CrashLoopBackOff"}}},
    "memory": {
        "state": {"waiting": {"reason": "CrashLoopBackOff"}},
        "lastState": {"terminated": {"reason": "OOMKilled", "exitCode": 137}},
    },
    "pull": {"state": {"waiting": {"reason": "ImagePullBackOff"}}},
    "silent": {"state": {"running": {}}},
    "good": {"state": {"running": {}}},
}


class Cluster(KubernetesEmulator):
    """A cluster whose manifests have to be valid, and whose deployments have pods."""

    def prepare(self):
        self.next_image, self.images, self.seen, self.mistakes = "good", {}, {}, []
        self.namespaces = {}
        for plural, version in PLACES.items():
            self.resources[resource(f"{version}/{plural}")] = {}

    async def __call__(self, raw_request):
        if raw_request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _status(401, "Unauthorized")
        *above, last = raw_request.path.split("/")
        if "namespaces" in {last, above[-1]}:  # which kmock does not know how to read
            return await self._namespace(raw_request, last)
        return await super().__call__(raw_request)

    async def _namespace(self, request, name):
        if request.method == "POST":
            described = await request.json()
            self._demand_valid(described)
            if described["metadata"]["name"] in self.namespaces:
                return _status(409, "namespace already exists")
            self.namespaces[described["metadata"]["name"]] = described
            return aiohttp.web.json_response(described, status=201)
        assert request.method == "DELETE"
        if self.namespaces.pop(name, None) is None:
            return _status(404, "namespace not found")
        self._sweep(name)
        return _status(200, "Terminating")

    async def _handle(self, request):
        if request.url.path.endswith("/log"):
            return aiohttp.web.Response(text="one\ntwo: no such table\n")
        if request.method.value in {"POST", "PUT"}:
            self._demand_valid(request.data)
            assert request.namespace in self.namespaces
        if request.method.value == "PUT":  # which kmock takes for no change
            return self._replace(request)
        return await super()._handle(request)

    def _replace(self, request):
        found = self._objects[request.resource, request.namespace, request.name]
        found.delete()
        found.create(request.data)
        return aiohttp.web.json_response(found.raw)

    def _demand_valid(self, manifest):
        try:
            kubernetes_validate.validate(manifest, VERSION, strict=True)
        except (kubernetes_validate.ValidationError, KeyError) as error:
            self.mistakes.append(f"{manifest.get('kind')}: {error}")

    async def _serve_list(self, request):
        found = await super()._serve_list(request)
        wanted = request.params.get("labelSelector", "")
        name, _, value = wanted.partition("=")
        if wanted:
            found["items"] = [
                each for each in found["items"] if each["metadata"]["labels"].get(name) == value
            ]
        return found

    # ------------------------------------------------------------------ what controllers do

    async def control(self):
        while True:
            for (kind, namespace, name), found in list(self._objects.items()):
                if kind == DEPLOYMENTS and not found.deleted:
                    self._run(namespace, name, found)
            await asyncio.sleep(0.05)

    def _run(self, namespace, name, found):
        image = self.images.setdefault((namespace, name), self.next_image)
        wanted = found["spec"]["replicas"]
        age = self.seen[namespace, name] = self.seen.get((namespace, name), 0) + 1 if wanted else 0
        ready = wanted if image == "good" and age > 3 else 0
        found.patch({"status": {"replicas": wanted, "availableReplicas": ready}})
        pod = (PODS, namespace, f"{name}-1")
        if wanted and (pod not in self._objects or self._objects[pod].deleted):
            self._make(pod, found, image)
        if not wanted and pod in self._objects and not self._objects[pod].deleted:
            self._objects[pod].delete()

    def _make(self, pod, found, image):
        statuses = [{"name": "app", "image": "", "imageID": "", "ready": image == "good",
                     "restartCount": 0, **STATES[image]}]  # fmt: skip
        template = found["spec"]["template"].raw
        metadata = {"name": pod[2], "namespace": pod[1], "labels": template["metadata"]["labels"]}
        described = {"metadata": metadata, "status": {"containerStatuses": statuses}}
        if pod in self._objects:
            self._objects[pod].create(described)
        else:
            self._objects[pod] = described

    def _sweep(self, namespace):
        for (_, within, _), found in self._objects.items():
            if within == namespace and not found.deleted:
                found.delete()

    def all(self, plural):
        """List what there is of a kind."""
        if plural == "namespaces":
            return list(self.namespaces.values())
        return [
            found.raw
            for (kind, _, _), found in self._objects.items()
            if kind.plural == plural and not found.deleted
        ]

    def one(self, plural, name=None):
        [found] = [each for each in self.all(plural) if name in {None, each["metadata"]["name"]}]
        return found

    def secret(self, name):
        found = self.one("secrets", name)["data"]
        return {key: base64.b64decode(value).decode() for key, value in found.items()}


@contextmanager
def running():
    """Run a cluster; yield it and where it is."""
    loop, ready, stop, yielded = asyncio.new_event_loop(), threading.Event(), asyncio.Event(), []

    async def run():
        async with Cluster() as cluster, Server(cluster) as server:
            cluster.prepare()
            controller = asyncio.create_task(cluster.control())
            yielded.append((cluster, f"http://{server.host}:{server.port}"))
            ready.set()
            await stop.wait()
            controller.cancel()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    assert ready.wait(30)
    try:
        yield yielded[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)
        loop.close()


def kubeconfig(place, token=TOKEN):
    """Write what kubectl reads."""
    return yaml.safe_dump({
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "tests",
        "clusters": [{"name": "tests", "cluster": {"server": place}}],
        "users": [{"name": "tests", "user": {"token": token}}],
        "contexts": [{"name": "tests", "context": {"cluster": "tests", "user": "tests"}}],
    })  # fmt: skip


def _status(code, message):
    body = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code,
            "message": message}  # fmt: skip
    return aiohttp.web.Response(
        status=code, text=json.dumps(body), content_type="application/json"
    )
