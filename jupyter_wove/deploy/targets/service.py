"""Serving apps elsewhere than on this computer, as administrators allow it."""

from collections.abc import AsyncIterator, Collection, Generator, Mapping
from contextlib import asynccontextmanager, closing
from typing import TypeVar, get_args
from uuid import UUID

import msgspec

from jupyter_wove.deploy.targets.following import followed
from jupyter_wove.deploy.targets.models import (
    DeployTarget,
    Need,
    NotWell,
    Order,
    TargetNeed,
)
from jupyter_wove.deploy.targets.options import needs, read, secrets
from jupyter_wove.deploy.targets.registry import LOCAL, installed, plugin
from jupyter_wove.deploy.targets.releasing import serve
from jupyter_wove.deploy.targets.target import Plugin, Say, Target
from jupyter_wove.kit.errors import Forbidden, InvalidRequest, WoveError
from jupyter_wove.runner import KINDS, Access, App, Failed, Line, Message, Plan

HIDDEN = "•••"
SHORTEST = 6  # characters; what is shorter stands in many words
OPEN: tuple[Access, ...] = ("unlisted", "public")
HERE = DeployTarget(LOCAL, "This server", list(KINDS), list(get_args(Access)), [], "")  # type: ignore[arg-type]
M = TypeVar("M", bound=Message)


class Targets:
    """The targets that administrators allow, by name, and what they configured for each."""

    def __init__(self, configured: Mapping[str, Mapping[str, str]]) -> None:
        self._configured = configured

    def names(self) -> list[str]:
        """List those that are allowed and installed."""
        return [name for name in installed() if name in self._configured]

    def title(self, name: str) -> str:
        """Name one as people do."""
        return self._plugin(name).title

    def offered(self, variables: Collection[str]) -> list[DeployTarget]:
        """List where an app that has these variables can be served, this computer first."""
        return [HERE, *(self._offer(name, variables) for name in self.names())]

    def _offer(self, name: str, variables: Collection[str]) -> DeployTarget:
        try:
            found = self._plugin(name)
        except WoveError as error:
            return DeployTarget(name, name, [], [], [], str(error))
        told = [
            TargetNeed(each.name, each.about, each.secret, each.required, each.name in variables)
            for each in self.needs(name)
        ]
        return DeployTarget(name, found.title, sorted(found.kinds), list(OPEN), told, "")

    def needs(self, name: str) -> list[Need]:
        """List the variables of an app that it needs. Raises Forbidden, InvalidRequest."""
        return needs(self._plugin(name).options, self._configured[name])

    def problem(self, name: str, plan: Plan, access: Access, variables: Mapping[str, str]) -> str:
        """Say in a sentence why an app cannot be served there; "" where it can."""
        try:
            self._demand(name, plan, access)
            read(self._plugin(name).options, self._configured[name], variables)
        except WoveError as error:
            return str(error)
        return ""

    def release(self, name: str, order: Order) -> Generator[Message | None]:
        """Serve a release there, and say how that goes, as the runner does.

        The environment of the order still has the variables that are for the target: it takes
        them out. The same release again is the way back to it. Whoever stops listening cancels.
        """

        async def work(say: Say) -> Message:
            hidden: list[str] = []
            try:
                self._demand(name, order.release.plan, order.app.access)
                async with self._opened(name, order.environment, hidden) as (target, rest):
                    return await serve(
                        target,
                        msgspec.structs.replace(order, environment=rest),
                        lambda message: say(_scrubbed(message, hidden)),
                    )
            except WoveError as error:
                return _scrubbed(_failed(error), hidden)

        return followed(work)

    def forget(
        self, name: str, app: App, release_id: UUID, variables: Mapping[str, str]
    ) -> Generator[Message | None]:
        """Remove what was uploaded of a release that is not served."""

        async def work(_: Say) -> None:
            async with self._opened(name, variables, []) as (target, _rest):
                await target.forget(app, release_id)

        return followed(work)

    def delete(
        self, name: str, app: App, variables: Mapping[str, str]
    ) -> Generator[Message | None]:
        """Remove all of an app."""

        async def work(_: Say) -> None:
            async with self._opened(name, variables, []) as (target, _rest):
                await target.delete(app)

        return followed(work)

    def logs(self, name: str, app: App, variables: Mapping[str, str], most: int) -> list[Line]:
        """List the last lines of an app that the target has kept."""

        async def work(say: Say) -> None:
            hidden: list[str] = []
            async with self._opened(name, variables, hidden) as (target, _):
                for line in await target.logs(app, most):
                    say(_scrubbed(line, hidden))

        with closing(followed(work)) as messages:
            return [message for message in messages if isinstance(message, Line)]

    def _plugin(self, name: str) -> Plugin:
        if name not in self._configured:
            allowed = ", ".join([LOCAL, *self.names()])
            raise Forbidden(f"The target {name} is not allowed here. Allowed are {allowed}.")
        return plugin(name)

    def _demand(self, name: str, plan: Plan, access: Access) -> None:
        """Raise InvalidRequest where a target does not take what a plan makes, or for whom."""
        found = self._plugin(name)
        if plan.kind not in found.kinds:
            raise InvalidRequest(
                f"{found.title} does not take apps of the kind {plan.kind}, only"
                f" {', '.join(sorted(found.kinds))}."
            )
        if access not in OPEN:
            raise InvalidRequest(
                f"Nobody is asked who they are at {found.title}: whoever has the address comes"
                " in. Open the app to everybody, or to everybody with the link, to serve it there."
            )

    @asynccontextmanager
    async def _opened(
        self, name: str, variables: Mapping[str, str], hidden: list[str]
    ) -> AsyncIterator[tuple[Target, dict[str, str]]]:
        found = self._plugin(name)
        options, rest = read(found.options, self._configured[name], variables)
        hidden += secrets(options)
        async with found.open(options) as target:
            yield target, rest


def _failed(error: WoveError) -> Failed:
    hint = error.hint if isinstance(error, NotWell) else "What was served before still is."
    return Failed(str(error), hint, "", None, "", [])


def _scrubbed(message: M, hidden: list[str]) -> M:
    """Leave out secrets that a tool or a provider may have repeated."""
    texts = {
        field: _without(value, hidden)
        for field, value in msgspec.structs.asdict(message).items()
        if isinstance(value, str)
    }
    return msgspec.structs.replace(message, **texts)


def _without(text: str, hidden: list[str]) -> str:
    for secret in hidden:
        text = text.replace(secret, HIDDEN) if len(secret) >= SHORTEST else text
    return text
