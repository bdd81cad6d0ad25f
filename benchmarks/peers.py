"""What routers of others add to asking a model: runs in an environment that has them.

`python peers.py URL MODEL REQUESTS` prints the medians in milliseconds as JSON.
"""

import asyncio
import json
import os
import statistics
import sys
import time

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it asks for prices at import

import litellm
from langchain_openai import ChatOpenAI

ASKED = [{"role": "user", "content": "How are you?"}]
WARM_UP = 20


async def first(pieces) -> float:
    """Milliseconds until the first piece that says something; the rest is read too."""
    began, found = time.perf_counter(), 0.0
    async for piece in await pieces if asyncio.iscoroutine(pieces) else pieces:
        said = piece.content if hasattr(piece, "content") else piece.choices[0].delta.content
        if said and not found:
            found = time.perf_counter() - began
    return found * 1e3


async def added(direct, routed, requests: int) -> float:
    for _ in range(WARM_UP):
        await first(direct())
        await first(routed())
    pairs = [(await first(direct()), await first(routed())) for _ in range(requests)]
    return statistics.median(b - a for a, b in pairs)


async def main(url: str, model: str, requests: int) -> None:
    at = {"api_base": f"{url}/v1", "api_key": "none"}
    name = f"openai/{model}"
    router = litellm.Router([{"model_name": "m", "litellm_params": {"model": name, **at}}])
    chat = ChatOpenAI(model=model, base_url=f"{url}/v1", api_key="none", stream_usage=True)
    falling = chat.with_fallbacks([chat])
    found = {
        "litellm Router, over litellm": await added(
            lambda: litellm.acompletion(name, ASKED, stream=True, **at),
            lambda: router.acompletion("m", ASKED, stream=True),
            requests,
        ),
        "LangChain fallbacks, over ChatOpenAI": await added(
            lambda: chat.astream(ASKED), lambda: falling.astream(ASKED), requests
        ),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
