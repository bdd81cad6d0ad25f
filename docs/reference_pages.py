"""The reference pages, read off the code: settings, HTTP operations, commands."""

import inspect

import typer.main

from jupyter_wove.cli.main import app
from jupyter_wove.contract import OPERATIONS
from jupyter_wove.settings import Wove as Settings


def write(folder):
    """Write every generated page; leave a page alone that would not change."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in _pages().items():
        file = folder / f"{name}.md"
        if not file.exists() or file.read_text() != page:
            file.write_text(page)


def _pages():
    return {"settings": settings(), "cli": cli(), "http": http()}


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


def cli():
    """One section a command, groups before what is in them."""
    main = typer.main.get_command(app)
    parts = ["# Commands", *_command("jupyter wove", main)]
    for path, command in commands():
        parts += [f"## `jupyter wove {path}`", *_command(f"jupyter wove {path}", command)]
    return "\n\n".join(parts) + "\n"


def commands():
    """List every command with its path, `project adopt` for one."""
    return list(_below(typer.main.get_command(app), ""))


def _below(group, prefix):
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from _below(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def _command(path, command):
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    usage = " ".join([path, *(each.name.upper() for each in arguments)])
    yield command.help
    if not hasattr(command, "commands"):
        yield f"```text\n{usage}{' [options]' if options else ''}\n```"
    explained = [each for each in command.params if getattr(each, "help", None)]
    if explained:
        yield "\n".join(f"- {_parameter(each)}: {each.help}" for each in explained)


def _parameter(parameter):
    if parameter.param_type_name == "argument":
        return f"`{parameter.name.upper()}`"
    return ", ".join(f"`{spelled}`" for spelled in parameter.opts)
