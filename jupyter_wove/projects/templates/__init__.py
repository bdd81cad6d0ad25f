"""Templates: what a new project can start from; the files lie in the folder of each."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from jupyter_wove.kit.errors import NotFound
from jupyter_wove.kit.paths import shown

_HERE = Path(__file__).parent
_TITLE = "{{title}}"
_LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}
_MARKUP = re.compile(r"([\\`*_\[\]<>&$|~#{}])")


@dataclass(frozen=True)
class Template:
    """What a project can start from; `level` is what it asks of who uses it."""

    name: str
    title: str
    description: str
    level: str | None
    tags: tuple[str, ...]


_TEMPLATES = [
    Template("empty", "Empty project", "A README to begin with, and nothing else.", None, ()),
    Template(
        "analysis",
        "Analysis",
        "One question, one table, one notebook that loads, checks, summarises and shows.",
        "beginner",
        ("analysis", "data"),
    ),
    Template(
        "teaching-lab",
        "Teaching lab",
        "Tasks with hints, cells to fill in, and checks that say what is missing.",
        "beginner",
        ("teaching", "lab"),
    ),
    Template(
        "dashboard",
        "Dashboard",
        "Choose a place and a year, see the numbers and a chart; static without widgets.",
        "intermediate",
        ("dashboard", "visualisation"),
    ),
    Template(
        "api",
        "API",
        "A FastAPI application, a notebook that calls it, and tests.",
        "advanced",
        ("api", "service"),
    ),
]


def templates() -> list[Template]:
    """List the templates, the simplest first."""
    return list(_TEMPLATES)


def scaffold(name: str, folder: Path, title: str) -> None:
    """Write the files of a template into `folder`; raise NotFound for an unknown name.

    `title` becomes text in Markdown, whatever it holds. A file that is there is kept.
    """
    if name not in {template.name for template in _TEMPLATES}:
        raise NotFound(f"There is no template {shown(name)}.")
    heading = _heading(title)
    _write(folder / ".gitignore", (_HERE / "gitignore").read_text(encoding="utf-8"))
    for source in sorted((_HERE / name).rglob("*")):
        if source.is_file() and not _LEFT_OUT & set(source.parts):
            _write(folder / source.relative_to(_HERE / name), _filled(source, heading))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(text, encoding="utf-8", newline="\n")


def _filled(source: Path, heading: str) -> str:
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".ipynb":
        return text.replace(_TITLE, json.dumps(heading, ensure_ascii=False)[1:-1])
    return text.replace(_TITLE, heading) if source.suffix == ".md" else text


def _heading(title: str) -> str:
    """Write a title so that Markdown shows it letter by letter, on one line."""
    visible = "".join(each if each.isprintable() else " " for each in title)
    return _MARKUP.sub(r"\\\1", " ".join(visible.split())) or "Untitled"
