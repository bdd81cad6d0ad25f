"""A registry of images, as far as pushing goes: blobs, manifests, and a password."""

import base64
import hashlib
from uuid import uuid4

from aiohttp import web

USER, PASSWORD = "wove", "password-of-the-registry"


class Registry:
    """What was pushed, by name and digest."""

    def __init__(self):
        self.blobs, self.manifests, self.uploads = {}, {}, {}

    def application(self):
        application = web.Application(middlewares=[self._guarded], client_max_size=2 * 1024**3)
        application.add_routes([
            web.get("/v2/", self.welcome),
            web.head("/v2/{name:.+}/blobs/{digest}", self.blob),
            web.post("/v2/{name:.+}/blobs/uploads/", self.begin),
            web.patch("/v2/{name:.+}/blobs/uploads/{id}", self.go_on),
            web.put("/v2/{name:.+}/blobs/uploads/{id}", self.end),
            web.put("/v2/{name:.+}/manifests/{tag}", self.manifest),
            web.head("/v2/{name:.+}/manifests/{tag}", self.shown),
        ])  # fmt: skip
        return application

    @web.middleware
    async def _guarded(self, request, handler):
        proof = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {proof}":
            return web.Response(status=401, headers={"WWW-Authenticate": 'Basic realm="tests"'})
        return await handler(request)

    async def welcome(self, request):
        return web.json_response({}, headers={"Docker-Distribution-Api-Version": "registry/2.0"})

    async def blob(self, request):
        size = self.blobs.get(request.match_info["digest"])
        if size is None:
            return web.Response(status=404)
        return web.Response(headers={"Content-Length": str(size)})

    async def begin(self, request):
        id_ = uuid4().hex
        self.uploads[id_] = [hashlib.sha256(), 0]
        return self._accepted(request.match_info["name"], id_, 202)

    async def go_on(self, request):
        await self._take(request)
        return self._accepted(request.match_info["name"], request.match_info["id"], 202)

    async def end(self, request):
        await self._take(request)
        hashed, size = self.uploads.pop(request.match_info["id"])
        digest = f"sha256:{hashed.hexdigest()}"
        assert digest == request.query["digest"]
        self.blobs[digest] = size
        return web.Response(status=201, headers={"Docker-Content-Digest": digest})

    async def manifest(self, request):
        digest = f"sha256:{hashlib.sha256(await request.read()).hexdigest()}"
        name = f"{request.match_info['name']}:{request.match_info['tag']}"
        self.manifests[name] = digest
        return web.Response(status=201, headers={"Docker-Content-Digest": digest})

    async def shown(self, request):
        return web.Response(status=404)

    async def _take(self, request):
        upload = self.uploads[request.match_info["id"]]
        async for piece in request.content.iter_chunked(1024 * 1024):
            upload[0].update(piece)
            upload[1] += len(piece)

    def _accepted(self, name, id_, status):
        last = max(self.uploads[id_][1] - 1, 0)
        headers = {"Location": f"/v2/{name}/blobs/uploads/{id_}", "Range": f"0-{last}",
                   "Docker-Upload-UUID": id_}  # fmt: skip
        return web.Response(status=status, headers=headers)
