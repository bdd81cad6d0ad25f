"""Kubernetes: each app in a namespace of its own, hardened as the runner's sandboxes are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from jupyter_wove.deploy.targets.kubernetes.options import KubernetesOptions
from jupyter_wove.deploy.targets.models import FUNCTIONS, SERVERS, WORKERS
from jupyter_wove.deploy.targets.registry import demand_extra
from jupyter_wove.deploy.targets.target import Plugin, Target

EXTRA = "kubernetes"


@asynccontextmanager
async def _open(options: KubernetesOptions) -> AsyncIterator[Target]:
    demand_extra(EXTRA, "kubernetes_asyncio")
    from jupyter_wove.deploy.targets.kubernetes.cluster import connected  # noqa: PLC0415 — late
    from jupyter_wove.deploy.targets.kubernetes.releases import (  # noqa: PLC0415 — late
        KubernetesTarget,
    )

    async with connected(options) as cluster:
        yield KubernetesTarget(cluster, options)


KUBERNETES = Plugin(
    title="Kubernetes",
    kinds=SERVERS | FUNCTIONS | WORKERS,
    options=KubernetesOptions,
    open=_open,
    extra=EXTRA,
)
