"""A JupyterHub of Ann, Bob and an account of both, with a scripted model, and a browser."""

import pytest

from jupyter_wove.ai.scripted import Reply
from jupyter_wove.ai.scripted import serving as scripted
from tests.hub.hub import serving
from tests.ui.conftest import browser_type_launch_args, open_window

__all__ = ["browser_type_launch_args", "open_window"]


@pytest.fixture(autouse=True)
def jp_asyncio_loop():
    """Keep pytest-jupyter's loop away: Playwright has its own, and both run in this thread."""


@pytest.fixture(autouse=True)
def jp_server_cleanup():
    """Clean nothing up: the servers here are processes of their own."""


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    with scripted(lambda asked: Reply(pieces=["2.4 m."])) as (url, models):
        at = {"provider": "openai", "base_url": f"{url}/v1", "model": "scripted"}
        wove = {"ai_deployments": [{"name": "scripted", "is_local": True, **at}]}
        with serving(
            tmp_path_factory.mktemp("hub") / "hub", "ann", "bob", "team", wove=wove
        ) as hub:
            hub.models = models
            yield hub
