"""Where ours takes the place of what jupyterlab-chat and its personas do, in this process."""

import asyncio

import jupyter_ydoc
from jupyter_ai_persona_manager import PersonaManager
from jupyter_server.serverapp import ServerApp

from jupyter_wove_server.agents.sight import Sight
from jupyter_wove_server.chat.document import ChatDocument
from jupyter_wove_server.chat.personas import WOVE, Personas
from jupyter_wove_server.serving import Serving

EXTENSION = "jupyter_ai_persona_manager"
HIDDEN = ("allow_hidden", "hide_globs")


def install() -> None:
    """Have chats be ours, and nothing that lies in a folder of a project be run or obeyed."""
    jupyter_ydoc.ydocs["chat"] = ChatDocument
    # Of the class itself: one of upstream's handlers makes it without asking which is configured.
    PersonaManager._init_local_persona_classes = _runs_nothing
    PersonaManager.get_mcp_settings = _obeys_nothing


def configure(server: ServerApp) -> None:
    """Set what the person has not set otherwise."""
    for extension in server.extension_manager.extension_apps.get(EXTENSION, ()):
        if "persona_manager_class" not in extension.config[type(extension).__name__]:
            extension.persona_manager_class = Personas
        if "default_persona_id" not in extension.config.Personas:
            extension.config.Personas.default_persona_id = WOVE
    _hide_again(server)


def serve(serving: Serving, server: ServerApp) -> None:
    """Answer with the models of this Wove, and look at what this server has."""
    Personas.serving = Sight.serving = serving
    serving.go_on = Personas.go_on
    serving.eyes = Sight().see
    Sight.server, Sight.loop = server, asyncio.get_event_loop()


def _hide_again(server: ServerApp) -> None:
    """Take back that hidden files are shown, which upstream decides for the whole server."""
    for name in HIDDEN:
        server.config.ContentsManager.pop(name, None)
    server.load_config_file()  # what the administrator has said of it counts again


def _runs_nothing(self: PersonaManager) -> None:
    """Load no persona from the folder of a chat: opening a chat would run what others wrote."""


def _obeys_nothing(self: PersonaManager) -> None:
    """Start no program that a file in the folder of a chat names."""
