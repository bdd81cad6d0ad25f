"""Where a BinderHub opens what was pushed to a git address that it can reach."""

from dataclasses import dataclass
from urllib.parse import quote

from jupyter_wove.projects import Pushed


@dataclass(frozen=True)
class OnBinder:
    """Whether a BinderHub is offered at all, and where it opens a project, if it can."""

    offered: bool
    address: str | None


def on_binder(hub: str, pushed: Pushed | None) -> OnBinder:
    """Say what the page of a project tells of Binder; "" as the hub offers none."""
    if not hub or pushed is None:
        return OnBinder(bool(hub), None)
    source = _source(pushed.address)
    return OnBinder(True, f"{hub.rstrip('/')}/v2/{source}/{pushed.commit}")


def _source(address: str) -> str:
    """Name a repository as BinderHub does, which knows GitHub and GitLab by their owners."""
    host, _, path = address.removeprefix("https://").partition("/")
    name = path.removesuffix(".git")
    if host == "github.com" and name.count("/") == 1:
        return f"gh/{quote(name)}"
    if host == "gitlab.com" and "/" in name:
        return f"gl/{quote(name, safe='')}"
    return f"git/{quote(address, safe='')}"
