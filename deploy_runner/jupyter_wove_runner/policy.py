"""What code in a sandbox may do: one policy for builds, apps, kernels and agents."""

from importlib import resources
from typing import Any

import msgspec

MEGABYTE = 1024 * 1024
PERSON = "1000:1000"  # whoever code runs as, in all of our images
FEWEST_SHARES = 2  # of 1024, which others have; 0 is as Docker has it
NOWHERE = "none"  # the network of what may speak to nobody


class Mount(msgspec.Struct, frozen=True):
    """A folder or file of the host, or a volume by its name, as it is seen in a sandbox."""

    source: str
    target: str
    writable: bool = False


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of a sandbox.

    What is not `writable` sees a root that it cannot change, and a /tmp of `tmp_mb`. A build is,
    and may write `disk_mb`. After `deadline` seconds it is killed; 0 is never. `network` is the
    name of a network of its app, `runtime` one that Docker knows, such as runsc. `capabilities`
    are for our own images while they are made, never for the code of others. What is `patient`
    gets a processor only where no other sandbox wants it.
    """

    memory_mb: int = 512
    cpus: float = 1.0
    pids: int = 128
    tmp_mb: int = 64
    disk_mb: int = 0
    deadline: float = 0
    network: str = NOWHERE
    writable: bool = False
    runtime: str = ""
    mounts: tuple[Mount, ...] = ()
    user: str = PERSON
    capabilities: tuple[str, ...] = ()
    patient: bool = False


def host_config(policy: Policy) -> dict[str, Any]:
    """Say it in Docker's words, as engines from 20.10 understand them."""
    memory = policy.memory_mb * MEGABYTE
    return {
        "Init": True,
        "CapDrop": ["ALL"],
        "CapAdd": list(policy.capabilities),
        "SecurityOpt": ["no-new-privileges", f"seccomp={_seccomp()}"],
        "ReadonlyRootfs": not policy.writable,
        "Tmpfs": {"/tmp": _tmp(policy)},  # noqa: S108  the sandbox's own
        "ShmSize": 32 * MEGABYTE,
        "Memory": memory,
        "MemorySwap": memory,  # which is to say: no swap beside it
        "NanoCpus": int(policy.cpus * 1e9),
        "CpuShares": FEWEST_SHARES if policy.patient else 0,
        "PidsLimit": policy.pids,
        "OomScoreAdj": 500,  # where the host itself runs out of memory, sandboxes go first
        "Ulimits": _ulimits(policy),
        "IpcMode": "private",
        "NetworkMode": policy.network,
        "Mounts": [_mount(each) for each in policy.mounts],
        "LogConfig": {"Type": "local", "Config": {"max-size": "5m", "max-file": "2"}},
    } | ({"Runtime": policy.runtime} if policy.runtime else {})


def _tmp(policy: Policy) -> str:
    # What is installed from its source is compiled and run in /tmp.
    execute = "exec" if policy.writable else "noexec"
    return f"rw,{execute},nosuid,nodev,size={policy.tmp_mb}m,mode=1777"


def _ulimits(policy: Policy) -> list[dict[str, Any]]:
    largest_file = (policy.disk_mb or 1024) * MEGABYTE
    limits = {"nofile": 4096, "fsize": largest_file, "core": 0}
    return [{"Name": name, "Soft": value, "Hard": value} for name, value in limits.items()]


def _mount(mount: Mount) -> dict[str, Any]:
    return {
        "Type": "bind" if mount.source.startswith("/") else "volume",
        "Source": mount.source,
        "Target": mount.target,
        "ReadOnly": not mount.writable,
    }


def _seccomp() -> str:
    """Read the calls to the kernel that are allowed; all others are refused."""
    return resources.files(__package__).joinpath("seccomp.json").read_text()
