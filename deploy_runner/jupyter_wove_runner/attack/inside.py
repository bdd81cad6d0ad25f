"""What somebody who means harm tries in a sandbox. It runs there, with nothing but Python.

Each attack returns what it got hold of, or raises what stopped it. It is told its limits and its
targets as JSON, and prints a line of JSON for each attack.
"""

import ctypes
import errno
import json
import os
import re
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

Attack = Callable[[], str]
LIBC = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"
NEW_USER, NEW_NET = 0x10000000, 0x40000000
ATTACH = 16
# Their numbers on x86-64 and on ARM.
CALLS = {
    "add_key": (248, 217),
    "bpf": (321, 280),
    "init_module": (175, 105),
    "io_uring_setup": (425, 425),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "process_vm_readv": (310, 270),
    "userfaultfd": (323, 282),
}
REFUSED = {errno.EPERM, errno.EACCES, errno.ENOSYS}
SOCKETS = {
    "raw": (socket.AF_INET, socket.SOCK_RAW, 1),
    "packet": (17, socket.SOCK_RAW, 3),
    "of the kernel's cryptography": (38, socket.SOCK_SEQPACKET, 0),
    "of the virtual machine": (40, socket.SOCK_STREAM, 0),
}
WRITTEN = (
    "/etc/passwd",
    "/usr/bin/x",
    "/root/x",
    "/proc/sysrq-trigger",
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/net/ipv4/ip_forward",
    "/sys/kernel/uevent_helper",
    "/sys/fs/cgroup/cgroup.procs",
    "/sys/fs/cgroup/memory/release_agent",
)
READ = (
    "/proc/kcore",
    "/proc/keys",
    "/proc/timer_list",
    "/dev/mem",
    "/dev/kmsg",
    "/dev/sda",
    "/dev/vda",
    "/dev/nvme0n1",
    "/run/docker.sock",
    "/var/run/docker.sock",
    "/run/containerd/containerd.sock",
)
SECRET = re.compile(r"(?i)(token|secret|passw|api_?key|credential)[^=]*=.")
MEGABYTE = 1024 * 1024
MANY = 1500


class Stopped(Exception):
    """It went on for a while, and then no further."""


def called(result: int) -> str:
    """Read what a call to the kernel said; one that it looked into is as good as allowed."""
    number = ctypes.get_errno()
    if result < 0 and number in REFUSED:
        raise OSError(number, os.strerror(number))
    return "the kernel took the call"


def call(name: str) -> str:
    """Call the kernel, with nothing in hand."""
    empty = ctypes.create_string_buffer(256)
    return called(LIBC.syscall(CALLS[name][ARM], 0, empty, 0, 0, 0, 0))


def become_root() -> str:
    """Become root."""
    os.setuid(0)
    return "is root"


def hold_rights() -> str:
    """Look for rights that nobody here should have."""
    lines = Path("/proc/self/status").read_text().splitlines()
    status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    rights = int(status["CapEff"], 16) | int(status["CapBnd"], 16) | int(status["CapAmb"], 16)
    found = {"rights": rights, "new ones": status["NoNewPrivs"] != "1"}
    found["calls"] = status["Seccomp"] != "2"
    found["is root"] = "0" in status["Uid"].split()
    if not any(found.values()):
        raise Stopped("no rights, and no way to get new ones")
    return ", ".join(name for name, is_so in found.items() if is_so)


def unshare(flag: int) -> str:
    """Get namespaces of one's own, in which one is root."""
    return called(LIBC.unshare(flag))


def mount() -> str:
    """Mount a file system."""
    return called(LIBC.mount(b"none", b"/mnt", b"tmpfs", 0, None))


def leave_root() -> str:
    """Change the root."""
    os.chroot("/tmp")  # noqa: S108
    return "has another root"


def make_disk() -> str:
    """Make a device that is the disk of the host."""
    os.mknod("/tmp/disk", 0o60600, os.makedev(254, 0))  # noqa: S108
    return "has the disk of the host"


def open_socket(kind: str) -> str:
    """Open a socket that hears what others say."""
    socket.socket(*SOCKETS[kind]).close()
    return "opened"


def attach_to_first() -> str:
    """Attach to the first process, as a debugger does."""
    return called(LIBC.ptrace(ATTACH, 1, 0, 0))


def stop_first() -> str:
    """Stop the first process, so that the container never ends."""
    os.kill(1, signal.SIGSTOP)
    time.sleep(0.2)
    if (state := Path("/proc/1/stat").read_text().rpartition(")")[2].split()[0]) in "Tt":
        os.kill(1, signal.SIGCONT)
        return "stopped"
    raise Stopped(f"it goes on, {state}")


def write(path: str) -> str:
    """Open a file for writing, and leave it as it is."""
    os.close(os.open(path, os.O_WRONLY | (os.O_CREAT if path.endswith("/x") else 0)))
    return "could be written"


def read(path: str) -> str:
    """Read a file, or see that a socket is there."""
    if Path(path).is_socket():
        socket.socket(socket.AF_UNIX).connect(path)
        return "connected"
    with Path(path).open("rb") as file:
        if not (found := file.read(16)):
            raise Stopped("it is empty")
    return f"read {len(found)} bytes"


