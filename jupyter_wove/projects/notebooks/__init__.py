"""Notebooks as cells: read any format version, compare, merge, take the trust out."""

from jupyter_wove.projects.notebooks.diff import (
    CellChange,
    ChangeKind,
    NotebookDiff,
    Outputs,
    diff_notebooks,
)
from jupyter_wove.projects.notebooks.lines import Effort, Line, LineOp, blocks, merge_lines
from jupyter_wove.projects.notebooks.matching import match
from jupyter_wove.projects.notebooks.merge import Conflict, ConflictKind, Merged, merge_notebooks
from jupyter_wove.projects.notebooks.order import rising
from jupyter_wove.projects.notebooks.read import (
    Cell,
    CellType,
    Notebook,
    TooDeep,
    mime_types,
    output_text,
    read_notebook,
    write_notebook,
)
from jupyter_wove.projects.notebooks.textdiff import Hunk, TextDiff, diff_text, is_binary
from jupyter_wove.projects.notebooks.trust import without_trust

__all__ = [
    "Cell",
    "CellChange",
    "CellType",
    "ChangeKind",
    "Conflict",
    "ConflictKind",
    "Effort",
    "Hunk",
    "Line",
    "LineOp",
    "Merged",
    "Notebook",
    "NotebookDiff",
    "Outputs",
    "TextDiff",
    "TooDeep",
    "blocks",
    "diff_notebooks",
    "diff_text",
    "is_binary",
    "match",
    "merge_lines",
    "merge_notebooks",
    "mime_types",
    "output_text",
    "read_notebook",
    "rising",
    "without_trust",
    "write_notebook",
]
