"""Images of apps: an environment, the files of the project, and what its commands made of them."""

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from jupyter_wove.runner import Plan
from jupyter_wove_runner.building import edge, failures, inside, trees
from jupyter_wove_runner.building.job import Job
from jupyter_wove_runner.building.place import EVERYWHERE, Place
from jupyter_wove_runner.building.telling import BuildFailed
from jupyter_wove_runner.building.ways import Way
from jupyter_wove_runner.containers import Container
from jupyter_wove_runner.policy import NOWHERE

STEPS = "opt/wove/steps.py"
FUNCTION = "opt/wove/function.py"


async def packed(job: Job, place: Place, environment: str, way: Way) -> str:
    """Have the image of an app; the same files and plan are the same image. Raises BuildFailed."""
    image = f"wove-app-{job.order.app_id.hex}:{_key(job, environment)}"
    place.images.touch(image)
    if await place.engine.has_image(image):
        job.say("Nothing has changed since this was built before.")
        return image
    async with prepared(job, place, environment, way) as container:
        await container.commit(
            image,
            command=job.plan.start,
            environment=EVERYWHERE | serving(job.plan),
            folder="/app",
            labels={"wove.image": "app", "wove.job": "", "wove.until": ""},
        )
    return image


@asynccontextmanager
async def prepared(job: Job, place: Place, environment: str, way: Way) -> AsyncIterator[Container]:
    """Have a container with the project's files after the commands of the build."""
    job.stage("building")
    network = (await way.network()).name if job.plan.prepare else NOWHERE
    policy = place.policy(network)
    command = ["python3", f"/{STEPS}", json.dumps(job.plan.prepare)]
    async with place.sandbox(job, environment, command, policy) as container:
        await trees.put(container, job.source, "app")
        await container.put("/", trees.tar(_ours(job)))
        if job.plan.prepare:
            ended = await container.run(policy, job.hear)
            if not ended.well:
                raise BuildFailed(failures.of_command(job, ended, policy, _last(job)))
        yield container


def serving(plan: Plan) -> dict[str, str]:
    """Say to frameworks that take no arguments where they listen."""
    port = str(plan.port)
    every = {"PORT": port, "HOST": "0.0.0.0", "PYTHONDONTWRITEBYTECODE": "1"}  # noqa: S104
    gradio = {
        "GRADIO_SERVER_NAME": "0.0.0.0",  # noqa: S104  in its sandbox
        "GRADIO_SERVER_PORT": port,
        "GRADIO_ANALYTICS_ENABLED": "False",
    }
    node = {"HOSTNAME": "0.0.0.0", "NODE_ENV": "production"}  # noqa: S104
    return every | {"gradio": gradio, "node": node}.get(plan.kind, {})


def _ours(job: Job) -> dict[str, bytes]:
    """List the files of ours that a kind needs."""
    files = {STEPS: inside.program("steps")}
    if job.plan.kind == "function":
        files[FUNCTION] = inside.program("function")
    if job.plan.kind == "edge":
        files |= edge.files(job)
    if job.plan.entry.endswith(".ipynb"):
        files["opt/wove/execute.py"] = inside.program("execute")
    return files


def _key(job: Job, environment: str) -> str:
    made_of = [environment, trees.digest(job.source), job.plan, sorted(_ours(job).items())]
    return hashlib.sha256(msgspec.json.encode(made_of)).hexdigest()[:12]


def _last(job: Job) -> str:
    """Find the command that was under way when they ended."""
    commands = [line[2:] for line in job.lines if line.startswith("$ ")]
    return commands[-1] if commands else "prepare"
