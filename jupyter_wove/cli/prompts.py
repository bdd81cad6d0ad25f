"""`jupyter wove prompt`: list, show, add, export."""

import sys
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from jupyter_wove.cli.session import Session, fail, opened
from jupyter_wove.kit.errors import NotFound
from jupyter_wove.prompts import (
    ExportName,
    FormatName,
    NewPrompt,
    NewPromptVersion,
    PromptCard,
    Prompts,
    PromptToImport,
    PromptVersions,
    Shipping,
    read_prompt,
)

app = typer.Typer(help="List, show, add and export prompts.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A name, owner/name or id.")]
Which = Annotated[str, typer.Option(help="A number, a range such as ^2, or a label.")]


@app.command("list")
def list_(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="What they hold.")] = None,
    use_case: Annotated[str, typer.Option(help="What they are for.")] = "",
    stack: Annotated[str, typer.Option(help="What they work with.")] = "",
    mine: Annotated[bool, typer.Option(help="Only yours, and those shared with you.")] = False,
) -> None:
    """List prompts, those with most votes first."""
    with opened(context) as session:
        said = " ".join(words or [])
        page = session.ask(Prompts.find, said, use_case, stack, mine=mine, limit=100)
        session.table(page.items, _line, "No such prompt. Add one: jupyter wove prompt add FILE")


@app.command()
def show(context: typer.Context, prompt: Name, version: Which = "latest") -> None:
    """Print the file of a prompt."""
    with opened(context) as session:
        content = session.ask(PromptVersions.get, found(session, prompt).id, version)
        session.show(content, content.file.rstrip("\n"))


@app.command()
def add(
    context: typer.Context,
    file: Path,
    format: Annotated[
        FormatName | None, typer.Option(help="Whose format it is in, if not Wove's.")
    ] = None,
    public: Annotated[bool, typer.Option(help="Let everybody on this server see it.")] = False,
    note: Annotated[str, typer.Option("-m", "--message", help="What changed.")] = "",
) -> None:
    """Add a prompt from its file, or a new version where you have it already."""
    text = _text(file)
    with opened(context) as session:
        if format:
            name = file.name.partition(".")[0]
            foreign = PromptToImport(format, text, name, "public" if public else "private")
            card = session.ask(Prompts.import_foreign, foreign)
            session.show(card, _line(card))
        else:
            _add(session, text, note, public)


@app.command()
def export(
    context: typer.Context,
    prompt: Name,
    format: Annotated[ExportName, typer.Option(help="For whom.")] = "wove",
    version: Which = "latest",
) -> None:
    """Print a prompt as its file, or as others write prompts."""
    with opened(context) as session:
        raw = session.ask(Prompts.export, found(session, prompt).id, format, version)
        sys.stdout.buffer.write(raw.content if isinstance(raw.content, bytes) else b"")


@app.command()
def agent(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="analyst, coder, tester, writer or tutor.")],
    version: Annotated[str, typer.Argument(help="A number; `latest` to follow new ones.")],
) -> None:
    """Choose the version by which an agent answers that comes with Wove."""
    with opened(context) as session:
        label = Shipping(session.wove.units).choose(name, version)
        session.show(label, f"{name} answers by version {label.number}.")


def _add(session: Session, text: str, note: str, public: bool) -> None:
    try:
        mine = f"{session.owner.handle}/{read_prompt(text).header.name}"
        card = found(session, mine)
    except NotFound:
        new = NewPrompt(text, "public" if public else "private", note=note)
        card = session.ask(Prompts.create, new)
        session.show(card, _line(card))
    else:
        version = session.ask(PromptVersions.save, card.id, NewPromptVersion(text, note=note))
        session.show(version, f"{card.name} has a new version: {version.number}.")


def found(session: Session, name: str) -> PromptCard:
    """Find a prompt by its id, its address, or one's own by its name."""
    owner, _, own = name.rpartition("/")
    try:
        return session.ask(Prompts.get, UUID(name))
    except ValueError:
        return session.ask(Prompts.at_address, owner or session.owner.handle, own)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file} cannot be read: {error}.")


def _line(card: PromptCard) -> str:
    title = card.title if card.title != card.name else card.description
    return f"{card.owner.handle}/{card.name:30} {card.number:8} {card.visibility:8} {title}"
