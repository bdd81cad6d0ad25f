"""Which kernels run in a sandbox: those of projects that whoever starts them does not trust."""

from typing import Any
from uuid import UUID

from jupyter_server.base.call_context import CallContext
from jupyter_server.serverapp import ServerApp
from tornado.web import HTTPError

from jupyter_wove.kit.errors import Unavailable, WoveError
from jupyter_wove.projects import Standing
from jupyter_wove.runner import Runner, Status
from jupyter_wove_server.identity import actor_of
from jupyter_wove_server.people import knows_people
from jupyter_wove_server.serving import Serving

SANDBOXED = "wove-sandboxed"  # the kernel that somebody chooses to have a sandbox
LANGUAGE = "python"
# The lab extension looks for "not trusted", and asks then what to do.
NO_SANDBOX = (
    "This project came from elsewhere and is not trusted, and there is no sandbox here to run its"
    " code in. {reason}"
)
NO_SUCH_SANDBOX = "There is no sandbox here to run this kernel in. {reason}"
OTHER_LANGUAGE = (
    "This project came from elsewhere, and only Python runs in a sandbox. Trust this project to"
    " start a kernel of {language}."
)


class CannotStart(HTTPError):
    """A kernel is not started, for a reason that its person can do something about."""

    def __str__(self) -> str:
        return str(self.log_message)


class Deciding:
    """Decides for the kernels of one server."""

    def __init__(self, serving: Serving, server: ServerApp) -> None:
        self._serving = serving
        self._server = server

    async def sandbox(self, path: str, kernel: str, language: str) -> dict[str, str] | None:
        """Say what sandbox a kernel starts in; None where it needs none. Raises CannotStart."""
        wove = await self._serving.change(lambda: self._serving.wove)
        person = await self._person()
        standing = await self._serving.look(lambda: wove.trusts.standing(person, path))
        if kernel == SANDBOXED:
            return await self._found(standing, NO_SUCH_SANDBOX)
        if standing.trusted or await self._is_allowed(person, standing):
            return None
        if language.lower() != LANGUAGE:
            raise CannotStart(403, _plain(OTHER_LANGUAGE.format(language=language)))
        return await self._found(standing, NO_SANDBOX)

    def socket(self) -> str:
        """Say where a runner listens, or will; Wove is open by then."""
        return self._serving.wove.runner_socket.where()

    async def _found(self, standing: Standing, otherwise: str) -> dict[str, str]:
        try:
            socket = await self._serving.change(self._socket)
        except WoveError as error:
            raise CannotStart(503, _plain(otherwise.format(reason=error))) from error
        root = str(self._serving.root.resolve())
        return {"socket": socket, "root": root, "folder": standing.folder}

    def _socket(self) -> str:
        """Find the runner. Raises Unavailable where it can't run anything."""
        socket = self._serving.wove.runner_socket.find()
        status = Runner(lambda: socket).ask("GET", "/v1/status", Status)
        if not status.engine:
            raise Unavailable(status.problem)
        return socket

    async def _is_allowed(self, person: UUID | None, standing: Standing) -> bool:
        project = standing.project_id
        if person is None or project is None:
            return False
        trusts = self._serving.wove.trusts
        return await self._serving.change(lambda: trusts.allowed_once(person, project))

    async def _person(self) -> UUID | None:
        """Find who asks; what nobody asked for is the local owner's, where there is one."""
        handler: Any = CallContext.get(CallContext.JUPYTER_HANDLER)
        provider = self._server.identity_provider
        user = handler.current_user if handler is not None else None
        if user is None and knows_people(provider):
            return None
        wove = self._serving.wove
        if user is None:
            return (await self._serving.change(wove.directory.local)).id
        return (await self._serving.change(lambda: actor_of(wove, provider, user))).id


def _plain(text: str) -> str:
    """Write a sentence that tornado takes for no template."""
    return text.replace("%", "%%")
