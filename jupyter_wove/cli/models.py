"""`jupyter wove ai`: models."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jupyter_wove.ai import scripted_server
from jupyter_wove.cli import detection, provider_keys, spending
from jupyter_wove.cli.session import fail
from jupyter_wove.kit.errors import BadRequest

if TYPE_CHECKING:
    from jupyter_wove.ai import ScriptedServer

app = typer.Typer(
    help="Ask language models: their keys, what they cost, and one to try.", no_args_is_help=True
)
app.add_typer(provider_keys.app, name="keys")
app.command()(spending.usage)
app.command()(detection.detect)


@app.command("fake-server")
def fake_server(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8790,
    script: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="What it answers to what.")
    ] = None,
) -> None:
    """Serve a scripted model, to try Wove without a key and to test what asks models.

    It answers on this machine only, as OpenAI, Anthropic and Gemini do. The name of the model says
    how: `scripted-200` answers 200 words, `scripted@cut:5` breaks off after 5.
    """
    try:
        server = scripted_server(script.read_bytes() if script else None)
    except BadRequest as error:
        fail(str(error))
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(server, port))


async def _serve(server: "ScriptedServer", port: int) -> None:
    listening = await server.serve(port)
    url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    print(f"A scripted model answers at {url}/v1 until you press Ctrl+C.", flush=True)
    await listening.serve_forever()
