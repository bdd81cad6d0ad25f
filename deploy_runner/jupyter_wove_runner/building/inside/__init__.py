"""Programs that run in sandboxes: each one file, of Python's standard library but for one."""

from importlib import resources


def program(name: str) -> bytes:
    """Read one of them."""
    return resources.files(__package__).joinpath(f"{name}.py").read_bytes()
