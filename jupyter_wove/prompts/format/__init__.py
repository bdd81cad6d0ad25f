"""A prompt is one Markdown file: what it is called and takes in front, what it says below."""

from jupyter_wove.prompts.format.chat import Message, body_of, messages_of
from jupyter_wove.prompts.format.file import divided, joined, normalised, parse, prompt_of, write
from jupyter_wove.prompts.format.frontmatter import Lines, dump, load
from jupyter_wove.prompts.format.models import (
    Header,
    Input,
    InputType,
    Kind,
    Output,
    Prompt,
    Unreadable,
)

__all__ = [
    "Header",
    "Input",
    "InputType",
    "Kind",
    "Lines",
    "Message",
    "Output",
    "Prompt",
    "Unreadable",
    "body_of",
    "divided",
    "dump",
    "joined",
    "load",
    "messages_of",
    "normalised",
    "parse",
    "prompt_of",
    "write",
]
