"""Where the programs of a container listen, as its kernel tells it."""

import socket
import struct
from pathlib import Path

LISTENING = "0A"
DOCKERS = "127.0.0.11"  # its names for containers are asked for there
LOOPBACK = ("127.", "::1", "::ffff:127.")


def listened_at(pid: int) -> list[tuple[str, int]]:
    """List the addresses at which a process and its neighbours listen; none where it is hidden."""
    return sorted({found for name in ("tcp", "tcp6") for found in _sockets(pid, name)})


def described(sockets: list[tuple[str, int]], port: int) -> str:
    """Say in a sentence where an app listens instead of where it should, or nothing."""
    here = [address for address, at in sockets if at == port]
    if here and all(address.startswith(LOOPBACK) for address in here):
        return f"It listens on port {port}, but only for itself, at {here[0]}."
    if others := sorted({str(at) for _, at in sockets if at != port}):
        ports = "port" if len(others) == 1 else "the ports"
        return f"It listens on {ports} {', '.join(others)} instead of {port}."
    return f"It does not listen on port {port}, nor on any other."


def _sockets(pid: int, name: str) -> list[tuple[str, int]]:
    try:
        lines = Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]
    except OSError:  # the engine is on another machine, or does not let us see
        return []
    words = (line.split() for line in lines)
    found = [_address(each[1]) for each in words if each[3] == LISTENING]
    return [each for each in found if each[0] != DOCKERS]


def _address(written: str) -> tuple[str, int]:
    address, _, port = written.partition(":")
    raw = bytes.fromhex(address)
    words = struct.unpack(f"<{len(raw) // 4}I", raw)
    family = socket.AF_INET if len(words) == 1 else socket.AF_INET6
    return socket.inet_ntop(family, struct.pack(f">{len(words)}I", *words)), int(port, 16)
