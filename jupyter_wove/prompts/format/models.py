"""A prompt and its settings, as its file holds them."""

from typing import Annotated, Any, Literal

import msgspec

from jupyter_wove.kit.errors import InvalidRequest

Kind = Literal["prompt", "agent", "skill", "rubric"]
InputType = Literal[
    "string",
    "number",
    "enum",
    "cell",
    "selection",
    "dataframe",
    "variable",
    "file",
    "error",
    "notebook",
]
OutputType = Literal["", "text", "markdown", "code", "json", "cell", "diff", "score"]
Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=64)]
InputName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_-]{0,63}\Z")]
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"\S")]
Words = Annotated[list[Word], msgspec.Meta(max_length=20)]


class Input(msgspec.Struct, frozen=True):
    """What a prompt takes; one without a default is required, unless it says that it is not."""

    type: InputType = "string"
    description: str = ""
    default: Any = None
    required: bool | None = None
    options: list[str | int | float] = []

    @property
    def is_required(self) -> bool:
        """Tell whether a prompt cannot be rendered without it."""
        return self.default is None if self.required is None else self.required

    def __post_init__(self) -> None:
        """Refuse a choice without anything to choose from."""
        if self.type == "enum" and not self.options:
            raise ValueError("an enum needs `options`")


class Output(msgspec.Struct, frozen=True):
    """What comes back, and the JSON schema it keeps to."""

    type: OutputType = ""
    schema: dict[str, Any] = {}


class Header(msgspec.Struct, frozen=True):
    """The settings that Wove knows; a file may hold others, which are kept as they are."""

    name: Name
    title: Annotated[str, msgspec.Meta(max_length=120)] = ""
    description: Annotated[str, msgspec.Meta(max_length=1024)] = ""
    kind: Kind = "prompt"
    inputs: Annotated[dict[InputName, Input], msgspec.Meta(max_length=64)] = {}
    route: Annotated[str, msgspec.Meta(max_length=120)] = ""
    model: str | list[str] = ""
    tools: Annotated[list[str], msgspec.Meta(max_length=200)] = []
    output: Output = Output()
    examples: list[dict[str, Any]] = []
    tests: list[dict[str, Any]] = []
    license: Annotated[str, msgspec.Meta(max_length=200)] = ""
    forked_from: Annotated[str, msgspec.Meta(max_length=200)] = ""
    use_cases: Words = []
    tags: Words = []
    stack: Words = []


class Prompt(msgspec.Struct, frozen=True):
    """A prompt: all its settings as they stand in the file, those that Wove knows, its text."""

    header: Header
    settings: dict[str, Any]
    body: str


class Unreadable(InvalidRequest):
    """A prompt file cannot be read; the message names the line."""

    title = "The prompt file cannot be read"

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"Line {line}: {message}")
