"""The persona that everybody meets first: Wove, who knows notebooks."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from jupyter_ai_persona_manager import (
    BasePersona,
    ModelConfiguration,
    ModelOption,
    PersonaDefaults,
    Usage,
)
from jupyterlab_chat.models import Message

from jupyter_wove.kit.errors import WoveError
from jupyter_wove_server.agents.sight import Sight
from jupyter_wove_server.chat.document import ChatDocument
from jupyter_wove_server.chat.guidance import Guidance, prompt_of
from jupyter_wove_server.chat.instructions import instructions
from jupyter_wove_server.chat.work import Work

if TYPE_CHECKING:
    from jupyter_wove.ai import Models
    from jupyter_wove.ai import Usage as Spent

AVATAR = Path(__file__).with_name("wove.svg")
NOTHING_SET_UP = """\
No model is set up yet, so nobody can answer. Name one in the configuration of the server:

```python
c.Wove.ai_deployments = [
    {"name": "local", "provider": "openai", "model": "qwen3:8b",
     "base_url": "http://127.0.0.1:11434/v1", "is_local": True},
]
```

The guide *Models* says how to use others, and how to limit what they may cost.
"""
NOT_HERE = "I answer in chats that are open in JupyterLab, where it is known who asks."


class WovePersona(BasePersona):  # type: ignore[misc]
    """Answers with the models that the server's settings name."""

    address: ClassVar[str] = ""  # of the prompt that it goes by, if any
    usual = ""  # the model that is asked where nobody has chosen one
    _models: "Models | None" = None
    _work: "asyncio.Task[None] | None" = None

    @property
    def defaults(self) -> PersonaDefaults:
        """Say who this is."""
        return PersonaDefaults(
            name="Wove",
            description="Knows notebooks",
            avatar_path=str(AVATAR),
            system_prompt=instructions("ask", Guidance("Wove"), has_tools=True),
        )

    async def prepare(self) -> None:
        """Find out which models there are, and say so to the picker."""
        serving = Sight.serving
        self._models = models = await serving.look(lambda: serving.models)
        names = models.catalogue.answering
        options = [ModelOption(id=name, name=name) for name in names]
        preferred = await self._preferred() if names and self.address else []
        self.usual = next((each for each in [*preferred, *names] if each in names), "")
        current = self.usual or None
        self.report_model_configuration(ModelConfiguration(current=current, options=options))

    async def process_message(self, message: Message) -> None:
        """Answer somebody, until they stop it."""
        author = self.chat.author_of(message.id) if isinstance(self.chat, ChatDocument) else None
        if author is None or self._models is None:
            self.send_message(NOT_HERE)
        elif not self._models.catalogue.answering:
            self.send_message(NOTHING_SET_UP)
        else:
            work = self._work_for(author.person, self._models)
            await self._until_stopped(work.begin(message))

    async def go_on(self, run_id: UUID) -> None:
        """Go on with what somebody has answered, unless another server does."""
        from jupyter_wove.ai import Runs  # noqa: PLC0415 — with the first message

        await self._ensure_prepared()
        runs = Runs(Sight.serving.wove.units)
        going = await Sight.serving.change(lambda: runs.take(run_id))
        if going is not None and self._models is not None:
            with self._keep_chat_alive():
                async with self.track_processing(None):
                    work = self._work_for(str(going.person_id), self._models)
                    await self._until_stopped(work.go_on(run_id, going))

    async def cancel_response(self) -> None:
        """Stop the answer; what there is of it stays."""
        if self._work is not None:
            self._work.cancel()

    def report(self, spent: "list[Spent]") -> None:
        """Say what was spent."""
        for each in spent:
            used: dict[str, Any] = {"input_tokens": each.input, "output_tokens": each.output}
            self.report_usage(Usage(**used), append=True)

    def _work_for(self, person: str, models: "Models") -> Work:
        return Work(self, models, person, self.address, self.usual)

    async def _preferred(self) -> list[str]:
        """Name who is best asked, as the prompt says; nobody where not everybody sees it."""
        with suppress(WoveError):
            found = await Sight.serving.change(lambda: prompt_of(None, self.address))
            return found.routes
        return []

    async def _until_stopped(self, doing: Coroutine[Any, Any, None]) -> None:
        self._work = asyncio.create_task(doing)
        await asyncio.wait({self._work})
        if not self._work.cancelled():
            self._work.result()
