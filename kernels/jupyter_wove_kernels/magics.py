"""`%wove ask` and `%%wove prompt`: models, asked from a notebook."""

import re
import time
from collections.abc import Iterator
from typing import Any

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class
from IPython.display import display

from jupyter_wove_kernels.client import Server, WoveError
from jupyter_wove_kernels.forms import Form
from jupyter_wove_kernels.views import apart

# Drawn by Wove in JupyterLab without anything that lies elsewhere; text everywhere else.
ANSWER = "application/vnd.wove.answer+markdown"
FORM = re.compile(
    r"(?P<what>ask|prompt|form|models)(?:\s+--model[ =](?P<model>\S+))?\s*(?P<words>.*)"
)
ASKED = re.compile(r"^(\s*)%wove\s+(ask\b.*)\n?$")
SHOWN_EVERY = 0.1  # seconds


@magics_class
class WoveMagics(Magics):  # type: ignore[misc]
    """Asks models, and renders prompts of the library for them."""

    @line_cell_magic  # type: ignore[untyped-decorator]
    def wove(self, line: str, cell: str | None = None) -> Form | None:
        """Ask a model, or ask it with a prompt of the library.

        `%wove ask WORDS` and `%%wove ask` ask; `{name}` in the words is what a variable says.
        `%%wove prompt owner/name@version` takes inputs from the lines below: `name = expression`.
        `%wove form owner/name` shows its inputs as widgets, and what would be said.
        `%wove models` lists who can be asked; `--model NAME` behind the verb chooses one.
        """
        said = FORM.fullmatch(line.strip())
        if said is None:
            raise UsageError(self.wove.__doc__)
        try:
            return self._do(said["what"], said["model"] or "", said["words"], cell or "")
        except WoveError as error:
            raise UsageError(str(error)) from None

    def _do(self, what: str, model: str, words: str, cell: str) -> Form | None:
        server = Server.known()
        if what == "form":
            return Form(server, words, model, self.shell.user_ns, show)
        if what == "models":
            display({"text/plain": "\n".join(server.models())}, raw=True)
        elif what == "ask":
            question = "\n".join(filter(None, [words, cell.strip()]))
            show(server.ask([{"role": "user", "content": question}], model))
        else:
            said = server.rendered(words, *apart(self._values(cell)))
            show(server.ask(said.messages, model, **said.account))
        return None

    def _values(self, text: str) -> dict[str, Any]:
        """Evaluate the inputs of a prompt, in the namespace of the notebook."""
        lines = (line for line in text.splitlines() if line.strip())
        pairs = (line.partition("=") for line in lines)
        return {name.strip(): self.shell.ev(value) for name, _, value in pairs}


def show(pieces: Iterator[str]) -> None:
    """Show an answer as it grows."""
    text, shown, handle = "", 0.0, display(_bundle(""), raw=True, display_id=True)
    try:
        for piece in pieces:
            text += piece
            if time.monotonic() - shown > SHOWN_EVERY:
                handle.update(_bundle(text), raw=True)
                shown = time.monotonic()
    finally:
        handle.update(_bundle(text), raw=True)


def _bundle(text: str) -> dict[str, str]:
    return {"text/plain": text, ANSWER: text}


def questions(lines: list[str]) -> list[str]:
    """Let a line end with a question mark, by which IPython otherwise asks for help."""
    return [ASKED.sub(_called, line) for line in lines]


def _called(found: re.Match[str]) -> str:
    return f"{found[1]}get_ipython().run_line_magic('wove', {found[2].strip()!r})\n"
