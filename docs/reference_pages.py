"""The reference pages, read off the code: settings, HTTP operations, commands."""

import inspect

from jupyter_wove.contract import OPERATIONS
from jupyter_wove.settings import Wove as Settings


def write(folder):
    """Write every generated page; leave a page alone that would not change."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in {"settings": settings(), "http": http()}.items():
        file = folder / f"{name}.md"
        if not file.exists() or file.read_text() != page:
            file.write_text(page)


def settings():
    """One section a setting, with what it holds unless set."""
    parts = ["# Settings", "Write them in a `jupyter_server_config.py`: `c.Wove.name = value`."]
    for name, trait in sorted(Settings.class_traits(config=True).items()):
        if name in Settings.class_own_traits():
            parts.append(f"## `{name}`\n\n{trait.help}\n\n{_held(trait)}")
    return "\n\n".join(parts) + "\n"


def _held(trait):
    values = getattr(trait, "values", None)
    choice = f"One of {', '.join(f'`{value}`' for value in values)}. " if values else ""
    default = trait.default_value
    unless_set = f"`{default!r}`" if default else "worked out from the machine"
    return f"{choice}Unless set: {unless_set}."


def http():
    """One table a service, one line an operation."""
    parts = [
        "# HTTP operations",
        "The paths stand below the Jupyter server's own address. Errors are"
        " `application/problem+json` ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)). The"
        " whole contract, with every type, is `openapi.json` in the source.",
    ]
    for service in dict.fromkeys(operation.service for operation in OPERATIONS):
        parts.append(f"## {service.__name__}\n\n{inspect.getdoc(service)}")
        lines = ["| operation | does | scope |", "| --- | --- | --- |"]
        lines += [_line(operation) for operation in OPERATIONS if operation.service is service]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _line(operation):
    says = " ".join((inspect.getdoc(operation.function) or "").split("\n\n")[0].split())
    return f"| `{operation.method} {operation.template}` | {says} | `{operation.scope}` |"