def see_secrets() -> str:
    """Look for secrets in what processes were started with."""
    for file in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if found := SECRET.search(file.read_text(errors="replace")):
                return f"{found[0].partition('=')[0]} in {file}"
    raise Stopped("there are none")


def see_host() -> str:
    """Look for processes of the host."""
    seen = [file.read_text().strip() for file in Path("/proc").glob("[0-9]*/comm")]
    if "kthreadd" in seen or len(seen) > 20:  # noqa: PLR2004
        return f"sees {len(seen)} processes"
    raise Stopped(f"sees its own {len(seen)}")


def fork(asleep: bool) -> Iterator[int]:
    """Start processes that sleep, or that end and are never asked how."""
    for _ in range(MANY):
        if (child := os.fork()) == 0:
            time.sleep(60 * asleep)
            os._exit(0)
        yield child


def multiply(asleep: bool) -> str:
    """Start processes without end."""
    children = []
    try:
        for child in fork(asleep):
            children.append(child)
    except OSError as error:
        raise Stopped(f"after {len(children)} processes: {error.strerror}") from error
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return f"{MANY} processes"


def fill(folder: str) -> str:
    """Fill the disk."""
    file, written = Path(folder) / "full", 0
    try:
        with file.open("wb", buffering=0) as disk:
            for _ in range(700):
                written += disk.write(bytes(MEGABYTE))
    except OSError as error:
        raise Stopped(f"at {written // MEGABYTE} MB: {error.strerror}") from error
    finally:
        with suppress(OSError):
            file.unlink()
    return f"{written // MEGABYTE} MB written"


def open_files() -> str:
    """Open files without end."""
    files: list[int] = []
    try:
        for _ in range(100_000):
            files.append(os.open("/dev/null", os.O_RDONLY))
    except OSError as error:
        raise Stopped(f"after {len(files)} files: {error.strerror}") from error
    return "100,000 files"


def burn(cpus: float) -> str:
    """Take more of the processors than there is for it."""
    began, end = time.monotonic(), time.monotonic() + 3
    children = []
    for _ in range(4):
        children.append(os.fork())
        if children[-1] == 0:
            while time.monotonic() < end:
                pass
            os._exit(0)
    for child in children:
        os.waitpid(child, 0)
    used = (os.times().children_user + os.times().children_system) / (time.monotonic() - began)
    if used < cpus * 1.3:
        raise Stopped(f"used {used:.1f} processors")
    return f"used {used:.1f} processors"


def connect(host: str, port: int) -> str:
    """Speak to somebody who is not there for it."""
    try:
        socket.create_connection((host, port), 2).close()
    except ConnectionRefusedError:
        return "reached, though nothing listens there"
    return "answered"


def ask_way_out(proxy: str, request: str) -> str:
    """Ask the way out for something that is not on the list."""
    host, _, port = proxy.partition(":")
    with socket.create_connection((host, int(port)), 10) as out:
        out.sendall(f"{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = out.recv(64).split()
    if answer[1:2] == [b"403"]:
        raise Stopped("refused")
    return f"answered {b' '.join(answer).decode(errors='replace')}"


def attacks(told: dict[str, Any]) -> dict[str, Attack]:
    """List all attacks, by names that say what was tried."""
    found: dict[str, Attack] = {"become root": become_root, "hold rights": hold_rights}
    found |= {"namespace of a user": partial(unshare, NEW_USER)}
    found |= {"namespace of a network": partial(unshare, NEW_NET)}
    found |= {"mount": mount, "chroot": leave_root, "make a disk": make_disk}
    found |= {f"socket {kind}": partial(open_socket, kind) for kind in SOCKETS}
    found |= {"attach to the first process": attach_to_first}
    found |= {"stop the first process": stop_first}
    found |= {f"call {name}": partial(call, name) for name in CALLS}
    found |= {f"write {path}": partial(write, path) for path in WRITTEN}
    found |= {f"read {path}": partial(read, path) for path in READ}
    found |= {"secrets of processes": see_secrets, "processes of the host": see_host}
    found |= {"fork bomb": partial(multiply, True), "zombies": partial(multiply, False)}
    found |= {f"fill {folder}": partial(fill, folder) for folder in told["fill"]}
    found |= {"open files": open_files, "processors": partial(burn, told["cpus"])}
    found |= {f"reach {name}": partial(connect, *at) for name, at in told["reach"].items()}
    way_out = partial(ask_way_out, told["proxy"])
    return found | {
        f"by the way out: {name}": partial(way_out, asked) for name, asked in told["ask"].items()
    }


def tried(attack: Attack) -> tuple[bool, str]:
    """Try an attack; say whether it was stopped, and what there is to say."""
    try:
        return False, attack()
    except OSError as error:
        return True, error.strerror or str(error)
    except Stopped as stopped:
        return True, str(stopped)


def apart(attack: Attack) -> list[Any]:
    """Try it in a process of its own: the next one should begin as this one did."""
    there, here = os.pipe()
    if (child := os.fork()) == 0:
        try:
            os.write(here, json.dumps(tried(attack)).encode())
        finally:
            os._exit(0)
    os.close(here)
    with os.fdopen(there, "rb") as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return list(json.loads(said or '[false, "no answer"]'))


def main(told: dict[str, Any]) -> None:
    """Try all of it."""
    for name, attack in attacks(told).items():
        stopped, found = apart(attack)
        line = {"name": name, "stopped": stopped, "found": found}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
