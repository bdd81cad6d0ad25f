"""The two classes that every handler of Wove comes from, and the policy that every verb has.

A request passes here before its verb runs: host, identity, scope, Jupyter's authorizer, the size
of its body. Nothing of the body is read before that.
"""

import asyncio
import re
import sys
import uuid
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

import msgspec
from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import User
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from tornado.web import HTTPError, authenticated, stream_request_body

from jupyter_wove.accounts import Actor
from jupyter_wove.kit.contract import JSON_LIMIT
from jupyter_wove.kit.correlation import request_id
from jupyter_wove.kit.errors import Forbidden, NotSignedIn, Problem, TooManyRequests, problem
from jupyter_wove.kit.logs import bind, log
from jupyter_wove.kit.metrics import REQUESTS
from jupyter_wove_server.bodies import Body
from jupyter_wove_server.identity import actor_of, key_in
from jupyter_wove_server.problems import WrongMethod, as_page, as_wove_error, is_expected
from jupyter_wove_server.serving import Serving

if TYPE_CHECKING:
    from jupyter_wove.app import Call

PUBLIC = "public"
RESOURCE = "wove"  # what Jupyter's authorizer knows us by
READING = {"GET", "HEAD", "OPTIONS"}
VERBS = ("get", "head", "post", "put", "patch", "delete", "options")
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

T = TypeVar("T")
Verb = Callable[..., Any]
Route = tuple[str, type[JupyterHandler]] | tuple[str, type[JupyterHandler], dict[str, Any]]

_log = log(__name__)


def policy(scope: str) -> Callable[[Verb], Verb]:
    """Declare who may use a verb: those who hold a scope, or everybody where it is PUBLIC."""

    def declare(verb: Verb) -> Verb:
        guarded: Any = (allow_unauthenticated if scope is PUBLIC else authenticated)(verb)
        guarded.policy = scope
        return cast(Verb, guarded)

    return declare


def check_routes(routes: Iterable[Route]) -> None:
    """Refuse to serve what is not ours or says not who may use it. Raises TypeError."""
    for pattern, handler, *_ in routes:
        if not issubclass(handler, WoveAPIHandler | WovePageHandler):
            raise TypeError(f"The handler of {pattern} comes from neither base class.")
        for verb in VERBS:
            method = getattr(handler, verb)
            if method != JupyterHandler._unimplemented_method and not hasattr(method, "policy"):
                raise TypeError(f"{verb.upper()} {pattern} does not say who may use it.")


