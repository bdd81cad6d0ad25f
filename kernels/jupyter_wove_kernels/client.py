"""A Wove server, as code in a kernel asks it: with a key of a person's own."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

Json = dict[str, Any]
URL, KEY = "WOVE_URL", "WOVE_API_KEY"
HERE = "JPY_SESSION_NAME"  # where Jupyter says which notebook a kernel is of
TIMEOUT = 60  # seconds from one piece of an answer to the next
DATA = "data: "
UNKNOWN = f"""Say which server to ask, and with which key:

    import os
    os.environ["{URL}"] = "http://localhost:8888"
    os.environ["{KEY}"] = "wove_…"  # better from a file, or getpass.getpass()

A key is made in JupyterLab: Settings, Wove Account, API keys; it needs the scope ai:use, and
prompts:read for prompts."""


class WoveError(Exception):
    """What the server, or the way to it, has to say."""


@dataclass(frozen=True)
class Rendered:
    """A prompt as it is said, and which version that is, as an account of an answer names it."""

    messages: list[Json]
    account: Json


class Server:
    """Asks a server for somebody."""

    def __init__(self, url: str, key: str) -> None:
        self._url = url.rstrip("/")
        self._key = key

    @classmethod
    def known(cls) -> "Server":
        """Find the server that the environment names. Raises WoveError."""
        url, key = os.environ.get(URL), os.environ.get(KEY)
        if not url or not key:
            raise WoveError(UNKNOWN)
        return cls(url, key)

    def models(self) -> list[str]:
        """List the models and routes that can be asked. Raises WoveError."""
        return [each["id"] for each in self._json("GET", "wove/ai/v1/models")["data"]]

    def ask(self, messages: list[Json], model: str = "", **account: Any) -> Iterator[str]:
        """Give an answer as it comes; `account` is what it is for. Raises WoveError."""
        chosen = model or next(iter(self.models()), "")
        body = {"model": chosen, "messages": messages, "stream": True}
        body["wove"] = {"purpose": "magic", "notebook": notebook()} | account
        with self._open("POST", "wove/ai/v1/chat/completions", body) as answer:
            for line in answer.iter_lines():
                if line.startswith(DATA) and line != f"{DATA}[DONE]":
                    yield from _texts(json.loads(line.removeprefix(DATA)))

    def rendered(self, name: str, values: Json, views: Json) -> Rendered:
        """Render a prompt, by `owner/name` or `owner/name@version`. Raises WoveError."""
        address, version = _apart(name)
        prompt = self._id(address)
        path = f"wove/api/prompts/{prompt}/versions/{quote(version, safe='')}/render"
        found: Json = self._json("POST", path, {"values": values, "views": views})
        messages = [each for each in found["messages"] if each["role"] != "messages"]
        number = found["number"]
        use = {"id": prompt, "version": version, "number": number}
        return Rendered(messages, {"prompt": f"{address}@{number}", "use": use})

    def content(self, name: str) -> Json:
        """Read a version of a prompt: its settings, its text and its inputs. Raises WoveError."""
        found: Json = self._json("GET", self._version(name))
        return found

    def inputs(self, name: str) -> list[Json]:
        """List what a prompt takes. Raises WoveError."""
        found: list[Json] = self.content(name)["inputs"]
        return found

    def estimates(self, text: str) -> list[Json]:
        """Tell what each model would take to read a text. Raises WoveError."""
        found: list[Json] = self._json("POST", "wove/api/ai/estimates", {"text": text})
        return found

    def begin(self, name: str, asked: Json) -> Json:
        """Begin an evaluation of a prompt. Raises WoveError."""
        path = f"{self._prompt(name)}/evaluations"
        found: Json = self._json("POST", path, asked | {"notebook": notebook()})
        return found

    def end(self, name: str, evaluation: str, results: list[Json]) -> Json:
        """Have kept what came of an evaluation. Raises WoveError."""
        path = f"{self._prompt(name)}/evaluations/{evaluation}/results"
        found: Json = self._json("PUT", path, {"results": results})
        return found

    def _version(self, name: str) -> str:
        """Find the address of a version of a prompt."""
        address, version = _apart(name)
        return f"{self._prompt(address)}/versions/{quote(version, safe='')}"

    def _prompt(self, address: str) -> str:
        return f"wove/api/prompts/{self._id(address)}"

    def _id(self, address: str) -> str:
        owner, slash, short = address.partition("/")
        if not slash:
            raise WoveError(f"Name the prompt with its owner, as in ann/{address}.")
        found = self._json("GET", f"wove/api/people/{quote(owner)}/prompts/{quote(short)}")
        return str(found["id"])

    def _json(self, method: str, path: str, body: Json | None = None) -> Any:
        with self._open(method, path, body) as answer:
            return json.loads(answer.read())

    @contextmanager
    def _open(self, method: str, path: str, body: Json | None) -> Iterator[httpx.Response]:
        headers = {"Authorization": f"Bearer {self._key}"}
        address = f"{self._url}/{path}"
        try:
            with httpx.stream(
                method, address, json=body, headers=headers, timeout=TIMEOUT
            ) as answer:
                if answer.is_error:
                    raise WoveError(_said(answer))
                yield answer
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise WoveError(f"{self._url} does not answer: {error}. Is {URL} right?") from None


def notebook() -> str:
    """Name the notebook of this kernel, as far as Jupyter says it."""
    return os.environ.get(HERE, "")


def _apart(name: str) -> tuple[str, str]:
    """Tell the address of a prompt from the version that is wanted."""
    address, _, version = name.partition("@")
    return address, version or "latest"


def _texts(event: Json) -> Iterator[str]:
    if "error" in event:
        raise WoveError(str(event["error"].get("message", event["error"])))
    for choice in event.get("choices", []):
        if text := choice.get("delta", {}).get("content"):
            yield text


def _said(answer: httpx.Response) -> str:
    """Read a problem of Wove, or an error as OpenAI's clients know it."""
    try:
        found = json.loads(answer.read())
        if "detail" in found:
            return f"{found['title']}: {found['detail']}"
        return str(found["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"The server answered {answer.status_code} {answer.reason_phrase}."
