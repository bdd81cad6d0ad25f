"""What Wove asks the runner about itself."""

from pathlib import Path

from aiohttp import web

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.runner import Status
from jupyter_wove_runner.building import Ahead, Stacks
from jupyter_wove_runner.doctor import examined
from jupyter_wove_runner.images import KINDS
from jupyter_wove_runner.sandboxes import Sandboxes
from jupyter_wove_runner.serving import answer
from jupyter_wove_runner.streams import stream


def routes(
    here: Sandboxes | None, problem: str = "", ahead: Ahead | None = None
) -> list[web.RouteDef]:
    """List what can be asked of it, also where there is no Docker."""

    async def status(_: web.Request) -> web.Response:
        preparing = ahead.packages if ahead else []
        return answer(await _status(here, preparing) if here else Status("", problem, [], "", []))

    async def doctor(request: web.Request) -> web.StreamResponse:
        if here is None:
            raise Unavailable(problem)
        return await stream(request, examined(here))

    return [web.get("/v1/status", status), web.post("/v1/doctor", doctor)]


async def _status(here: Sandboxes, preparing: list[str]) -> Status:
    version = (await here.engine.described())["ServerVersion"]
    missing = await here.images.missing()
    names = [here.images.name(kind) for kind in KINDS if kind not in missing]
    stacks = await Stacks(here.engine, Path(here.settings.state_dir) / "stacks").ready()
    address = here.settings.apps_address
    return Status(f"Docker {version}", here.exposed, names, address, stacks, preparing)
