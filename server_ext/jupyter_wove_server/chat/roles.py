"""The personas beside Wove: prompts of the library, some of which come with it."""

import re
from pathlib import Path
from typing import ClassVar

from jupyter_ai_persona_manager import PersonaDefaults

from jupyter_wove_server.chat.guidance import Guidance
from jupyter_wove_server.chat.instructions import instructions
from jupyter_wove_server.chat.persona import WovePersona

AVATARS = Path(__file__).with_name("avatars")
DESCRIPTIONS = {
    "analyst": "Looks at data first, then answers with numbers, plots and their limits",
    "coder": "Writes, mends and tidies code, in the smallest steps that work",
    "tester": "Looks for what breaks, and writes the tests that show it",
    "writer": "Makes a notebook readable for people who were not there",
    "tutor": "Helps people find out for themselves, with questions and hints",
}
ADDRESS = re.compile(r"(?:[\w.-]{1,64}/)?[a-z0-9]+(?:-[a-z0-9]+)*")


class Role(WovePersona):
    """A persona that goes by a prompt; its id is the name of its class, and stays."""

    title: ClassVar[str]
    description: ClassVar[str]
    avatar: ClassVar[Path]

    @property
    def defaults(self) -> PersonaDefaults:
        """Say who this is; what it goes by is read from the library with each message."""
        return PersonaDefaults(
            name=self.title,
            description=self.description,
            avatar_path=str(self.avatar),
            system_prompt=instructions("ask", Guidance(self.title), has_tools=True),
        )


def roles(own: list[str]) -> list[type[Role]]:
    """Make the personas that come with Wove, and those that an administrator names."""
    added = [_role(each, _own(each)) for each in own if ADDRESS.fullmatch(each) and "/" in each]
    return [*(_role(name, said) for name, said in DESCRIPTIONS.items()), *added]


def _own(address: str) -> str:
    return f"Goes by the prompt {address}"


def _role(address: str, description: str) -> type[Role]:
    name = address.rpartition("/")[2]
    avatar = AVATARS / f"{address}.svg"
    said = {
        "address": address,
        "title": name.replace("-", " ").capitalize(),
        "description": description,
        "avatar": avatar if avatar.exists() else AVATARS / "other.svg",
        "__module__": __name__,
    }
    return type(_camel(address), (Role,), said)


def _camel(address: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", address))
