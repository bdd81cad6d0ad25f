"""What a persona does for one message: it answers, with tools, and asks where it has to."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from jupyter_ai_persona_manager import BasePersona
from jupyterlab_chat.models import Message

from jupyter_wove.kit.errors import WoveError
from jupyter_wove_server.agents.others import Others
from jupyter_wove_server.agents.remembering import Remembering
from jupyter_wove_server.agents.sight import (
    METADATA,
    AskedPrompt,
    Focus,
    Sight,
    focus_of,
    told_of,
)
from jupyter_wove_server.agents.toolbox import Toolbox
from jupyter_wove_server.chat.about import About
from jupyter_wove_server.chat.answers import Account, Answer
from jupyter_wove_server.chat.conversation import READ, with_sight
from jupyter_wove_server.chat.guidance import Guidance, guidance
from jupyter_wove_server.chat.instructions import instructions
from jupyter_wove_server.chat.looking import Look
from jupyter_wove_server.chat.memory import Memory
from jupyter_wove_server.chat.tasks import TASKS, wanted
from jupyter_wove_server.chat.team import Team

if TYPE_CHECKING:
    from jupyter_wove.ai import Chunk, Going, Models, Outcome, Question, Tool, Withholding

PURPOSE, SUMMARY = "chat", "summary"
STOPPED = "*Stopped.*"
NO_TOOLS = """

