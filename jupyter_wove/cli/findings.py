"""What `jupyter wove doctor` looks at, and how it says what it found."""

from pathlib import Path

import msgspec

NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs"}


class Finding(msgspec.Struct):
    """One thing that was looked at; `advice` says what to change where it is not well."""

    what: str
    well: bool
    advice: str


def file_system(path: Path) -> str:
    """Name the type of the file system that a path is on (Linux; elsewhere `unknown`)."""
    mounts = Path("/proc/self/mountinfo")
    if not mounts.is_file():
        return "unknown"
    places = [line.split() for line in mounts.read_text().splitlines()]
    around = [
        (len(fields[4]), fields[fields.index("-") + 1])
        for fields in places
        if path.resolve().is_relative_to(fields[4])
    ]
    return max(around)[1]
