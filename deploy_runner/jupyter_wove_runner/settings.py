"""Every setting of the runner: `c.WoveRunner.<name>` in its configuration file."""

import os
import secrets
import ssl
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_data_dir
from traitlets import Bool, Dict, Float, Int, List, Unicode, default
from traitlets.config import Config, Configurable
from traitlets.config.loader import PyFileConfigLoader

FILE = "wove_runner_config.py"


class WoveRunner(Configurable):
    """Where the runner finds Docker, what it keeps, and how much code of others may do."""

    name: str = Unicode(  # type: ignore[assignment]
        "wove",
        help="The name that it writes on its containers; each runner of an engine has its own.",
    ).tag(config=True)

    docker_url: str = Unicode(  # type: ignore[assignment]
        help="Where Docker listens: unix:///… or tcp://…; where its own client looks unless set."
    ).tag(config=True)

    runtime: str = Unicode(  # type: ignore[assignment]
        help="What Docker runs sandboxes with, such as runsc; its own choice unless set."
    ).tag(config=True)

    state_dir: str = Unicode(  # type: ignore[assignment]
        help="The folder for sites, and for all that the runner must not forget."
    ).tag(config=True)

    socket: str = Unicode(  # type: ignore[assignment]
        help="Where it listens for Wove: a file in a folder that only its owner may enter."
    ).tag(config=True)

    subnets: str = Unicode(  # type: ignore[assignment]
        "10.213.0.0/16",
        help="The addresses for networks of apps, eight for each. Nothing else may use them.",
    ).tag(config=True)

    ca_bundle: str = Unicode(  # type: ignore[assignment]
        help="The certificates that sandboxes trust; those of this machine unless set."
    ).tag(config=True)

    proxy: str = Unicode(  # type: ignore[assignment]
        help="An HTTP proxy, as http://host:port, through which all that leaves sandboxes goes."
    ).tag(config=True)

    hosts: list[Any] = List(  # type: ignore[assignment]
        Unicode(),
        help="Hosts that builds may reach beside the registries of pip and npm, and wherever they"
        " are: an internal mirror, for one.",
    ).tag(config=True)

    images: dict[str, Any] = Dict(  # type: ignore[assignment]
        help="Images to take instead of our own: base, node or egress, each with its name."
    ).tag(config=True)

    suite: str = Unicode(  # type: ignore[assignment]
        "trixie", help="The release of Debian that our images are made of, where it can be had."
    ).tag(config=True)

    mirror: str = Unicode(  # type: ignore[assignment]
        help="Where its packages are; the first mirror that apt knows on this machine unless set."
    ).tag(config=True)

    scan: list[Any] = List(  # type: ignore[assignment]
        Unicode(),
        help="A command, and its arguments, that looks for malware: clamdscan or clamscan. Nothing"
        " is built that it has not looked at.",
    ).tag(config=True)

    scan_seconds: int = Int(  # type: ignore[assignment]
        120, min=1, help="How long it may look at the files of one project, in seconds."
    ).tag(config=True)

    kernel_memory_mb: int = Int(  # type: ignore[assignment]
        512,
        min=128,
        help="How much memory a kernel in a sandbox has, in MB, unless told otherwise.",
    ).tag(config=True)

    kernel_cpus: float = Float(  # type: ignore[assignment]
        1.0, min=0.1, help="How many processors such a kernel may keep busy."
    ).tag(config=True)

    kernel_disk_mb: int = Int(  # type: ignore[assignment]
        1024,
        min=300,
        help="How much such a kernel may write, in MB; it is ended when it wrote more.",
    ).tag(config=True)

    kernel_pool: int = Int(  # type: ignore[assignment]
        1,
        min=0,
        help="How many such kernels wait for the next who wants one, once one was wanted.",
    ).tag(config=True)

    source_mb: int = Int(  # type: ignore[assignment]
        1024, min=1, help="How large the files of a project may be to be built, in MB."
    ).tag(config=True)

    build_memory_mb: int = Int(  # type: ignore[assignment]
        2048, min=256, help="How much memory a build may use, in MB."
    ).tag(config=True)

    build_cpus: float = Float(  # type: ignore[assignment]
        2.0, min=0.1, help="How many processors a build may use."
    ).tag(config=True)

    build_disk_mb: int = Int(  # type: ignore[assignment]
        5120, min=256, help="How much a build may write, in MB."
    ).tag(config=True)

    build_seconds: int = Int(  # type: ignore[assignment]
        900, min=10, help="How long each step of a build may take, in seconds."
    ).tag(config=True)

    prepare: bool = Bool(  # type: ignore[assignment]
        True,
        help="Whether the usual environments are made ready while nobody builds, so that first"
        " builds need not wait: about 3 GB of images, made anew every month.",
    ).tag(config=True)

    apps_listen: str = Unicode(  # type: ignore[assignment]
        "127.0.0.1", help="The address of this machine at which visitors of apps are received."
    ).tag(config=True)

    apps_port: int = Int(  # type: ignore[assignment]
        0,
        min=0,
        max=65535,
        help="The port there; any that is free, and that same one again, where it is 0.",
    ).tag(config=True)

    apps_address: str = Unicode(  # type: ignore[assignment]
        "http://{slug}.localhost:{port}",
        help="Where apps are reached, with {slug} for their name: https://{slug}.apps.example.org"
        " for one. What begins with https needs Caddy, or the like, on this machine before it.",
    ).tag(config=True)

    apps_check_seconds: int = Int(  # type: ignore[assignment]
        60, min=1, help="How long an app may take until it answers, in seconds."
    ).tag(config=True)

    @default("state_dir")
    def _default_state_dir(self) -> str:
        return str(Path(jupyter_data_dir()) / "wove" / "runner")

    @default("socket")
    def _default_socket(self) -> str:
        return str(Path(self.state_dir) / "run" / "socket")

    @default("ca_bundle")
    def _default_ca_bundle(self) -> str:
        return os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile or ""


def load(path: str = "") -> WoveRunner:
    """Read the settings of a file, or of the one in this folder, where there is one."""
    file = Path(path or FILE).absolute()
    if not path and not file.exists():
        return WoveRunner(config=Config())
    return WoveRunner(config=PyFileConfigLoader(file.name, str(file.parent)).load_config())


def beside(settings: WoveRunner, folder: str) -> WoveRunner:
    """Take the settings for something that stays out of the way of the runner that runs."""
    own = WoveRunner(config=settings.config)
    own.name, own.state_dir = f"{settings.name}-{secrets.token_hex(2)}", folder
    return own
