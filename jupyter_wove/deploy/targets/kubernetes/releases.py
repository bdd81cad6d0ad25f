"""Releases in a cluster: each a deployment of its own, and a service that names one of them."""

import asyncio
import time
from typing import Any
from uuid import UUID

from jupyter_wove.deploy.targets.kubernetes.cluster import Cluster
from jupyter_wove.deploy.targets.kubernetes.options import KubernetesOptions
from jupyter_wove.deploy.targets.kubernetes.pods import (
    APP,
    CONTAINER,
    NOT_STARTED,
    RELEASE,
    deployment,
    release_name,
)
from jupyter_wove.deploy.targets.kubernetes.surroundings import (
    host,
    ingress,
    namespace,
    namespace_name,
    service,
    surroundings,
)
from jupyter_wove.deploy.targets.models import NotWell, Order
from jupyter_wove.deploy.targets.target import Say
from jupyter_wove.runner import App, Line

PAUSE = 0.5  # seconds
LAST = 5  # lines of what it printed
BROKEN = {
    "CrashLoopBackOff": "it ends right after its start",
    "ImagePullBackOff": "its image cannot be pulled",
    "ErrImagePull": "its image cannot be pulled",
    "InvalidImageName": "its image cannot be pulled",
    "CreateContainerConfigError": "it cannot be set up",
    "RunContainerError": "it cannot be started",
}


class KubernetesTarget:
    """A cluster of Kubernetes."""

    def __init__(self, cluster: Cluster, options: KubernetesOptions) -> None:
        self._cluster = cluster
        self._options = options

    async def find(self, order: Order) -> str | None:
        """Find the deployment of this release."""
        name = release_name(order)
        there = await self._cluster.ask_if_there(
            self._cluster.apps.read_namespaced_deployment(name, namespace_name(order.app))
        )
        return name if there else None

    async def upload(self, order: Order, say: Say) -> str:
        """Push the image, and run it without visitors."""
        say(Line("wove", f"Pushing the image to {self._options.registry}"))
        image = await order.parcels.image(
            f"{self._options.registry}/{order.app.id.hex}:{order.release.id.hex}",
            self._options.registry_user,
            self._options.registry_password,
        )
        place = namespace_name(order.app)
        await self._cluster.have_namespace(namespace(order.app))
        for manifest in surroundings(order, self._options):
            await self._cluster.have(place, manifest)
        say(Line("wove", f"Starting it in the namespace {place}"))
        await self._cluster.have(place, deployment(order, image, self._options))
        return release_name(order)

    async def check(self, order: Order, uploaded: str, say: Say) -> None:
        """Run it where it was stopped, and wait until its pod is ready."""
        await self._scale(namespace_name(order.app), uploaded, 1)
        until = time.monotonic() + NOT_STARTED
        while not await self._is_ready(order.app, uploaded):
            await self._demand_sound(order)
            if time.monotonic() > until:
                raise NotWell(
                    f"It did not answer well at {order.release.plan.health} within"
                    f" {NOT_STARTED} seconds.",
                    f"Visitors never came to it. {await self._last_words(order)}",
                )
            await asyncio.sleep(PAUSE)

    async def activate(self, order: Order, uploaded: str, say: Say) -> str:
        """Send visitors to it, and stop what they were sent to before."""
        place = namespace_name(order.app)
        await self._cluster.have(place, service(order))
        await self._cluster.have(place, ingress(order.app, self._options))
        for other in await self._deployments(order.app):
            if other.metadata.name != uploaded and other.spec.replicas:
                await self._scale(place, other.metadata.name, 0)
        return f"https://{host(order.app, self._options)}"

    async def forget(self, app: App, release_id: UUID) -> None:
        """Delete the deployment of a release."""
        name = f"release-{release_id.hex}"
        await self._cluster.ask_if_there(
            self._cluster.apps.delete_namespaced_deployment(name, namespace_name(app))
        )

    async def delete(self, app: App) -> None:
        """Delete the namespace of an app, and with it all that it has."""
        await self._cluster.ask_if_there(self._cluster.core.delete_namespace(namespace_name(app)))

    async def logs(self, app: App, most: int) -> list[Line]:
        """List the last lines of the pods of an app."""
        texts = [
            await self._printed(app, pod, most) for pod in await self._pods(app, f"{APP}={app.id}")
        ]
        lines = [line for text in texts for line in text.splitlines()]
        return [Line("stdout", line) for line in lines[-most:]]

    # ------------------------------------------------------------------ within

    async def _scale(self, place: str, name: str, replicas: int) -> None:
        body = {"spec": {"replicas": replicas}}
        await self._cluster.ask(self._cluster.apps.patch_namespaced_deployment(name, place, body))

    async def _is_ready(self, app: App, name: str) -> bool:
        found = await self._cluster.ask(
            self._cluster.apps.read_namespaced_deployment(name, namespace_name(app))
        )
        status = found.status
        if status is None or (status.observed_generation or 0) < (found.metadata.generation or 0):
            return False
        return (status.available_replicas or 0) >= 1

    async def _demand_sound(self, order: Order) -> None:
        """Raise NotWell where a pod will not become ready by itself."""
        for pod in await self._pods(order.app, f"{RELEASE}={order.release.id}"):
            for state in (pod.status.container_statuses if pod.status else None) or []:
                if why := _trouble(state):
                    raise NotWell(
                        f"It does not run in the cluster: {why}.", await self._last_words(order)
                    )

    async def _last_words(self, order: Order) -> str:
        for pod in await self._pods(order.app, f"{RELEASE}={order.release.id}"):
            if lines := (await self._printed(order.app, pod, LAST)).splitlines():
                return f"Its last lines: {' / '.join(lines)}"
        return "It has printed nothing."

    async def _printed(self, app: App, pod: Any, most: int) -> str:
        call = self._cluster.core.read_namespaced_pod_log(
            pod.metadata.name, namespace_name(app), container=CONTAINER, tail_lines=most
        )
        return str(await self._cluster.ask_if_there(call) or "")

    async def _pods(self, app: App, selector: str) -> list[Any]:
        call = self._cluster.core.list_namespaced_pod(namespace_name(app), label_selector=selector)
        return (await self._cluster.ask(call)).items or []

    async def _deployments(self, app: App) -> list[Any]:
        call = self._cluster.apps.list_namespaced_deployment(
            namespace_name(app), label_selector=f"{APP}={app.id}"
        )
        return (await self._cluster.ask(call)).items or []


def _trouble(state: Any) -> str:
    """Say what keeps a container from running; "" where nothing does."""
    ended = state.last_state and state.last_state.terminated
    if ended and ended.reason == "OOMKilled":
        return "it used more than its memory and was stopped"
    waiting = state.state and state.state.waiting
    return BROKEN.get(waiting.reason or "", "") if waiting else ""
