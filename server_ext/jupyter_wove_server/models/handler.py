"""What all addresses have in common at which programs ask models."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from jupyter_server.base.handlers import JupyterHandler

from jupyter_wove.ai import Failure
from jupyter_wove.kit.errors import BadRequest, Problem
from jupyter_wove_server.base import WoveAPIHandler

if TYPE_CHECKING:
    from jupyter_wove.ai import By, Models

MOST = 32 * 1024 * 1024  # bytes of a request: pictures are written into it
SMALL = 64 * 1024  # bytes that are read sooner than a thread would be there to do it
KINDS = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
}
T = TypeVar("T")


class Refused(BadRequest):
    """The model does not take this request."""

    title = "The model refused the request"


class ModelHandler(WoveAPIHandler):
    """A handler whose errors programs understand that know OpenAI's."""

    async def models(self) -> "Models":
        """Reach the models; the first time takes a moment."""
        serving = self.serving
        if serving.opened_models is not None:
            return serving.opened_models
        return await serving.look(lambda: serving.models)

    @property
    def by(self) -> "By":
        """Tell how somebody asks: browsers alone say of which page a request is."""
        if self.actor.via == "key":
            return "key"
        return "browser" if "Origin" in self.request.headers else "program"

    async def read(self, reader: Callable[[bytes], T]) -> T:
        """Read the body of the request; in a thread where it is large."""
        self.body.whole = True
        content = bytes(self.body.content)
        if len(content) <= SMALL:
            return reader(content)
        return await self.serving.look(lambda: reader(content))

    def write_problem(self, problem: Problem) -> None:
        """Send a problem, and the same as OpenAI says it."""
        self.set_header("Content-Type", "application/problem+json")
        JupyterHandler.finish(self, msgspec.json.encode(told(problem)))


@contextmanager
def refusals() -> Iterator[None]:
    """Say in our words that a model refused a request."""
    try:
        yield
    except Failure as failure:
        raise Refused(f"The model refused the request: {failure}") from failure


def told(problem: Problem) -> dict[str, Any]:
    """Write a problem so that programs understand it that know OpenAI's."""
    usual = "api_error" if problem.status >= 500 else "invalid_request_error"  # noqa: PLR2004
    kind = KINDS.get(problem.status, usual)
    error = {"message": problem.detail, "type": kind, "code": problem.status, "param": None}
    return {**msgspec.structs.asdict(problem), "error": error}
