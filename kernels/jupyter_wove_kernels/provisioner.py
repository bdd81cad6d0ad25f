"""Kernels in sandboxes of the deploy runner: Jupyter starts them like any other."""

import asyncio
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Int, Unicode

from jupyter_wove_kernels.ends import ENDED, advice
from jupyter_wove_kernels.runner import Json, Runner, RunnerError

PORTS = ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port")
NOTEBOOK = "JPY_SESSION_NAME"
GONE = 1  # the exit code of a kernel whose runner is gone
REMOVED_WITHIN = 5.0  # seconds until its end is not waited for


class SandboxProvisioner(KernelProvisionerBase):
    """Has the runner start a kernel in a sandbox, and speaks with it through sockets in files."""

    socket: str = Unicode(  # type: ignore[assignment]
        help="Where the runner listens; where it usually does unless set."
    ).tag(config=True)

    root: str = Unicode(  # type: ignore[assignment]
        help="The folder outside of which kernels see nothing; they see no files unless set."
    ).tag(config=True)

    memory_mb: int = Int(  # type: ignore[assignment]
        0, help="How much memory a kernel may use, in MB; what the runner allows unless set."
    ).tag(config=True)

    _runner: Runner
    _ending: asyncio.Task[Json] | None = None
    _is_ending = False

    @property
    def has_process(self) -> bool:
        """Tell whether there is a kernel."""
        return self._ending is not None

    async def poll(self) -> int | None:
        """Give its exit code, None while it runs."""
        if self._ending is None:
            return 0
        return int(self._ending.result()["code"]) if self._ending.done() else None

    async def wait(self) -> int | None:
        """Wait for its end."""
        if self._ending is None:
            return 0
        await asyncio.shield(self._ending)
        code = await self.poll()
        self._ending = None
        return code

    async def send_signal(self, signum: int) -> None:
        """Send it a signal; 0 only asks whether it is there."""
        if signum and self._ending and not self._ending.done():
            await self._runner.ask("POST", f"{self._path}/signal", {"number": int(signum)})

    async def kill(self, restart: bool = False) -> None:
        """End it at once."""
        self._is_ending = True
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """Ask it to end."""
        self._is_ending = True
        await self.send_signal(signal.SIGTERM)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Know that it was asked to end."""
        self._is_ending = True

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Find the runner; what it runs is not ours to say. Raises RunnerError."""
        told = kwargs.pop("sandbox", {})
        self._runner = Runner(told.get("socket") or self.socket)
        self._order = self._ordered(kwargs, told)
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start it, and say how it is reached. Raises RunnerError."""
        self._is_ending = False
        started = await self._runner.ask("POST", "/v1/kernels", self._order)
        self._ending = asyncio.create_task(self._ended())
        self.connection_info = self._connection(started["ip"])
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        """Leave nothing of it; what it wrote stays for a moment where it starts again."""
        with suppress(RunnerError):  # the runner removes what nobody asks for any more
            await self._runner.ask("DELETE", self._path + ("?starts_again" if restart else ""))
        if self._ending:
            await asyncio.wait([self._ending], timeout=REMOVED_WITHIN)
            self._ending.cancel()
            self._ending = None

    async def get_provisioner_info(self) -> dict[str, Any]:
        """Say what it takes to find this kernel again."""
        return {**await super().get_provisioner_info(), "socket": self._runner.socket}

    @property
    def _path(self) -> str:
        return f"/v1/kernels/{self.kernel_id}"

    def _ordered(self, kwargs: dict[str, Any], told: Json) -> Json:
        """Say what is wanted: never the environment of this process, in which there are keys."""
        notebook = (kwargs.get("env") or {}).get(NOTEBOOK, "")
        order = {"id": self.kernel_id, "key": self._key(), "session": Path(notebook).name}
        if memory_mb := self.memory_mb:
            order["memory_mb"] = memory_mb
        return order | self._files(Path(kwargs.get("cwd") or "/"), told)

    def _files(self, folder: Path, told: Json) -> Json:
        """Say which files it sees: those of its project, or else of the folder of its notebook."""
        if not (root := told.get("root") or self.root):
            return {}
        seen = Path(told.get("folder") or folder)
        if not seen.is_relative_to(root):
            return {}
        place = folder.relative_to(seen).as_posix() if folder.is_relative_to(seen) else ""
        below = seen.relative_to(root).as_posix()
        return {"root": root, "folder": below, "place": "" if place == "." else place}

    def _key(self) -> str:
        assert self.parent is not None  # noqa: S101 — a kernel manager has made us
        return str(self.parent.session.key.decode())

    def _connection(self, ip: str) -> KernelConnectionInfo:
        return {
            "transport": "ipc",
            "ip": ip,
            "key": self._key().encode(),
            "signature_scheme": "hmac-sha256",
            **{name: number for number, name in enumerate(PORTS, 1)},  # type: ignore[typeddict-item]
        }

    async def _ended(self) -> Json:
        """Wait for its end, by which it is kept alive, and tell why it ended."""
        try:
            ended = await self._runner.wait(f"{self._path}/end")
        except RunnerError as error:
            ended = {"code": GONE, "reason": f"The sandbox of the kernel is gone. {error}"}
        if ended["reason"] and not self._is_ending:
            self.log.warning("Kernel %s: %s", self.kernel_id, ended["reason"])
            self._tell(ended["reason"])
        return ended

    def _tell(self, reason: str) -> None:
        """Tell it where the server extension has said how."""
        logger = getattr(self.parent, "event_logger", None)
        if logger is not None and ENDED in logger.schemas:
            told = {"kernel_id": self.kernel_id, "reason": reason, "advice": advice(reason)}
            logger.emit(schema_id=ENDED, data=told)
