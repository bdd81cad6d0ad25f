"""Wove as the command line opens it: with the settings of this machine, as its owner."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, NoReturn, ParamSpec, TypeVar
from uuid import UUID

import msgspec
import typer
from jupyter_core.application import JupyterApp
from rich.console import Console
from rich.progress import Progress

from jupyter_wove.accounts import Actor
from jupyter_wove.app import Wove, all_services
from jupyter_wove.kit.errors import NotFound, WoveError
from jupyter_wove.kit.jobs import Job
from jupyter_wove.projects import Project, Projects
from jupyter_wove.settings import Wove as Settings

if TYPE_CHECKING:
    from jupyter_wove.runner import RunnerSocket

P = ParamSpec("P")
T = TypeVar("T")
Operation = Callable[Concatenate[Any, Actor, P], T]

SERVICE_NAMES = {service.__name__: service for service in all_services()}
PATIENCE = 24 * 3600.0  # seconds that a job may take; the person at the terminal has Ctrl-C


class Session:
    """One command: an open Wove, the local owner, and how to print."""

    def __init__(self, wove: Wove, as_json: bool) -> None:
        self.wove = wove
        self.owner = wove.directory.local()
        self.as_json = as_json

    def ask(self, operation: Operation[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Do one operation as the owner of this machine."""
        service = SERVICE_NAMES[operation.__qualname__.partition(".")[0]]
        with self.wove.call(self.owner, writes=True) as call:
            return operation(call.of(service), self.owner, *args, **named)

    def project(self, name: str) -> Project:
        """Find a project by its id, its address `owner/slug`, one's own slug, or its folder."""
        owner, _, slug = name.rpartition("/")
        try:
            return self.ask(Projects.get, UUID(name))
        except ValueError:
            pass
        try:
            return self.ask(Projects.at_address, owner or self.owner.handle, slug)
        except NotFound:
            return self.ask(Projects.around, name)

    def wait(self, job: Job) -> dict[str, Any]:
        """Show how far a job is until it has ended; return its result, or end with its problem."""
        with Progress(console=Console(stderr=True), transient=True, disable=self.as_json) as bar:
            task = bar.add_task(job.kind, total=None)
            while job.finished is None:
                bar.update(task, description=job.note, completed=job.done, total=job.total or None)
                job = self._now(job)
        if job.problem:
            fail(job.problem.detail)
        return job.result or {}

    def _now(self, job: Job) -> Job:
        try:
            return self.wove.jobs.wait(job.id, 0.2)
        except WoveError:
            with self.wove.units.read() as unit:
                return self.wove.jobs.get(unit, job.id) or job

    def show(self, result: Any, line: str) -> None:
        """Print a result: as JSON where that was asked for, else as a sentence."""
        print(json.dumps(msgspec.to_builtins(result)) if self.as_json else line)

    def table(self, rows: list[Any], line: Callable[[Any], str], empty: str) -> None:
        """Print several results, a line each, or what to do where there are none."""
        if self.as_json:
            print(json.dumps(msgspec.to_builtins(rows)))
        else:
            print("\n".join(map(line, rows)) or empty)


@contextmanager
def opened(context: typer.Context) -> Iterator[Session]:
    """Open Wove for one command; what it set off is done before it ends."""
    options = context.find_root().params
    settings = Settings(config=_jupyter_config())
    root = Path(options["root"]).resolve()
    wove = None
    try:
        wove = Wove(
            settings.database_url,
            Path(settings.data_dir),
            root,
            settings.local_owner,
            settings.queue_url,
            server_key=settings.server_key,
            search_engine=settings.search_engine,
            administrators=settings.administrators,
            catalogue=settings.catalogue,
            embedder=settings.embedder(),
        )
        wove.choose_runner = partial(_runner, settings, wove)
        wove.targets = settings.targets
        wove.resolvers = settings.app_resolvers
        wove.private_domains = settings.app_domains == "any"
        if settings.address:
            wove.is_reached_at(settings.address)
        wove.start()
        yield Session(wove, options["json"])
        wove.outbox.drain()
    except WoveError as error:
        fail(str(error))
    finally:
        if wove:
            wove.close()


def _runner(settings: Settings, wove: Wove) -> "RunnerSocket":
    """Find the runner of the server, or start one for this command."""
    from jupyter_wove.runner import choose_runner  # noqa: PLC0415 — few commands need one

    def tell() -> None:
        wove.hosting.tell_all()

    folder = Path(settings.data_dir)
    return choose_runner(folder, settings.runner_socket, settings.runner_config, tell)


def fail(reason: str) -> NoReturn:
    """End the command with a reason."""
    print(reason, file=sys.stderr)
    raise typer.Exit(1)


class _ServerConfig(JupyterApp):
    """Reads what `jupyter_server_config` says of Wove."""

    name = "jupyter-server"
    config_file_name = "jupyter_server_config"


def _jupyter_config() -> Any:
    app = _ServerConfig(log_level="ERROR")
    app.load_config_file()
    return app.config
