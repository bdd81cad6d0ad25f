"""A rule of this machine's firewall: no app reaches what listens on the machine itself.

An internal network of Docker still has an address of the host in it. We have to reach apps from
the host, so that address stays; but what apps begin ends here.
"""

import os
import shutil

from jupyter_wove_runner.networks import BRIDGE
from jupyter_wove_runner.programs import ran

FROM_APPS = ("INPUT", "--in-interface", f"{BRIDGE}+")
ANSWERS = (*FROM_APPS, "--match", "conntrack", "--ctstate", "ESTABLISHED,RELATED")
RULES = ((*FROM_APPS, "--jump", "DROP"), (*ANSWERS, "--jump", "ACCEPT"))  # the last comes first


async def close() -> str:
    """Close the way from apps to this machine; return why it can't be closed, if so.

    Where Docker itself runs in a machine of its own, this closes nothing: the doctor tells.
    """
    iptables = shutil.which("iptables") or shutil.which("iptables", path="/usr/sbin:/sbin")
    if os.geteuid() != 0:
        return "The runner is not root, and cannot close the way from apps to this machine."
    if iptables is None:
        return "Without iptables the way from apps to this machine cannot be closed."
    for rule in RULES:
        if not (
            await _works(iptables, "--check", *rule) or await _works(iptables, "--insert", *rule)
        ):
            return "iptables refuses to close the way from apps to this machine."
    return ""


async def _works(*command: str) -> bool:
    return (await ran(command)).well
