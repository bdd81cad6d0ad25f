"""A runner that serves apps, spoken to by its socket and by its proxy, as Wove and visitors do."""

import asyncio
import io
import os
import secrets
import tarfile
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import aiohttp
from jupyter_wove_runner.apps import Hosting, Serving, routes, serving
from jupyter_wove_runner.containers import Engine
from jupyter_wove_runner.egress import Egress
from jupyter_wove_runner.images import Images
from jupyter_wove_runner.networks import Networks
from jupyter_wove_runner.policy import Policy
from jupyter_wove_runner.registries import Registries
from jupyter_wove_runner.sandboxes import Sandboxes
from jupyter_wove_runner.sandboxes import sandboxes as prepared
from jupyter_wove_runner.scanning import Scanner
from jupyter_wove_runner.serving import listening
from jupyter_wove_runner.settings import WoveRunner
from yarl import URL

from jupyter_wove.runner import App, AppState, Code, Failed, Live, Plan, Release, Runner, Visitor

IMAGE = f"wove-test-serving-{os.getpid()}:1"
DOCKER = os.environ.get("WOVE_TEST_DOCKER", "")
MADE = set()  # images
PROGRAM = Path(__file__).with_name("visited.py")
SUBNETS = "10.214.0.0/16"
PAGE = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
HOME = "http://localhost:8888/wove/apps/x/enter"
ADA = Visitor(UUID(int=1), "Ada Löve")


def app(slug="waves", **changes):
    """Describe an app."""
    usual = {"id": uuid4(), "title": "Waves", "access": "public", "hosts": [], "idle": 0}
    usual |= {"home": HOME, "about": "http://localhost:8888/wove/@ada/waves"}
    return App(slug=slug, **(usual | changes))


def release(text="v1", how="good", kind="asgi", **changes):
    """Describe a release of the program beside this, which is as good as `how` says."""
    start = ["python3", "/app/visited.py", how, text]
    plan = Plan(**{"kind": kind, "start": start, "health": "/version", "memory_mb": 128} | changes)
    return Release(uuid4(), plan, IMAGE, "")


@dataclass
class Running:
    """A runner that runs here."""

    socket: Path
    port: int
    visitor: aiohttp.ClientSession
    folder: Path

    async def tell(self, about):
        """Tell the runner of an app."""
        return await self.ask("PUT", f"/v1/apps/{about.id}", AppState, about)

    async def ask(self, method, path, answer=object, body=None):
        """Ask the runner as Wove does."""
        runner = Runner(lambda: str(self.socket))
        return await asyncio.to_thread(runner.ask, method, path, answer, body)

    async def serve(self, about, release):
        """Have a release served; return all that the runner says."""
        return await asyncio.to_thread(self._serve, about, release)

    def _serve(self, about, release):
        runner = Runner(lambda: str(self.socket))
        return [each for each in runner.follow(f"/v1/apps/{about.id}/releases", release) if each]

    async def live(self, about, release):
        """Have a release served that is well."""
        *_, last = await self.serve(about, release)
        assert isinstance(last, Live), last

    async def refused(self, about, release):
        """Have a release served that is not well; return why."""
        *_, last = await self.serve(about, release)
        assert isinstance(last, Failed), last
        return last

    async def state(self, about):
        """Ask how an app does."""
        return await self.ask("GET", f"/v1/apps/{about.id}", AppState)

    async def code(self, about, visitor=ADA):
        """Have a code that lets a visitor in."""
        return (await self.ask("POST", f"/v1/apps/{about.id}/codes", Code, visitor)).code

    def site(self, name, **files):
        """Put a site where builds put them; return the release of it."""
        for path, content in files.items():
            file = self.folder / "sites" / name / path.replace("__", ".")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Release(uuid4(), Plan(kind="site", base="none"), "", name)

    def get(self, path="/", host="waves.localhost", method="GET", headers=None, **options):
        """Visit an app."""
        return self.visitor.request(
            method,
            URL(f"http://127.0.0.1:{self.port}{path}", encoded=True),
            headers={"Host": f"{host}:{self.port}"} | (headers or {}),
            allow_redirects=False,
            **options,
        )

    async def text(self, path="/version", **options):
        """Visit an app, and read its answer."""
        async with self.get(path, **options) as response:
            return await response.text()

    def connect(self, path="/ws", host="waves.localhost", **options):
        """Open a WebSocket."""
        headers = {"Host": f"{host}:{self.port}"} | options.pop("headers", {})
        return self.visitor.ws_connect(
            f"http://127.0.0.1:{self.port}{path}", headers=headers, **options
        )


@asynccontextmanager
async def running(folder, engine=None, deadline=10.0, **where):
    """Run a runner in a folder."""
    sites = folder / "sites"
    sites.mkdir(parents=True, exist_ok=True)
    here = sandboxes(engine, folder) if engine else None
    hosting = Hosting(sites, here, deadline)
    placed = Serving(folder / "serving", **where)
    async with (
        serving(placed, hosting) as apps,
        listening(folder / "run" / "socket", routes(apps)),
        spoken_to(folder, apps.port) as runner,
    ):
        yield runner
    if here:
        await here.egress.stop()


@asynccontextmanager
async def spoken_to(folder, port):
    """Speak to a runner that runs in a folder, in this process or another."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar()
    ) as visitor:
        yield Running(folder / "run" / "socket", port, visitor, folder)


@asynccontextmanager
async def docker():
    """Have the engine, the image of the program, and nothing of it when the block ends."""
    async with Engine(DOCKER, f"test-{secrets.token_hex(4)}") as engine:
        await make_image(engine)
        try:
            yield engine
        finally:
            await clear(engine)


def sandboxes(engine, folder):
    """Put together what apps are started with."""
    settings, networks = WoveRunner(state_dir=str(folder)), Networks(engine, SUBNETS)
    registries = Registries("", "", ())
    images = Images(engine, networks, settings, registries)
    egress = Egress(engine, networks, folder / "egress")
    scanner = Scanner([], 1)
    return Sandboxes(settings, engine, networks, images, egress, registries, scanner, "")


async def clear(engine):
    """Remove all that a runner of this name made."""
    for container in await engine.containers(engine.ours()):
        await container.remove()
    for network in await Networks(engine, SUBNETS).found(engine.ours()):
        await engine.links.remove(network.name)


async def make_image(engine, image=IMAGE, tar=None):
    """Make an image of the program, or of other files, unless it is there."""
    if await engine.has_image(image):
        return
    MADE.add(image)
    async with prepared(WoveRunner(name=engine.runner, docker_url=DOCKER)) as here:
        base = await here.images.have("base", print)
    policy = Policy(writable=True, disk_mb=64)
    compiled = ["python3", "-m", "compileall", "-q", "/app"]
    async with engine.container(base, compiled, policy) as made:
        await made.put("/", tar or _packed())
        assert (await made.run(policy)).code == 0
        await made.commit(image, command=["python3", "/app/visited.py"], folder="/app")


async def remove_images():
    """Remove what was made."""
    if MADE:
        async with Engine(DOCKER, "none") as engine:
            for image in MADE:
                await engine.remove_image(image)


def owned(file):
    """Give a file of an archive to whoever code runs as."""
    file.uid = file.gid = 1000
    return file


def empty(name):
    """Make a folder for an archive."""
    made = tarfile.TarInfo(name)
    made.type, made.mode = tarfile.DIRTYPE, 0o755
    return owned(made)


def _packed():
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.addfile(empty("app"))
        tar.add(PROGRAM, "app/visited.py", filter=owned)
    return packed.getvalue()
