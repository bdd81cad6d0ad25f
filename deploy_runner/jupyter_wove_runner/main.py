"""`wove-runner …`: the process that holds Docker, and what administrators ask of it."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, TypeVar

import typer

from jupyter_wove.kit.errors import Unavailable, WoveError
from jupyter_wove.runner import Row
from jupyter_wove_runner import proxy
from jupyter_wove_runner.apps import Apps, apps_of
from jupyter_wove_runner.apps import routes as apps_routes
from jupyter_wove_runner.building import Builds, Place, prepare
from jupyter_wove_runner.building import routes as builds_routes
from jupyter_wove_runner.doctor import examined
from jupyter_wove_runner.images import KINDS
from jupyter_wove_runner.kernels import Environment, kernels_of
from jupyter_wove_runner.leaving import routes as leaving_routes
from jupyter_wove_runner.reconciling import clear, reap, take_over
from jupyter_wove_runner.routes import routes
from jupyter_wove_runner.sandboxes import Sandboxes, sandboxes
from jupyter_wove_runner.serving import listening
from jupyter_wove_runner.settings import WoveRunner, beside, load

log = logging.getLogger("wove.runner")
T = TypeVar("T")
Config = Annotated[str, typer.Option(help="The file with its settings.")]
DAY = 24 * 3600.0  # seconds
program = typer.Typer(no_args_is_help=True, add_completion=False)


@program.callback()
def about() -> None:
    """Build and serve apps of Jupyter Wove in sandboxes on Docker."""


@program.command()
def images(config: Config = "") -> None:
    """Make the images of sandboxes that are missing; this takes a few minutes, and root."""

    async def make() -> None:
        async with sandboxes(load(config)) as here:
            for kind in KINDS:
                typer.echo(f"{kind}: {await here.images.have(kind, typer.echo)}")
            typer.echo(f"kernel: {await Environment(here).image()}")

    _run(make())


@program.command()
def stacks(config: Config = "") -> None:
    """Make the usual environments ready, so that first builds need not wait for them."""

    async def make() -> None:
        async with sandboxes(load(config)) as here:
            await prepare(here, typer.echo)

    _run(make())


@program.command()
def doctor(config: Config = "") -> None:
    """Attack sandboxes as somebody would who means harm; fail where an attack comes through."""

    async def examine() -> bool:
        with TemporaryDirectory(prefix="wove-doctor-") as folder:
            async with sandboxes(beside(load(config), folder)) as here:
                try:
                    return not [row async for row in examined(here) if _shown(row)]
                finally:
                    await clear(here.engine, here.networks)

    if not _run(examine()):
        raise typer.Exit(1)


@program.command()
def caddyfile(config: Config = "") -> None:
    """Write what Caddy needs to know to stand before the apps, with certificates of its own."""
    settings = load(config)
    if not settings.apps_port:
        typer.echo("Set apps_port first, so that Caddy finds the apps again.", err=True)
        raise typer.Exit(1)
    typer.echo(proxy.caddyfile(settings.apps_listen, settings.apps_port), nl=False)


@program.command()
def serve(config: Config = "") -> None:
    """Run until it is told to stop, for the Wove of whoever started it."""

    async def run() -> None:
        settings = load(config)
        async with AsyncExitStack() as stack:
            here, problem = await _opened(settings, stack)
            builds = Builds(settings, Place(here) if here else None, problem)
            await builds.open()
            if builds.ahead:
                _beside(stack, builds.ahead.keep())
            apps = await stack.enter_async_context(apps_of(settings, here))
            _beside(stack, _sweep(builds, apps))
            kernels = await stack.enter_async_context(kernels_of(here, problem))
            leaving = leaving_routes(settings, here, problem)
            own = routes(here, problem, builds.ahead)
            asked = [*own, *builds_routes(builds), *apps_routes(apps)]
            async with listening(Path(settings.socket), [*asked, *leaving, *kernels]):
                await _until_stopped()

    _run(run())


async def _opened(settings: WoveRunner, stack: AsyncExitStack) -> tuple[Sandboxes | None, str]:
    """Open Docker; without it, saved notebooks and plain sites can still be made live."""
    try:
        here = await stack.enter_async_context(sandboxes(settings))
    except Unavailable as error:
        return None, str(error)
    await take_over(here)
    stack.push_async_callback(here.egress.leave)
    _beside(stack, reap(here.engine))
    return here, ""


def _beside(stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
    """Have something done beside all else, until the end of the stack."""
    task = asyncio.create_task(work)

    async def end() -> None:
        task.cancel()
        await asyncio.wait([task])

    stack.push_async_callback(end)


async def _sweep(builds: Builds, apps: Apps) -> None:
    """Remove what nobody needs any more, now and once a day."""
    while True:
        try:
            await builds.sweep(apps.needed())
        except WoveError as error:  # the engine may be away for a moment
            log.warning("Not all was swept that nobody needs: %s", error)
        await asyncio.sleep(DAY)


def main() -> None:
    """Run `wove-runner`."""
    program()


def _shown(row: Row) -> bool:
    """Show a row; tell whether the attack came through."""
    colour = {"pass": typer.colors.GREEN, "warn": typer.colors.YELLOW, "fail": typer.colors.RED}
    result = typer.style(row.result, fg=colour[row.result])
    typer.echo(f"{result}  {row.name}: {row.found}")
    if row.advice:
        typer.echo(f"      {row.advice}")
    return row.result == "fail"


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Do it; where it can't be done, say why in a sentence."""
    try:
        return asyncio.run(work)
    except WoveError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
