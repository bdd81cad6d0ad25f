"""What of this machine could answer: keys in the environment, and an Ollama."""

import http.client
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from jupyter_wove.ai.setup.models import Proposal

OLLAMA = ("127.0.0.1", 11434)  # and no other address: nobody may have this server look around
ANSWERS_WITHIN = 0.3  # seconds
MOST = 1024 * 1024  # bytes
MOST_MODELS = 20
GEMINI = {"name": "gemini", "provider": "google", "model": "gemini-2.5-flash"}
KEYS: dict[str, dict[str, Any]] = {
    "ANTHROPIC_API_KEY": {
        "name": "claude",
        "provider": "anthropic",
        "model": "claude-sonnet-4-5",
        "features": ["tools", "vision"],
    },
    "OPENAI_API_KEY": {
        "name": "gpt",
        "provider": "openai",
        "model": "gpt-5-mini",
        "features": ["tools", "vision", "json"],
    },
    "GEMINI_API_KEY": GEMINI,
    "GOOGLE_API_KEY": GEMINI,
    "MISTRAL_API_KEY": {
        "name": "mistral",
        "provider": "openai",
        "model": "mistral-large-latest",
        "base_url": "https://api.mistral.ai/v1",
    },
}


class _Model(msgspec.Struct):
    name: str


class _Tags(msgspec.Struct):
    models: list[_Model]


def keys_in(environment: Mapping[str, str]) -> list[str]:
    """Name the variables that hold keys of providers."""
    return [name for name in KEYS if environment.get(name)]


def of_key(name: str) -> Proposal:
    """Propose what a key is for."""
    return Proposal(f"{name} is set in the environment.", {**KEYS[name], "key": f"env:{name}"})


def ollama_models(address: tuple[str, int] = OLLAMA) -> list[str] | None:
    """List the models of an Ollama on this machine; None where there is none."""
    connection = http.client.HTTPConnection(*address, timeout=ANSWERS_WITHIN)
    try:
        connection.request("GET", "/api/tags")
        answer = connection.getresponse()
        told = msgspec.json.decode(answer.read(MOST), type=_Tags)
    except (OSError, http.client.HTTPException, msgspec.DecodeError, UnicodeDecodeError):
        return None
    finally:
        connection.close()
    return [each.name for each in told.models][:MOST_MODELS]


def of_ollama(model: str, address: tuple[str, int] = OLLAMA) -> Proposal:
    """Propose a model of an Ollama."""
    deployment: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9._-]+", "-", model.lower()).strip("-._")[:64] or "local",
        "provider": "openai",
        "model": model,
        "base_url": f"http://{address[0]}:{address[1]}/v1",
        "is_local": True,
    }
    embeds = {"features": ["embeddings"]} if "embed" in model.lower() else {}
    return Proposal("Ollama has it on this machine; it costs nothing.", deployment | embeds)
