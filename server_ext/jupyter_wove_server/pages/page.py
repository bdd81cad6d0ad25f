"""What all pages have in common: how they are drawn, how they refuse, how a form is believed."""

from typing import Any
from urllib.parse import parse_qs

from tornado.web import RequestHandler

from jupyter_wove.kit.errors import BadRequest, Problem
from jupyter_wove_server.base import WovePageHandler
from jupyter_wove_server.pages.addresses import Addresses
from jupyter_wove_server.pages.drawing import draw

# Without `allow-scripts`, nothing on a page of ours ever runs, whatever slipped through.
LINKS = "allow-downloads allow-popups allow-popups-to-escape-sandbox"  # what a click may do
NO_SCRIPTS = f"sandbox allow-same-origin allow-forms {LINKS}"


class Page(WovePageHandler):
    """A page that works without script."""

    csp = f"{NO_SCRIPTS}; {WovePageHandler.csp}"
    referrer = "same-origin"  # without any, a browser would not say that a form is from here

    def set_default_headers(self) -> None:
        """Tell no other site where a reader comes from."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", self.referrer)

    @property
    def at(self) -> Addresses:
        """Write the addresses that links on this page lead to."""
        return Addresses(self.base_url)

    def show(self, template: str, **shown: Any) -> None:
        """Answer with a page; the browser keeps it, and asks whether it is still the same."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "private, no-cache")
        self.finish(draw(template, at=self.at, me=self._me(), **shown))

    def compute_etag(self) -> str | None:
        """Name what the page says by a digest, so that it need not be sent twice."""
        return RequestHandler.compute_etag(self)

    def write_problem(self, problem: Problem) -> None:
        """Show a problem as a page like the others."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(draw("problem.html", at=self.at, me=self._me(), problem=problem))

    def check_xsrf_cookie(self) -> None:
        """Wait for the form, which says what the cookie says; `form` looks."""
        if self.request.method in {"GET", "HEAD"}:
            super().check_xsrf_cookie()

    def form(self) -> dict[str, str]:
        """Read a form that was sent. Raises Forbidden where it is not from a page of ours."""
        self.body.whole = True
        try:
            fields = parse_qs(self.body.content.decode(), max_num_fields=20)
        except ValueError as error:
            raise BadRequest("The form cannot be read. Reload the page.") from error
        for name, values in fields.items():
            self.request.arguments[name] = [value.encode() for value in values]
        super().check_xsrf_cookie()
        return {name: values[-1] for name, values in fields.items()}

    def asked(self, name: str, limit: int = 500) -> str:
        """Read a word off the query; "" where there is none."""
        value: str = self.get_query_argument(name, "")
        if "\0" in value or len(value) > limit:
            raise BadRequest(f"What the query says of {name} cannot be read.")
        return value

    def _me(self) -> str | None:
        return getattr(getattr(self, "actor", None), "handle", None)
