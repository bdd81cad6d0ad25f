"""`jupyter wove ai detect`: what of this machine could answer."""

import typer

from jupyter_wove.ai import ModelSetup, Setup
from jupyter_wove.cli.session import opened

NOTHING = """\
Nothing new was found: no key of a provider in the environment, and no Ollama with other models.
Whoever has a key keeps it with: jupyter wove ai keys add NAME"""

FIRST = "# For jupyter_server_config.py; nothing is used before it stands there."


def detect(context: typer.Context) -> None:
    """Look for keys and an Ollama on this machine, and propose a configuration."""
    with opened(context) as session:
        found = session.ask(ModelSetup.look)
        session.show(found, _told(found))


def _told(found: Setup) -> str:
    if not found.proposals:
        return NOTHING
    why = "\n".join(f"# {each.deployment['name']}: {each.why}" for each in found.proposals)
    return f"{FIRST}\n{why}\n{found.settings}"
