"""What has been answered so far, so that somebody else can go on with it."""

from typing import Any

from jupyter_wove.ai.providers import CallPart, Chunk, Usage

GO_ON = (
    "Your answer was cut off after the words above. Go on with exactly the next character of it;"
    " repeat nothing, and say nothing about the interruption."
)


class Progress:
    """One answer, of one deployment or of several in turn."""

    def __init__(self) -> None:
        self.text = ""
        self._begun = 0  # where the present deployment went on
        self.calls: list[CallPart] = []
        self.finish = ""
        self.usage: Usage | None = None

    def begin(self) -> None:
        """Another deployment is asked: the text stays, the rest of what the last one said goes."""
        self._begun = len(self.text)
        self.calls, self.finish, self.usage = [], "", None

    def add(self, chunk: Chunk) -> None:
        """Take in what came."""
        self.text += chunk.text
        self.calls += chunk.calls
        self.finish = chunk.finish or self.finish
        self.usage = chunk.usage or self.usage

    @property
    def own_text(self) -> str:
        """What the present deployment wrote."""
        return self.text[self._begun :]

    def going_on(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make of a request the one for the rest of the answer."""
        if not self.text:
            return body
        rest = [{"role": "assistant", "content": self.text}, {"role": "user", "content": GO_ON}]
        return body | {"messages": [*body["messages"], *rest]}

    @property
    def last(self) -> Chunk:
        """The end of the answer: the calls of tools, none of which was told before."""
        return Chunk(calls=self.calls, finish=self.finish, usage=self.usage)
