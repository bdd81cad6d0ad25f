"""Prompts to test with: files as people write them, and adding them."""

from jupyter_wove.prompts import NewPrompt, NewPromptVersion, Prompts, PromptVersions
from tests.unit.journey import ask


def file(name="explain", body="Explain {{cell.error}}.", **settings):
    """Write the file of a prompt."""
    lines = [f"{key}: {value}\n" for key, value in settings.items()]
    return f"---\nname: {name}\n{''.join(lines)}---\n{body}\n"


def add(wove, actor, name="explain", body="Explain {{cell.error}}.", public=False, **settings):
    """Add a prompt."""
    visibility = "public" if public else "private"
    return ask(wove, actor, Prompts.create, NewPrompt(file(name, body, **settings), visibility))


def save(wove, actor, prompt, body, number=None, base=None, **settings):
    """Add a version to a prompt."""
    text = file(prompt.name, body, **settings)
    wanted = NewPromptVersion(text, number, "", base)
    return ask(wove, actor, PromptVersions.save, prompt.id, wanted)
