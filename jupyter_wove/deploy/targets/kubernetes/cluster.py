"""A cluster, asked with the client that Kubernetes makes; what it refuses becomes sentences."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
from kubernetes_asyncio import client, config
from kubernetes_asyncio.client.exceptions import ApiException
from kubernetes_asyncio.config.config_exception import ConfigException

from jupyter_wove.deploy.targets.kubernetes.options import KubernetesOptions
from jupyter_wove.kit.errors import (
    Conflict,
    Forbidden,
    InvalidRequest,
    NotFound,
    Unavailable,
    WoveError,
)

ERRORS: dict[int, type[WoveError]] = {
    400: InvalidRequest,
    404: NotFound,
    409: Conflict,
    422: InvalidRequest,
}
WRITING = {
    "Secret": (client.CoreV1Api, "secret"),
    "ResourceQuota": (client.CoreV1Api, "resource_quota"),
    "Service": (client.CoreV1Api, "service"),
    "Deployment": (client.AppsV1Api, "deployment"),
    "NetworkPolicy": (client.NetworkingV1Api, "network_policy"),
    "Ingress": (client.NetworkingV1Api, "ingress"),
}
PATCHED = {"Service"}  # the cluster keeps an address in it


class Cluster:
    """What can be asked of a cluster."""

    def __init__(self, connection: client.ApiClient) -> None:
        self._connection = connection
        self.core = client.CoreV1Api(connection)
        self.apps = client.AppsV1Api(connection)

    async def ask(self, call: Awaitable[Any]) -> Any:
        """Wait for an answer. Raises WoveError of the kind that fits."""
        try:
            return await call
        except ApiException as error:
            raise _explained(error) from error
        except (aiohttp.ClientError, OSError) as error:
            kind = type(error).__name__
            raise Unavailable(f"The cluster does not answer ({kind}). Try again.") from error

    async def ask_if_there(self, call: Awaitable[Any]) -> Any:
        """Wait for an answer about what may not be there; None where it is not."""
        try:
            return await self.ask(call)
        except NotFound:
            return None

    async def have_namespace(self, manifest: dict[str, Any]) -> None:
        """Have a namespace be there."""
        create: Any = self.core.create_namespace  # it takes a description as well as an object
        with suppress(Conflict):
            await self.ask(create(manifest))

    async def have(self, namespace: str, manifest: dict[str, Any]) -> None:
        """Have something be as it is described, whether it is there already or not."""
        kind, noun = WRITING[manifest["kind"]]
        api, name = kind(self._connection), manifest["metadata"]["name"]
        try:
            await self.ask(getattr(api, f"create_namespaced_{noun}")(namespace, manifest))
        except Conflict:
            how = "patch" if manifest["kind"] in PATCHED else "replace"
            await self.ask(getattr(api, f"{how}_namespaced_{noun}")(name, namespace, manifest))


@asynccontextmanager
async def connected(options: KubernetesOptions) -> AsyncIterator[Cluster]:
    """Connect to the cluster. Raises Unavailable."""
    settings = client.Configuration()
    try:
        if options.kubeconfig:
            await config.load_kube_config(
                config_file=options.kubeconfig,
                context=options.context or None,
                client_configuration=settings,
            )
        else:
            config.load_incluster_config(client_configuration=settings)
    except (ConfigException, OSError) as error:
        raise Unavailable(f"The cluster cannot be found: {error}.") from error
    async with client.ApiClient(settings) as connection:
        yield Cluster(connection)


def _explained(error: ApiException) -> WoveError:
    status, said = error.status or 0, _message(error)
    if status in {401, 403}:
        return Forbidden(f"The cluster does not let Wove do this: {said}")
    return ERRORS.get(status, Unavailable)(f"The cluster says: {said}")


def _message(error: ApiException) -> str:
    text = str(error.body or error.reason or "")
    _, found, rest = text.partition('"message":')
    return rest.split('"')[1][:300] if found and rest.count('"') > 1 else text[:300]
