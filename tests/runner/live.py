"""From a project to an address that answers, as JupyterLab has it done: by a real server."""

import asyncio
import http.client
import json
import secrets
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from jupyter_wove_runner.containers import Engine
from jupyter_wove_runner.networks import Networks
from jupyter_wove_runner.reconciling import clear
from jupyter_wove_runner.settings import WoveRunner

from tests.ui.servers import serving

PATIENCE = 900  # seconds; a build that installs a lot
PAUSE = 0.02


class NotLive(Exception):
    """A deployment ended in another way."""


class Live:
    """A project, and the app that is made of it."""

    def __init__(self, server, files):
        self.server = server
        title = f"Waves {secrets.token_hex(4)}"
        self.project = server.ask("wove/api/projects", {"title": title})
        self.app = None
        self.stages = {}
        self.log = []
        self.write(files)

    def write(self, files):
        """Edit files of the project, as somebody who saves them."""
        for path, content in files.items():
            (self.server.root / self.project["folder"] / path).write_text(content)

    def deploy(self, **wish):
        """Press the button, and listen until the app is live. Raises NotLive."""
        if self.app is None:
            body = {"access": "public", **wish}
            self.app = self.server.ask(f"wove/api/projects/{self.project['id']}/apps", body)
        deployment = self.server.ask(f"wove/api/apps/{self.app['id']}/deployments", {})
        ended = self._followed(deployment["id"])
        if ended["state"] != "live":
            raise NotLive(f"{ended['reason']}\n{ended['traceback']}\n" + "\n".join(self.log))
        self.app = self.server.ask(f"wove/api/apps/{self.app['id']}")

    def answer(self, words, path="/"):
        """Wait until the app itself says some words to a visitor; return all that it says."""
        until = time.monotonic() + PATIENCE
        while words not in (said := self._asked(path)):
            assert time.monotonic() < until, said
            time.sleep(PAUSE)
        return said

    def _asked(self, path):
        address = urlsplit(self.app["url"])
        connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=PATIENCE)
        headers = {"Host": address.netloc, "Accept": "text/html"}
        connection.request("GET", path, headers=headers)
        said = connection.getresponse().read().decode()
        connection.close()
        return said

    def _followed(self, deployment_id):
        """Follow the log of a deployment to its end; note when each stage begins."""
        began, self.stages, self.log = time.perf_counter(), {}, []
        url = f"{self.server.url}/wove/api/deployments/{deployment_id}/log"
        headers = {"Authorization": f"token {self.server.token()}"}
        asked = urllib.request.Request(url, headers=headers)
        with urllib.request.urlopen(asked, timeout=PATIENCE) as stream:
            for line in stream:
                if not line.startswith(b"data:"):
                    continue
                news = json.loads(line.removeprefix(b"data:"))
                if said := news["line"]:
                    self.log.append(said["text"])
                if known := news["deployment"]:
                    self.stages.setdefault(known["state"], time.perf_counter() - began)
                    if known["ended"]:
                        return known
        raise NotLive("The log ended before the deployment.")


@contextmanager
def deploying(folder, docker, **settings):
    """Run JupyterLab whose runner has this Docker; nothing of it is left behind."""
    name = f"test-live-{secrets.token_hex(3)}"
    settings = {"docker_url": docker, "name": name, **settings}
    config = folder / "runner.py"
    lines = (f"c.WoveRunner.{key} = {value!r}\n" for key, value in settings.items())
    config.write_text("".join(lines))
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("WOVE_UI_DOCKER", docker)  # it is where servers look for it, too
            with serving(folder / "lab", wove={"runner_config": str(config)}) as server:
                yield server
    finally:
        with ThreadPoolExecutor(1) as thread:  # Playwright's loop may be in this one
            thread.submit(asyncio.run, _cleared(WoveRunner(docker_url=docker, name=name))).result()


async def _cleared(settings):
    async with Engine(settings.docker_url, settings.name) as engine:
        await clear(engine, Networks(engine, settings.subnets))
        for image in await engine.images(f"wove.runner={settings.name}"):
            await engine.remove_image(image)
