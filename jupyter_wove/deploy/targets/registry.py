"""The targets that are installed: Wove's own, and those of other packages."""

import importlib
from importlib.metadata import entry_points

from jupyter_wove.deploy.targets.target import Plugin
from jupyter_wove.kit.errors import InvalidRequest, Unavailable

LOCAL = "local"  # the runner
GROUP = "jupyter_wove.targets"
HERE = "jupyter_wove.deploy.targets"
OURS = {
    "cloudflare-pages": f"{HERE}.cloudflare:PAGES",
    "cloudflare-workers": f"{HERE}.cloudflare:WORKERS",
    "aws-lambda": f"{HERE}.aws:LAMBDA",
    "fly": f"{HERE}.fly:FLY",
    "kubernetes": f"{HERE}.kubernetes:KUBERNETES",
}


def installed() -> list[str]:
    """List the names of all targets but the runner; nothing is loaded for that."""
    return sorted({*OURS, *(each.name for each in entry_points(group=GROUP))})


def plugin(name: str) -> Plugin:
    """Load what is known of a target. Raises InvalidRequest, Unavailable."""
    try:
        found = _loaded(name)
    except ImportError as error:
        raise Unavailable(f"The target {name} cannot be loaded: {error}.") from error
    if not isinstance(found, Plugin):
        raise Unavailable(f"The target {name} is none: its entry point names no plug-in.")
    return found


def _loaded(name: str) -> object:
    if name in OURS:  # which no other package takes the place of
        module, _, attribute = OURS[name].partition(":")
        return getattr(importlib.import_module(module), attribute)
    for entry in entry_points(group=GROUP, name=name):
        return entry.load()
    raise InvalidRequest(f"There is no target {name}. There are {', '.join(installed())}.")


def demand_extra(extra: str, *modules: str) -> None:
    """Raise Unavailable where packages are missing that pip installs with an extra of Wove."""
    try:
        for module in modules:
            importlib.import_module(module)
    except ImportError as error:
        raise Unavailable(
            f'This target takes packages that are not installed: run pip install "jupyter-wove'
            f'[{extra}]", and start the server anew.'
        ) from error
