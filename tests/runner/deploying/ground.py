"""A real Jupyter server with the real runner on a real engine: all of it can be killed."""

import http.client
import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import psutil

from jupyter_wove.runner.launching.places import socket_of
from tests.reliability.server import Server

CHECKS = 20  # seconds until a version that does not answer is given up
PAUSE = 0.05
DAY = 24 * 3600
RUNNER = f"{socket_of.__module__.rpartition('.')[0]}.tethered"
# What happens once a day, a month later.
TIDY = """
import sys
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from jupyter_wove.app import Wove
from jupyter_wove.deploy.tables import AppRow
from jupyter_wove.kit.columns import now
from jupyter_wove.projects import ProjectRow
from jupyter_wove.runner import choose_runner

url, data, root = sys.argv[1], *map(Path, sys.argv[2:])
wove = Wove(url, data, root, "Ann")
wove.choose_runner = lambda: choose_runner(data, "")
with wove.units.write() as unit:
    for row in (AppRow, ProjectRow):
        binned = update(row).where(row.deleted.is_not(None))
        unit.session.execute(binned.values(deleted=now() - timedelta(days=31)))
wove.start()
wove.tidy()
wove.outbox.drain()
wove.close()
"""


class Ground:
    """A server of Ann's, whose runner works on the engine at `docker`."""

    def __init__(self, folder, docker):
        self.folder, self.docker = folder, docker
        folder.mkdir(parents=True, exist_ok=True)
        config = folder / "runner.py"
        lines = {"docker_url": docker, "apps_check_seconds": CHECKS, "prepare": False}
        text = "".join(f"c.WoveRunner.{name} = {value!r}\n" for name, value in lines.items())
        config.write_text(text)
        settings = {"Wove": {"runner_config": str(config)}}
        self.server = Server(folder / "server", "Ann", settings=settings)
        self.server.start()
        self.runner = socket_of(self.server.data).parent.name  # on all that it makes
        self.state = self.server.data / "runner"

    def ask(self, method, path, body=None, **options):
        """Use an operation that works; return what it says."""
        answer = self.server.api(method, path, body, timeout=180, **options)
        assert answer.status < 300, answer
        return answer.json

    def project(self, title, files):
        """Make a project of some files."""
        project = self.ask("POST", "projects", {"title": title})
        self.write(project, files)
        return project

    def write(self, project, files):
        """Write files into a project; nothing else is left in it."""
        folder = self.server.root / project["folder"]
        for each in folder.iterdir():
            if each.is_file():
                each.unlink()
        for name, content in files.items():
            (folder / name).write_text(content)

    def app(self, project, kind="", **changes):
        """Make an app of a project; of some kind, or of that which is found by each deployment."""
        there = f"projects/{project['id']}/apps"
        plan = self.ask("GET", f"{there}/plan", query={"kind": kind})["plan"] if kind else None
        body = {"access": "public", "idle": 0, "plan": plan and plan | changes}
        return self.ask("POST", there, body)

    def deploy(self, app):
        """Begin to deploy the work as it is."""
        return self.ask("POST", f"apps/{app['id']}/deployments", {})

    def ended(self, deployment, seconds=240):
        """Wait until a deployment has ended; return it."""
        path = f"deployments/{deployment['id']}"
        return until(lambda: self.ask("GET", path), lambda each: each["ended"], seconds)

    def live(self, app):
        """Deploy the work as it is, and wait until visitors see it."""
        deployment = self.ended(self.deploy(app))
        assert deployment["state"] == "live", deployment
        return deployment

    def visit(self, app, path="/"):
        """Come as a visitor; tell what is there, or nothing where nobody answers."""
        url = urlsplit(app["url"] or self.ask("GET", f"apps/{app['id']}")["url"])
        connection = http.client.HTTPConnection("127.0.0.1", url.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Host": url.netloc})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            return 0, repr(error)
        finally:
            connection.close()

    def kill_server(self):
        """Kill the server, and start it again."""
        self.server.kill()
        self.server.start()

    def kill_runner(self):
        """Kill the runner, if it runs at this moment."""
        for process in self.runners():
            os.kill(process.pid, signal.SIGKILL)

    def runners(self):
        """List the processes of the runner."""
        return [each for each in self.processes() if RUNNER in each.cmdline()]

    def processes(self):
        """List the processes of the runner, and those that it has started."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.cwd() == str(self.state) and process.status() != "zombie":
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def a_day_later(self):
        """Have all that was built lie there for two days, and the runner start anew."""
        then = time.time() - 2 * DAY
        for path in [*self.state.glob("images/*"), *self.state.glob("sites/[!.]*")]:
            os.utime(path, (then, then))
        self.kill_runner()

    def tidy(self):
        """Do what is done once a day, when what lies in the bin has lain there for a month."""
        server = self.server
        arguments = [server.database_url, str(server.data), str(server.root)]
        command = [sys.executable, "-c", TIDY, *arguments]
        subprocess.run(command, check=True, env=server._environment(), cwd=server.folder)

    def close(self):
        """End all of it as it is ended in the evening."""
        process = self.server.process
        if process is not None:
            process.terminate()
            process.wait(30)
            self.server.process = None


def until(look, holds, seconds=60):
    """Look until something holds; return what was seen then."""
    end = time.monotonic() + seconds
    while not holds(seen := look()):
        assert time.monotonic() < end, seen
        time.sleep(PAUSE)
    return seen