If it knows no tools, the administrator can say so: `"features": []` in `c.Wove.ai_deployments`."""


class Work:
    """One answer. What somebody has to allow first goes on in another one."""

    def __init__(
        self,
        persona: BasePersona,
        models: "Models",
        person: str,
        address: str = "",
        usual: str = "",
    ) -> None:
        self._address = address  # of the prompt that it goes by
        self._usual = usual  # the model that is asked where nobody chose one
        self._persona = persona
        self._models = models
        self._person = person
        self._answer = Answer(persona)
        self._account = Account()
        self._look = Look(person, self._account)
        self._memory = Memory(persona)
        self._model = ""  # that is asked
        self._project: UUID | None = None  # on whose account it goes, too
        self._about_projects: list[UUID] = []  # whose teachers have a say
        self._guide = Guidance("Wove")
        self._held: Withholding | None = None  # what a teacher does not allow
        self._has_ended = False  # one answer of the model: the next begins a paragraph

    async def begin(self, message: Message) -> None:
        """Answer a message."""
        from jupyter_wove.kit.columns import new_id  # noqa: PLC0415 — with the first message

        run_id = new_id()
        async with self._telling():
            await self._be_guided(focus_of(message.metadata))
            about = await self._recorded(self._about(message), message)
            toolbox = self._toolbox(about)
            said = await self._said(about, toolbox, message)
            outcome = await self._run(run_id, about, toolbox, said, None)
            if outcome.asked:
                self._ask(await self._keep(run_id, about, outcome))
            self._memory.write(about.model, lambda body: self._answers(about, body, SUMMARY))

    async def go_on(self, run_id: UUID, going: "Going") -> None:
        """Go on with what people have answered."""
        from jupyter_wove.ai import Runs  # noqa: PLC0415 — with the first message

        runs = Runs(Sight.serving.wove.units)
        try:
            async with self._telling():
                about = msgspec.convert(going.about, About)
                self._model = about.model
                await self._be_guided(about.focus)
                toolbox = self._toolbox(about)
                if about.focus:
                    await toolbox.notebooks.cells(about.focus.notebook)
                    await self._look.at(about.focus)
                outcome = await self._run(run_id, about, toolbox, None, going)
                self._ask(await Sight.serving.change(lambda: runs.leave(run_id, outcome)))
        finally:
            await asyncio.shield(Sight.serving.change(lambda: runs.close(run_id)))

    async def _be_guided(self, focus: Focus | None) -> None:
        """Find out how to answer, and what a teacher allows."""
        from jupyter_wove.ai import Withholding  # noqa: PLC0415 — with the first message

        chat = str(self._persona.chat.get_path())
        paths = [*([focus.notebook] if focus else []), chat]
        name = self._persona.name
        self._guide = guide = await guidance(self._person, name, self._address, paths)
        self._held = Withholding(guide.binding) if guide.binding else None
        self._account.prompt, self._account.binding = guide.said, guide.binding
        found = [await Sight().project(self._person, path) for path in paths]
        self._project, self._about_projects = found[0], [each for each in found if each]

    @asynccontextmanager
    async def _telling(self) -> AsyncIterator[None]:
        """Say to people what goes on, what was done at its end, and why it failed."""
        from jupyter_wove.ai import ConsentNeeded, Failure  # noqa: PLC0415 — with the first message

        self._persona.set_status("is thinking…")
        try:
            yield
        except asyncio.CancelledError:
            self._say(STOPPED)
            raise
        except WoveError as error:
            self._account.needs_consent = isinstance(error, ConsentNeeded)
            self._say(f"**{error.title}.** {error}")
        except Failure as failure:
            self._say(f"**The model refused.** {failure}{NO_TOOLS}")
        finally:
            told = self._account.metadata()
            self._answer.metadata = {METADATA: told} if told else None
            self._answer.end()
            if self._answer.id:
                await self._look.keep(self._answer.id, self._model)
            self._persona.clear_status()
            self._persona.report(self._account.spent)

    async def _run(
        self,
        run_id: UUID,
        about: About,
        toolbox: Toolbox,
        said: list[dict[str, Any]] | None,
        going: "Going | None",
    ) -> "Outcome":
        from jupyter_wove.ai import Worker, open_agent  # noqa: PLC0415 — with the first message

        tools = await self._tools(about, toolbox) if self._has_tools(about) else []
        told = instructions(about.mode, self._guide, has_tools=bool(tools))
        worker = Worker(told + await self._look.rules(), tools)
        state, answers = (going.state, going.answers) if going else (b"", {})
        window = self._window(about)
        team = Team(self._person, about, self._remembering(about), self._tell, self._show)
        team.join(toolbox)
        planner = team.planner() if tools and self._guide.plans else None
        make = lambda: open_agent(run_id, worker, window, state, planner)  # noqa: E731
        agent = await asyncio.to_thread(make)
        try:
            return await agent.work(
                lambda body: self._answers(about, body), self._hear, said, answers
            )
        finally:
            self._account.suggested = team.suggested

    def _answers(
        self, about: About, body: dict[str, Any], purpose: str = PURPOSE
    ) -> "AsyncGenerator[Chunk, None]":
        from jupyter_wove.ai import read  # noqa: PLC0415 — with the first message

        account: dict[str, Any] = {"purpose": purpose, "project": self._project}
        account |= {"prompt": self._guide.said, "about": self._about_projects}
        asked = body | {"model": about.model, "wove": account}
        request = read(msgspec.json.encode(asked))
        person = UUID(self._person)
        return self._models.answer(person, request, use_id=about.use, held=self._held)

    async def _said(
        self, about: About, toolbox: Toolbox, message: Message
    ) -> list[dict[str, Any]]:
        """Write what the model is told: the newest messages, and what the person has open."""
        from jupyter_wove.ai import OF_WINDOW, room_in  # noqa: PLC0415 — with the first message

        window, shown = self._window(about), ""
        if about.focus is not None:
            toolbox.notebooks.note(about.focus.notebook, await self._look.at(about.focus))
            told = told_of(message.metadata)
            shown = await self._look.shown(message.body or "", room_in(window), told)
        tokens = round(OF_WINDOW * window) - self._account.tokens
        found, earlier = await self._memory.recall(self._persona.chat.last(READ), tokens)
        return with_sight(found.told, shown, wanted(about.task), earlier)

    async def _keep(self, run_id: UUID, about: About, outcome: "Outcome") -> "list[Question]":
        from jupyter_wove.ai import Runs, Whose  # noqa: PLC0415 — with the first message

        room, told = self._persona.chat.room, msgspec.to_builtins(about)
        whose = Whose(UUID(self._person), room, self._path(about), told)
        runs = Runs(Sight.serving.wove.units)
        return await Sight.serving.change(lambda: runs.wait(run_id, whose, outcome))

    def _ask(self, questions: "list[Question]") -> None:
        """Ask people for each thing that has to be allowed."""
        # Where the model said nothing besides, what it did stands with the first question.
        told = {} if self._answer.id else self._account.metadata()
        for each in questions:
            told["approval"] = str(each.approval_id)
            self._persona.chat.say(f"May I? **{each.title}**", self._persona.id, {METADATA: told})
            told = {}

    def _hear(self, chunk: "Chunk") -> None:
        if chunk.text:
            (self._say if self._has_ended else self._answer.add)(chunk.text)
            self._has_ended = False
        self._has_ended = self._has_ended or bool(chunk.finish)
        if chunk.usage:
            self._account.spent.append(chunk.usage)

    def _say(self, text: str) -> None:
        """Begin a paragraph."""
        self._answer.add(self._held.end() if self._held else "")
        self._answer.add(f"\n\n{text}" if self._answer.text else text)

    def _tell(self, step: str) -> None:
        self._account.steps.append(step)
        self._persona.set_status(f"is at work: {step}")

    def _show(self, plan: dict[str, Any]) -> None:
        """Have people see how far a plan is."""
        self._account.plan = plan
        self._answer.show({METADATA: self._account.metadata()})

    def _about(self, message: Message) -> About:
        known = self._models.catalogue
        model = self._chosen(self._persona.get_model() or known.answering[0])
        told = told_of(message.metadata)
        self._model = model
        return About(model, told.mode, focus_of(message.metadata), told.task, self._persona.id)

    def _chosen(self, model: str) -> str:
        """Ask whom a teacher allows, where the person did not choose another one themselves."""
        binding = self._guide.binding
        routes = binding.routes if binding else None
        return routes[0] if routes and model == self._usual else model

    async def _recorded(self, about: About, message: Message) -> About:
        """Begin to record what becomes of an answer, if it is one with a prompt or by a button."""
        prompt = told_of(message.metadata).prompt
        if prompt is None and about.task not in TASKS:
            return about
        use = await Sight.serving.change(lambda: _use(self._person, about.task, prompt))
        return msgspec.structs.replace(about, use=use)

    def _path(self, about: About) -> str:
        """Name the notebook that it is about, else the chat."""
        return about.focus.notebook if about.focus else str(self._persona.chat.get_path())

    def _toolbox(self, about: About) -> Toolbox:
        guide = self._guide
        return Toolbox(
            self._person,
            about.focus,
            about.mode,
            self._tell,
            guide.tools,
            guide.binding,
            about.use,
        )

    async def _tools(self, about: About, toolbox: Toolbox) -> "list[Tool]":
        if self._guide.binding:
            return toolbox.tools()
        mode, only = about.mode, self._guide.tools
        others = await Others(UUID(self._person), self._tell).tools(mode, only)
        return toolbox.tools() + self._remembering(about).tools(mode, only) + others

    def _remembering(self, about: About) -> Remembering:
        chat, notebook = str(self._persona.chat.get_path()), self._path(about)
        return Remembering(self._person, chat, notebook, self._guide.said or self._guide.name)

    def _window(self, about: About) -> int:
        known = self._models.catalogue
        names = known.route(about.model).deployments
        return min(known.deployments[each].window for each in names)

    def _has_tools(self, about: About) -> bool:
        known = self._models.catalogue
        names = known.route(about.model).deployments
        return any("tools" in known.deployments[each].features for each in names)


def _use(person: str, task: str, prompt: AskedPrompt | None) -> UUID | None:
    from jupyter_wove.accounts import Actor  # noqa: PLC0415 — with the first message
    from jupyter_wove.ai import PromptUse  # noqa: PLC0415
    from jupyter_wove.outcomes import Uses  # noqa: PLC0415

    uses = Uses(Sight.serving.wove.units)
    actor = Actor(UUID(person), "", "", frozenset(), "session")
    if prompt is not None:
        return uses.with_prompt(actor, PromptUse(prompt.id, prompt.version, prompt.number))
    return uses.with_task(actor, task, wanted(task))
