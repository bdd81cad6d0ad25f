"""What a kernel holds: asked of it without a trace, if it has time to answer."""

import ast
import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import ensure_async

from jupyter_wove.kit.logs import log

if TYPE_CHECKING:
    from jupyter_wove.ai import Variable

WAITS = 0.15  # seconds: an answer must not wait for a kernel that is busy
LANGUAGE = "python"
SHELL_ONLY = {"shell": True, "iopub": False, "stdin": False, "hb": False, "control": False}

# Runs in the kernel. Looks at kinds and shapes of what it knows, and calls nothing of its own
# that somebody may have written: no __repr__, no __len__, no property.
SOURCE = """
def look(names, most=60, widest=30):
    import json, re, types
    hidden = re.compile(r"(?i)key|token|secret|passw|pwd|credential")
    skipped = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)
    sized = (list, tuple, dict, set, frozenset, str, bytes)
    def about(value):
        kind = type(value)
        home = str(kind.__module__).partition(".")[0]
        if kind in sized:
            return "of %d" % len(value)
        if home == "pandas" and kind.__name__ == "DataFrame":
            shown = ["%s (%s)" % pair for pair in list(zip(value.columns, value.dtypes))[:widest]]
            more = len(value.columns) - len(shown)
            return "of %d rows: %s%s" % (
                len(value), ", ".join(shown), ", and %d more" % more if more > 0 else ""
            )
        if home == "pandas" and kind.__name__ == "Series":
            return "of %d, %s" % (len(value), value.dtype)
        if home in ("numpy", "torch") and kind.__name__ in ("ndarray", "Tensor"):
            return "%s, %s" % (tuple(value.shape), value.dtype)
        return ""
    found = []
    for name in reversed(list(names)):
        if name.startswith("_") or name in ("In", "Out", "exit", "quit", "open", "get_ipython"):
            continue
        value = names[name]
        if isinstance(value, skipped):
            continue
        try:
            said = "" if hidden.search(name) else about(value)
        except Exception:
            said = ""
        found.append((name, type(value).__name__, said[:300]))
        if len(found) == most:
            break
    return json.dumps(found)
"""
EXPRESSION = f"(lambda own: (exec({SOURCE!r}, own), own['look'](globals()))[1])({{}})"

_log = log(__name__)


async def variables_of(server: ServerApp, path: str) -> "list[Variable] | None":
    """List the variables of the kernel of a notebook, newest first; None where it cannot say."""
    kernel_id = await _kernel_of(server, path)
    if kernel_id is None:
        return []
    manager: Any = server.kernel_manager.get_kernel(kernel_id)
    if getattr(manager, "execution_state", "idle") == "busy":
        return None
    client = manager.client()
    client.start_channels(**SHELL_ONLY)
    try:
        async with asyncio.timeout(WAITS):
            return await _asked(client)
    except TimeoutError:
        return None
    except Exception:  # whatever a kernel that is no usual one answers
        _log.warning("a kernel did not say what it holds", exc_info=True)
        return None
    finally:
        client.stop_channels()


async def _kernel_of(server: ServerApp, path: str) -> str | None:
    sessions = await ensure_async(server.session_manager.list_sessions())
    for each in sessions:
        if each.get("path") == path and each.get("kernel"):
            specs: Any = server.kernel_spec_manager
            spec = specs.get_kernel_spec(each["kernel"]["name"])
            return str(each["kernel"]["id"]) if spec.language == LANGUAGE else None
    return None


async def _asked(client: Any) -> "list[Variable]":
    from jupyter_wove.ai import Variable  # noqa: PLC0415 — with the first message

    asked = client.execute(
        "",
        silent=True,
        store_history=False,
        user_expressions={"wove": EXPRESSION},
        allow_stdin=False,
        stop_on_error=False,
    )
    while True:
        reply = await client.get_shell_msg()
        if reply["parent_header"].get("msg_id") == asked:
            break
    answer = reply["content"].get("user_expressions", {}).get("wove", {})
    with suppress(KeyError, ValueError, SyntaxError, TypeError):
        listed = json.loads(ast.literal_eval(answer["data"]["text/plain"]))
        return [Variable(*(str(part) for part in each[:3])) for each in listed]
    return []
