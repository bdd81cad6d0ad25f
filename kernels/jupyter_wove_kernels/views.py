"""What a prompt may say of an object: what kind it is and how it is made, not what it holds."""

from collections.abc import Mapping
from typing import Any

MOST_COLUMNS = 100


def views_of(value: Any) -> dict[str, str]:
    """Give the views of an object: `{{df | schema}}`, `{{df | type}}`, `{{df | shape}}`."""
    views = {"type": type(value).__name__}
    shape = getattr(value, "shape", None)
    if shape is not None:
        views["shape"] = str(tuple(shape))
    elif isinstance(value, list | tuple | dict | set | frozenset):
        views["shape"] = str(len(value))
    views["schema"] = _schema(value) or " ".join(views.values())
    return views


def apart(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Tell plain values from objects, of which only views are sent, and never what they hold."""
    plain = {name: each for name, each in values.items() if isinstance(each, str | int | float)}
    others = {name: each for name, each in values.items() if name not in plain}
    return plain, {name: views_of(each) for name, each in others.items()}


def _schema(value: Any) -> str:
    """Write the columns of a data frame with their types."""
    dtypes = getattr(value, "dtypes", None)
    columns = getattr(value, "columns", None)
    if dtypes is None or columns is None:
        return ""
    named = list(zip(columns, dtypes, strict=False))[:MOST_COLUMNS]
    more = len(columns) - len(named)
    lines = [f"{name}: {dtype}" for name, dtype in named]
    return "\n".join([*lines, *([f"and {more} more"] if more else [])])
