"""Where a server's kernels are started: ours look first whether one needs a sandbox."""

import os
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_server.serverapp import ServerApp
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import ApiPath

from jupyter_wove_server.sandboxed.ends import announce
from jupyter_wove_server.serving import Serving

if TYPE_CHECKING:
    from jupyter_wove_server.sandboxed.deciding import Deciding

PROVISIONER = "wove-sandbox"
SOCKET = "WOVE_RUNNER_SOCKET"  # by which code that is trusted runs what is not
SANDBOX = "sandbox"  # what a kernel that needs one is started with


def install(serving: Serving, server: ServerApp) -> None:
    """Have the kernels of a server started by us; those of a gateway run elsewhere anyway."""
    announce(server)
    kernels = server.kernel_manager
    if (
        isinstance(kernels, AsyncMappingKernelManager)
        and not server.gateway_config.gateway_enabled
    ):
        # It is made before extensions are loaded, of whatever class the server is told to use.
        kernels.__class__ = _with_sandboxes(type(kernels), serving, server)


def _with_sandboxes(
    base: type[AsyncMappingKernelManager], serving: Serving, server: ServerApp
) -> type[AsyncMappingKernelManager]:
    members = {"_serving": serving, "_server": server, "_deciding": None}
    made: type[AsyncMappingKernelManager] = type(base.__name__, (SandboxingKernels, base), members)
    return made


class SandboxingKernels(AsyncMappingKernelManager):
    """Starts kernels, those in a sandbox that have to be."""

    _serving: Serving
    _server: ServerApp
    _deciding: "Deciding | None"

    async def _async_start_kernel(
        self, *, kernel_id: str | None = None, path: ApiPath | None = None, **kwargs: Any
    ) -> str:
        if kernel_id is None or kernel_id not in self:
            kernel = str(kwargs.get("kernel_name") or self.default_kernel_name)
            if found := await self._sandbox(path or "", kernel):
                kwargs[SANDBOX] = found
            elif socket := self._decided().socket():
                kwargs["env"] = {**(kwargs.get("env") or os.environ), SOCKET: socket}
        return await super()._async_start_kernel(kernel_id=kernel_id, path=path, **kwargs)

    start_kernel = _async_start_kernel  # type: ignore[assignment]  # as its own class does

    def pre_start_kernel(self, kernel_name: str | None, kwargs: Any) -> tuple[Any, str, str]:
        """Make what looks after a kernel, and whatever the name of it: in a sandbox."""
        kernel, name, id_ = super().pre_start_kernel(kernel_name, kwargs)
        if SANDBOX in kwargs:
            assert kernel.kernel_spec is not None  # noqa: S101 — it was looked up before
            kernel._kernel_spec = _in_sandbox(kernel.kernel_spec)
        return kernel, name, id_

    def kernel_model(self, kernel_id: str) -> dict[str, Any]:
        """Describe a kernel, and say whether it is in a sandbox."""
        model: dict[str, Any] = super().kernel_model(kernel_id)  # type: ignore[no-untyped-call]
        spec = self._kernels[kernel_id].kernel_spec
        return model | {"sandboxed": PROVISIONER in str(spec.metadata.get("kernel_provisioner"))}

    async def _sandbox(self, path: str, kernel: str) -> dict[str, str] | None:
        assert self.kernel_spec_manager is not None  # noqa: S101 — a server gives it one
        language = self.kernel_spec_manager.get_kernel_spec(kernel).language
        return await self._decided().sandbox(path.strip("/"), kernel, language)

    def _decided(self) -> "Deciding":
        if self._deciding is None:
            # All of Wove is loaded by then, and not before: it takes a moment.
            from jupyter_wove_server.sandboxed.deciding import Deciding  # noqa: PLC0415

            type(self)._deciding = Deciding(self._serving, self._server)
        assert self._deciding is not None  # noqa: S101 — it was made just now
        return self._deciding


def _in_sandbox(spec: KernelSpec) -> KernelSpec:
    """Say of a kernel that it is started in a sandbox, under the name that people know it by."""
    return KernelSpec(
        resource_dir=spec.resource_dir,
        argv=list(spec.argv),
        display_name=spec.display_name,
        language=spec.language,
        interrupt_mode="signal",
        metadata={"kernel_provisioner": {"provisioner_name": PROVISIONER}},
    )
