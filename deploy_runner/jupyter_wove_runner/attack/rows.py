"""What each attack should come to, and what to do where it does not."""

from typing import Literal

from jupyter_wove.runner import Row

RUNTIME = (
    "Docker does not hold back what runs in it. Update it, and let nothing change its policy."
)
ADVICE = {
    "attach": "Another list of calls is in force than ours: do not set one for all of Docker.",
    "call": "Another list of calls is in force than ours: do not set one for all of Docker.",
    "fill": "Docker lets a container write more than it may: update it, and use the storage driver"
    " overlay2.",
    "fork": "Docker ignores the limit of processes: have the pids controller in its cgroups.",
    "zombies": "Docker ignores the limit of processes: have the pids controller in its cgroups.",
    "memory": "Docker ignores the limit of memory: have the memory controller in its cgroups.",
    "processors": "Docker ignores the limit of processors: have the cpu controller in cgroups.",
    "reach this": "Run the runner as root with iptables where Docker runs, or let no service of"
    " this machine listen on all of its addresses.",
    "reach": "The firewall that Docker writes is not in force: do not set iptables to false.",
    "by": "Something changed the way out: remove its container, and start the runner again.",
    "read": "A socket or device of the host is in the image or its mounts: take it out.",
    "secrets": "Something puts secrets into the environment of containers: mount files instead.",
    "disk": "Keep Docker's files on xfs, mounted with pquota: then a limit is never passed.",
}
# What depends on the engine and the machine: it is worth a warning where the rest holds.
WARNED = ("reach this machine", "disk quota")


def row(place: str, name: str, stopped: bool, found: str) -> Row:
    """Say what came of an attack."""
    result: Literal["pass", "warn", "fail"] = "pass"
    if not stopped:
        result = "warn" if name.startswith(WARNED) else "fail"
    return Row(f"{place}: {name}", result, found, "" if stopped else _advice(name))


def _advice(name: str) -> str:
    fitting = [advice for beginning, advice in ADVICE.items() if name.startswith(beginning)]
    return fitting[0] if fitting else RUNTIME