@stream_request_body
class _Guarded(JupyterHandler):
    """A request on its way to its verb."""

    csp: ClassVar[str]
    route: ClassVar[str] = ""  # the template of its address, for the log and the metrics
    limit: ClassVar[int] = JSON_LIMIT
    streamed = False
    actor: Actor
    body: Body
    gone: asyncio.Future[None]  # done when the caller has hung up

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "get" in cls.__dict__ and "head" not in cls.__dict__:
            cls.head = cls.get

    @property
    def serving(self) -> Serving:
        """Reach Wove and its threads."""
        return cast(Serving, self.settings["wove_serving"])

    @cached_property
    def request_id(self) -> str:
        """Name this request as its caller did, if that is a name, or anew."""
        given = self.request.headers.get("X-Request-ID", "")
        return given if REQUEST_ID.fullmatch(given) else str(uuid.uuid4())

    async def call(self, work: Callable[["Call"], T], *, writes: bool = False) -> T:
        """Do something in one transaction, in a thread, for whoever asks."""
        serving, actor = self.serving, self.actor

        def within() -> T:
            with serving.wove.call(actor, writes=writes) as call:
                return work(call)

        return await (serving.change if writes else serving.look)(within)

    # ------------------------------------------------------------------ on the way in

    async def prepare(self) -> None:  # type: ignore[override]
        """Let pass who may, with a body that is not too large."""
        request_id.set(self.request_id)
        bind(route=self.route)
        self.gone = asyncio.get_running_loop().create_future()
        self.current_user = None  # so that nobody asks for it before it is known
        needed = self._needed()
        if not self.check_host():
            raise Forbidden("This server does not answer to that host name.")
        await self._sign_in()
        if needed is not PUBLIC and not self._finished:
            await self._authorize(needed)
        if not self._finished:
            self._open_body()

    def _needed(self) -> str:
        verb = getattr(self, (self.request.method or "").lower(), None)
        needed = getattr(verb, "policy", None)
        if needed is None:
            raise WrongMethod(f"Only {self._verbs()} can be used here.")
        return cast(str, needed)

    def _verbs(self) -> str:
        return ", ".join(verb.upper() for verb in VERBS if hasattr(getattr(self, verb), "policy"))

    async def _sign_in(self) -> None:
        serving = self.serving
        if key := key_in(self.request):
            # Not Jupyter's own way: it would take the key for a wrong token, and answers a
            # token with a cookie and an open door for other sites.
            self.actor = await serving.look(lambda: serving.wove.directory.key(key))
            self.current_user = User(self.actor.handle, self.actor.name)
            return
        try:
            await super().prepare()
        except (HTTPError, Forbidden):
            if self.current_user:
                raise
            return self.turn_away()
        if user := self.current_user:
            provider = self.identity_provider
            self.actor = await serving.look(lambda: actor_of(serving.wove, provider, user))

    async def _authorize(self, needed: str) -> None:
        if not self.current_user:
            return self.turn_away()
        bind(actor=str(self.actor.id))
        if needed not in self.actor.scopes:
            raise Forbidden(f"This needs the scope {needed}, which you do not hold here.")
        action = "read" if self.request.method in READING else "write"
        allowed = self.authorizer.is_authorized(self, self.current_user, action, RESOURCE)
        if not await ensure_async(allowed):
            raise Forbidden(f"This server does not let you {action} in Wove.")

    def flush(self, include_footers: bool = False) -> Any:
        """Send what is there; who is answered before their body was read hears that it ends here.

        Tornado then closes the connection without a word, and proxies would use it again.
        """
        body = getattr(self.request, "_body_future", None)
        if body is not None and not body.done() and not self._headers_written:
            self.set_header("Connection", "close")
        return super().flush(include_footers)

    def turn_away(self) -> None:
        """Answer somebody who is not signed in."""
        raise NotSignedIn("Sign in, or send an API key.")

    def check_origin(self, origin_to_satisfy_tornado: str = "") -> bool:
        """Refuse other sites, in our words."""
        if not super().check_origin(origin_to_satisfy_tornado):
            raise Forbidden("Requests from other sites are not allowed.")
        return True

    def check_xsrf_cookie(self) -> None:
        """Refuse what another site may have sent in somebody's name."""
        try:
            super().check_xsrf_cookie()
        except HTTPError as error:
            raise Forbidden(
                "The header X-XSRFToken is missing or does not match. Reload the page."
            ) from error

    def set_cors_headers(self) -> None:
        """Open the door to those sites that the configuration names, and to no others."""
        if self.allow_origin or self.allow_origin_pat:
            super().set_cors_headers()

    # ------------------------------------------------------------------ its body

    def _open_body(self) -> None:
        self.body = self.new_body()
        connection: Any = self.request.connection
        connection.set_max_body_size(2 * self.body.limit)  # ours answers first, in a sentence
        connection.set_body_timeout(self.body.seconds)
        self.body.announce(self.request)

    def new_body(self) -> Body:
        """Say how the body of this request is kept."""
        return Body(self.limit)

    async def data_received(self, chunk: bytes) -> None:
        """Take a piece of the body; end the request where it becomes too large."""
        if self._finished:
            return
        try:
            await self.body.take(chunk)
        except Exception as error:
            self.log_exception(*sys.exc_info())
            self.send_error(as_wove_error(error, 500).status, exc_info=sys.exc_info())
            self.on_connection_close()

    def on_connection_close(self) -> None:
        """Drop a body that will never be whole."""
        super().on_connection_close()
        if hasattr(self, "gone") and not self.gone.done():
            self.gone.set_result(None)
        if hasattr(self, "body") and not self.body.whole:
            self.body.forget()

    # ------------------------------------------------------------------ on the way out

    @property
    def content_security_policy(self) -> str:
        """Allow a browser no more than this handler needs."""
        return self.csp

    def set_default_headers(self) -> None:
        """Say who answers to what, and keep it out of caches and referrers."""
        super().set_default_headers()
        self.set_header("X-Request-ID", self.request_id)
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> str | None:
        """Leave it to operations to say which revision they answer with."""
        return None

    @policy(PUBLIC)
    def options(self, *_: Any, **__: Any) -> None:
        """Say which methods there are."""
        self.set_status(204)
        self.set_header("Allow", self._verbs())
        self.set_header("Access-Control-Allow-Methods", self._verbs())
        self.set_header(
            "Access-Control-Allow-Headers",
            "accept, authorization, content-type, idempotency-key, if-match, last-event-id,"
            " x-request-id, x-xsrftoken",
        )
        JupyterHandler.finish(self)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer with a problem that says what to do, and nothing of our inside."""
        exception = kwargs["exc_info"][1] if "exc_info" in kwargs else None
        error = as_wove_error(exception, status_code)
        self.set_status(error.status)
        if isinstance(error, TooManyRequests):
            self.set_header("Retry-After", str(error.retry_after))
        elif isinstance(error, WrongMethod):
            self.set_header("Allow", self._verbs())
        elif isinstance(error, NotSignedIn):
            self.set_header("WWW-Authenticate", 'Bearer realm="wove"')
        self.write_problem(problem(error, self.request.path, self.request_id))

    def write_problem(self, problem: Problem) -> None:
        """Send a problem as JSON."""
        self.set_header("Content-Type", "application/problem+json")
        JupyterHandler.finish(self, msgspec.json.encode(problem))

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:
        """Keep the whole story of a defect; what is an answer needs none."""
        if not is_expected(value):
            _log.error("defect", exc_info=value)

    def on_finish(self) -> None:
        """Count and log the request, and free what its body took."""
        if hasattr(self, "body"):
            self.body.forget()
        status, seconds = self.get_status(), self.request.request_time()
        method = self.request.method if self.request.method in self.SUPPORTED_METHODS else "other"
        if not self.streamed:  # a stream takes as long as somebody listens
            REQUESTS.labels(self.route, method, str(status)).observe(seconds)
        _say(status, method in READING)(
            "request", method=method, status=status, ms=round(seconds * 1000, 1)
        )


def _say(status: int, reads: bool) -> Callable[..., Any]:
    """Choose how loud a request is told: reading that went well is not news."""
    if status >= 500:  # noqa: PLR2004
        return _log.error
    return _log.debug if reads and status < 400 else _log.info  # noqa: PLR2004


class WoveAPIHandler(_Guarded, APIHandler):
    """A handler for programs: JSON in, JSON or a problem out."""

    csp = "default-src 'none'; frame-ancestors 'none'"


class WovePageHandler(_Guarded):
    """A handler for people: a page without script, or the way to sign in."""

    csp = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
        " frame-ancestors 'self'; base-uri 'none'"
    )

    def turn_away(self) -> None:
        """Show the way to sign in."""
        authenticated(lambda _: None)(self)

    def write_problem(self, problem: Problem) -> None:
        """Show a problem as a page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(as_page(problem))
