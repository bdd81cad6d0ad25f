"""What is well with the sandboxes of this machine, what is not, and what to do about it."""

from collections.abc import AsyncIterator
from typing import Any

from jupyter_wove.runner import Row
from jupyter_wove_runner.attack import attack
from jupyter_wove_runner.sandboxes import Sandboxes

NO_SECCOMP = "Docker was built or started without seccomp, which keeps calls from the kernel."
ROOT = "Whoever came out of a container would be root: run Docker rootless, or with userns-remap."


async def examined(here: Sandboxes) -> AsyncIterator[Row]:
    """Look at the engine, then attack it; images that are missing are made first."""
    options = " ".join((await here.engine.described()).get("SecurityOptions") or [])
    held = "name=seccomp" in options
    yield Row(
        "engine: calls to the kernel",
        "pass" if held else "fail",
        options,
        "" if held else NO_SECCOMP,
    )
    yield _mapped(options)
    if here.exposed:
        yield Row("engine: firewall", "warn", here.exposed, "")
    await here.egress.start(await here.images.have("egress", _quietly))
    image = await here.images.have("base", _quietly)
    runtime = here.settings.runtime
    async for row in attack(here.engine, here.networks, here.egress, image, runtime):
        yield row


def _mapped(options: str) -> Row:
    if "name=rootless" in options or "name=userns" in options:
        return Row("engine: root in a container", "pass", "is nobody on this machine", "")
    return Row("engine: root in a container", "warn", "is root on this machine", ROOT)


def _quietly(_: Any) -> None:
    """Say nothing."""
