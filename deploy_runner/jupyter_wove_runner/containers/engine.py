"""The Docker engine: what it is, its images, and new containers."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Any, Self

import msgspec
from aiodocker import Docker

from jupyter_wove.kit.errors import NotFound, Unavailable
from jupyter_wove_runner.containers.asking import asked
from jupyter_wove_runner.containers.container import Container
from jupyter_wove_runner.containers.errors import explained, or_undone
from jupyter_wove_runner.containers.labels import Labels, read_labels
from jupyter_wove_runner.containers.links import Links
from jupyter_wove_runner.containers.pushing import push
from jupyter_wove_runner.containers.watching import Watch
from jupyter_wove_runner.policy import NOWHERE, Policy, host_config

TAR = {"Content-Type": "application/x-tar"}
HOME = {"HOME": "/tmp"}  # noqa: S108  the one folder that every sandbox may write


class Engine:
    """The engine at `url`, or where Docker's own client looks, for the runner of that name."""

    def __init__(self, url: str = "", runner: str = "wove") -> None:
        self._url = url or None
        self.runner = runner

    async def __aenter__(self) -> Self:
        try:
            self._docker = Docker(url=self._url)
        except (AssertionError, ValueError) as error:
            raise Unavailable("There is no Docker on this machine.") from error
        self._watch = Watch(self._docker, self.runner)
        self._watch.start()
        self.links = Links(self._docker)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._watch.stop()
        await self._docker.close()

    async def described(self) -> dict[str, Any]:
        """Say what the engine is: its version, runtimes, security options. Raises Unavailable."""
        with explained():
            return dict(await self._docker.system.info())

    @asynccontextmanager
    async def container(
        self,
        image: str,
        command: Sequence[str],
        policy: Policy,
        *,
        labels: Labels | None = None,
        environment: Mapping[str, str] | None = None,
        folder: str = "/",
    ) -> AsyncIterator[Container]:
        """Have a container for as long as the block takes; nothing is left of it, whatever comes.

        What is in `environment` is given to the command, and stays out of images made of it.
        """
        container = await self.create(
            image, command, policy, labels=labels, environment=environment, folder=folder
        )
        try:
            yield container
        finally:
            await container.remove()

    async def create(
        self,
        image: str,
        command: Sequence[str],
        policy: Policy,
        *,
        labels: Labels | None = None,
        environment: Mapping[str, str] | None = None,
        folder: str = "/",
        name: str = "",
        aliases: Sequence[str] = (),
    ) -> Container:
        """Make a container that stays until it is removed. Raises NotFound where the image is."""
        config = _config(image, command, policy, environment or {})
        config["Labels"] = self._labels(labels or Labels(), policy)
        config["WorkingDir"] = folder
        config["NetworkingConfig"] = _endpoint(policy.network, aliases)
        return await or_undone(self._made(config, name), Container.remove)

    async def containers(self, labels: Labels) -> list[Container]:
        """List the containers with these labels, also those that have ended."""
        with explained():
            found = await self._docker.containers.list(all=1, filters=_json(labels.filters()))
        return [self._known(each.id, read_labels(each["Labels"])) for each in found]

    def known(self, id_: str) -> Container:
        """Take up a container again, by its id."""
        return self._known(id_, Labels())

    async def image(self, name: str) -> str:
        """Say the id of an image. Raises NotFound."""
        with explained():
            return str((await self._docker.images.inspect(name))["Id"])

    async def has_image(self, name: str) -> bool:
        """Tell whether there is an image of this name."""
        try:
            return bool(await self.image(name))
        except NotFound:
            return False

    async def size(self, name: str) -> int:
        """Say how large an image is, in bytes, with what it shares with others."""
        with explained():
            return int((await self._docker.images.inspect(name))["Size"])

    async def images(self, *labels: str, name: str = "") -> list[str]:
        """List the names of images with all of these labels `key=value`, or named like `name`."""
        filters = {"label": list(labels)} | ({"reference": [name]} if name else {})
        with explained():
            found = await self._docker.images.list(filters=filters)
        return [tag for image in found for tag in image["RepoTags"] or []]

    async def nameless_images(self) -> list[str]:
        """List the ids of images of this runner that another has taken the name of."""
        filters = {"label": [f"wove.runner={self.runner}"], "dangling": ["true"]}
        with explained():
            return [each["Id"] for each in await self._docker.images.list(filters=filters)]

    async def tag(self, image: str, name: str) -> None:
        """Give an image another name, `name:tag`; the name may begin with a registry's port."""
        repository, _, tag = name.rpartition(":")
        with explained():
            await self._docker.images.tag(image, repository, tag=tag)

    def push(self, name: str, user: str, password: str) -> AsyncIterator[tuple[str, str]]:
        """Push an image, `registry/name:tag`; give what there is to tell, then its digest."""
        return push(self._docker, name, user, password)

    async def remove_image(self, name: str) -> None:
        """Remove an image, or its name where it has others; it may be gone already."""
        with suppress(NotFound), explained():
            await self._docker.images.delete(name)

    async def import_image(
        self, name: str, tar: AsyncIterator[bytes], changes: Sequence[str]
    ) -> None:
        """Make an image of the files of a whole system."""
        repository, _, tag = name.partition(":")
        how = {"fromSrc": "-", "repo": repository, "tag": tag, "changes": "\n".join(changes)}
        async with asked(
            self._docker, "images/create", "POST", params=how, data=tar, headers=TAR
        ) as response:
            await response.read()

    async def has_volume(self, name: str) -> bool:
        """Tell whether there is a volume of this name."""
        try:
            with explained():
                await self._docker.volumes.get(name)
        except NotFound:
            return False
        return True

    async def create_volume(self, name: str, labels: Labels) -> None:
        """Make a volume, which root owns; it may exist."""
        with explained():
            await self._docker.volumes.create({"Name": name, "Labels": self._labels(labels)})

    async def volumes(self, labels: Labels) -> list[tuple[str, Labels]]:
        """List the names of volumes with these labels, and all labels of each."""
        with explained():
            found = await self._docker.volumes.list(filters=labels.filters())
        return [(each["Name"], read_labels(each["Labels"])) for each in found["Volumes"] or []]

    async def remove_volume(self, name: str) -> None:
        """Remove a volume; it may be gone already."""
        with suppress(NotFound), explained():
            await (await self._docker.volumes.get(name)).delete()

    async def _made(self, config: dict[str, Any], name: str) -> Container:
        with explained():
            made = await self._docker.containers.create(config, name=name or None)
        return self._known(made.id, read_labels(config["Labels"]))

    def _known(self, id_: str, labels: Labels) -> Container:
        return Container(self._docker, self._watch, id_, labels)

    def _labels(self, labels: Labels, policy: Policy | None = None) -> dict[str, str]:
        until = f"{time.time() + policy.deadline:.0f}" if policy and policy.deadline else ""
        return msgspec.structs.replace(labels, runner=self.runner, until=until).written()

    def ours(self, **labels: str) -> Labels:
        """Say the labels of something that this runner made."""
        return Labels(runner=self.runner, **labels)


def _config(
    image: str, command: Sequence[str], policy: Policy, environment: Mapping[str, str]
) -> dict[str, Any]:
    """Say what runs.

    What becomes an image gets its environment from `env`, for Docker would keep it in the image.
    What only runs gets it from Docker: everybody on this machine can read its command, and an
    app's variables may be secrets.
    """
    assignments = [f"{name}={value}" for name, value in (HOME | dict(environment)).items()]
    config: dict[str, Any] = {"Image": image, "User": policy.user, "Entrypoint": []}
    config["HostConfig"] = host_config(policy)
    if command and policy.writable:
        return config | {"Cmd": ["/usr/bin/env", *assignments, *command]}
    return config | {"Env": assignments} | ({"Cmd": list(command)} if command else {})


def _endpoint(network: str, aliases: Sequence[str]) -> dict[str, Any]:
    if network == NOWHERE:
        return {}
    return {"EndpointsConfig": {network: {"Aliases": list(aliases)}}}


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
