"""Cells that the server runs, so that outputs come in though nobody looks: who may run them.

jupyter-server-nbmodel does it, where it is installed; it asks for no role.
"""

import importlib.util
from typing import Any, ClassVar

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import ensure_async
from tornado.web import HTTPError, authenticated

from jupyter_wove_server.rooms.rights import standing_in
from jupyter_wove_server.serving import Serving

PACKAGE = "jupyter_server_nbmodel"
KIND = "json:notebook"


class Asked:
    """Who asks for a cell to be run has to be allowed to write its outputs."""

    serving: ClassVar[Serving]
    settings: dict[str, Any]
    get_json_body: Any

    @authenticated
    async def post(self, kernel_id: str) -> None:
        """Run a cell, if the person may edit its notebook; on no other server than this one."""
        asked = self.get_json_body() or {}
        if asked.get("server") is not None:
            raise HTTPError(403, "Cells run on this server only.")
        for room in self._rooms(asked.get("metadata") or {}):
            if not (await standing_in(self, room, self._file_ids)).may_edit:
                raise HTTPError(403, "Only who may edit a notebook can run its cells.")
        await ensure_async(super().post(kernel_id))  # type: ignore[misc]

    def _rooms(self, about: dict[str, Any]) -> list[str]:
        """Name the documents into which the outputs may go."""
        room, path = about.get("document_id"), about.get("document_path")
        file_id = self._file_ids.get_id(path) if isinstance(path, str) and path else None
        rooms = [room, file_id and f"{KIND}:{file_id}"]
        if any(each and str(each).count(":") < 2 for each in rooms):  # noqa: PLR2004
            raise HTTPError(404, "There is no such document.")
        return [str(each) for each in rooms if each]

    @property
    def _file_ids(self) -> Any:
        return self.settings["file_id_manager"]


def guard() -> None:
    """Have nobody run a cell of a document that they cannot edit, from now on in this process."""
    if importlib.util.find_spec(PACKAGE) is None:
        return
    extension: Any = importlib.import_module(f"{PACKAGE}.extension")
    if not issubclass(extension.ExecuteHandler, Asked):
        extension.ExecuteHandler = type("Execution", (Asked, extension.ExecuteHandler), {})


async def is_running(handler: JupyterHandler, path: str | None) -> bool:
    """Tell whether the kernel of a notebook is busy."""
    manager: Any = handler.session_manager
    sessions = await ensure_async(manager.list_sessions())
    kernels = [each["kernel"] for each in sessions if each["path"] == path]
    return any(each and each.get("execution_state") == "busy" for each in kernels)
