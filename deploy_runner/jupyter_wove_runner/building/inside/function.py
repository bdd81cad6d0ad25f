"""Serves a function over HTTP: calls it as AWS Lambda does, through the client that AWS makes.

Runs in the sandbox of an app: `python function.py module.handler`. What comes is made into an
event of API Gateway (2.0); what the function returns is the answer.
"""

import base64
import json
import os
import queue
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PORT = int(os.environ.get("PORT", "8080"))
RUNTIME_PORT = 9001
SECONDS = 30  # for one call
LARGEST = 6 * 1024 * 1024  # bytes of a request, as on Lambda
HEALTH = "/_wove/health"
RUNTIME = "/2018-06-01/runtime/"


class Call:
    """One call of the function, which somebody waits for."""

    def __init__(self, event: dict[str, Any]) -> None:
        self.id = str(uuid.uuid4())
        self.event = event
        self.done = threading.Event()
        self.failed = False
        self.result: Any = None

    def finish(self, result: Any, *, failed: bool) -> None:
        """Give the result to whoever waits."""
        self.result, self.failed = result, failed
        self.done.set()


class Function:
    """The process in which the function lives, and what it is to do next."""

    def __init__(self, handler: str) -> None:
        self.handler = handler
        self.waiting: queue.Queue[Call] = queue.Queue()
        self.running: dict[str, Call] = {}
        self.ready = threading.Event()
        self.broken: dict[str, Any] = {}
        self.process: subprocess.Popen[bytes] | None = None

    def live(self) -> None:
        """Keep the process running; start it anew whenever it ends."""
        while True:
            self.process = subprocess.Popen(self._command(), env=self._environment())
            self.process.wait()
            self.ready.clear()
            self._fail_all({"errorType": "Runtime.ExitError", "errorMessage": "It ended."})
            time.sleep(1)

    def call(self, event: dict[str, Any]) -> Call:
        """Call it, and wait for what it returns."""
        call = Call(event)
        self.waiting.put(call)
        if not call.done.wait(SECONDS):
            self.running.pop(call.id, None)
            message = f"The function took more than {SECONDS} seconds."
            call.finish({"errorType": "Sandbox.Timedout", "errorMessage": message}, failed=True)
            self._end()
        return call

    def next(self) -> Call:
        """Wait for something to do."""
        self.ready.set()
        self.broken = {}
        while True:
            call = self.waiting.get()
            if not call.done.is_set():  # nobody waits for it any more
                self.running[call.id] = call
                return call

    def _command(self) -> list[str]:
        return [sys.executable, "-m", "awslambdaric", self.handler]

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{RUNTIME_PORT}",
            "AWS_LAMBDA_FUNCTION_NAME": "function",
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
            "AWS_LAMBDA_LOG_GROUP_NAME": "wove",
            "AWS_LAMBDA_LOG_STREAM_NAME": "wove",
            "LAMBDA_TASK_ROOT": str(Path.cwd()),
            "_HANDLER": self.handler,
        }

    def _fail_all(self, error: dict[str, Any]) -> None:
        for call in [self.running.pop(key) for key in list(self.running)]:
            call.finish(self.broken or error, failed=True)

    def _end(self) -> None:
        if self.process:
            self.process.kill()


class Quick(BaseHTTPRequestHandler):
    """Answers in one piece, and keeps the connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def body(self) -> bytes:
        """Read what was sent."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self, status: int, body: bytes, headers: list[tuple[str, str]]) -> None:
        """Answer."""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def answer_json(self, status: int, content: Any) -> None:
        """Answer with JSON."""
        self.answer(status, json.dumps(content).encode(), [("Content-Type", "application/json")])

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the proxy in front of it counts requests."""


def runtime(function: Function) -> type[Quick]:
    """Make what the client of AWS speaks to."""

    class Runtime(Quick):
        def do_GET(self) -> None:
            call = function.next()
            deadline = str(int((time.time() + SECONDS) * 1000))
            headers = [
                ("Content-Type", "application/json"),
                ("Lambda-Runtime-Aws-Request-Id", call.id),
                ("Lambda-Runtime-Deadline-Ms", deadline),
                ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:wove:0:function:function"),
            ]
            self.answer(200, json.dumps(call.event).encode(), headers)

        def do_POST(self) -> None:
            *_, id_, kind = self.path.split("/")
            result = _loaded(self.body())
            if call := function.running.pop(id_, None):
                call.finish(result, failed=kind == "error")
            elif self.path == f"{RUNTIME}init/error":
                function.broken = result if isinstance(result, dict) else {}
                print(json.dumps(result), file=sys.stderr, flush=True)
            self.answer(202, b"", [])

    return Runtime


def public(function: Function) -> type[Quick]:
    """Make what visitors speak to."""

    class Public(Quick):
        def do_GET(self) -> None:
            if self.path == HEALTH:
                self._health()
            elif int(self.headers.get("Content-Length") or 0) > LARGEST:
                self.close_connection = True
                self.answer_json(413, {"message": f"At most {LARGEST} bytes."})
            else:
                self._call()

        do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_GET

        def _health(self) -> None:
            if function.ready.is_set():
                self.answer_json(200, {"ready": True})
            else:
                self.answer_json(503, function.broken or {"ready": False})

        def _call(self) -> None:
            call = function.call(_event(self))
            if call.failed:
                print(json.dumps(call.result), file=sys.stderr, flush=True)
                self.answer_json(500, _shown(call.result))
            else:
                self.answer(*_answer(call.result))

    return Public


def _event(request: Quick) -> dict[str, Any]:
    """Say it as API Gateway does, in its format 2.0."""
    path, _, query = request.path.partition("?")
    headers = _joined((name.lower(), value) for name, value in request.headers.items())
    cookies = [each.strip() for each in headers.pop("cookie", "").split(";") if each.strip()]
    body, encoded = _written(request.body())
    now = time.time()
    domain = headers.get("host", "")
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": urllib.parse.unquote(path),
        "rawQueryString": query,
        "cookies": cookies,
        "headers": headers,
        "queryStringParameters": _joined(urllib.parse.parse_qsl(query, keep_blank_values=True)),
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "wove",
            "domainName": domain,
            "domainPrefix": domain.partition(".")[0],
            "http": {
                "method": request.command,
                "path": urllib.parse.unquote(path),
                "protocol": request.request_version,
                "sourceIp": headers.get("x-forwarded-for", request.client_address[0]),
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": str(uuid.uuid4()),
            "routeKey": "$default",
            "stage": "$default",
            "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
            "timeEpoch": int(now * 1000),
        },
        "isBase64Encoded": encoded,
    }
    return event | ({"body": body} if body else {})


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in pairs:
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined


def _written(body: bytes) -> tuple[str, bool]:
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), True


def _answer(result: Any) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Read what the function returned: a whole answer, or only what is to be said."""
    if not (isinstance(result, dict) and "statusCode" in result):
        return 200, json.dumps(result).encode(), [("Content-Type", "application/json")]
    told = result.get("headers") or {}
    headers = [(str(name), _plain(value)) for name, value in told.items()]
    headers = [pair for pair in headers if pair[0].lower() != "content-length"]
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", "application/json"))
    headers += [("Set-Cookie", _plain(each)) for each in result.get("cookies") or []]
    return int(result["statusCode"]), _body(result), headers


def _body(result: dict[str, Any]) -> bytes:
    body = result.get("body") or ""
    if result.get("isBase64Encoded"):
        return base64.b64decode(body)
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def _plain(value: Any) -> str:
    return " ".join(str(value).split())  # a line end would begin another header


def _shown(error: Any) -> dict[str, Any]:
    """Leave out the traceback, which the log has."""
    found = error if isinstance(error, dict) else {}
    return {name: found[name] for name in ("errorType", "errorMessage") if name in found}


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(body or b"null")
    except ValueError:
        return {"errorType": "Runtime.InvalidResponse", "errorMessage": "It is no JSON."}


def main() -> None:
    """Serve the function that is named."""
    function = Function(sys.argv[1])
    inner = ThreadingHTTPServer(("127.0.0.1", RUNTIME_PORT), runtime(function))
    threading.Thread(target=inner.serve_forever, daemon=True).start()
    threading.Thread(target=function.live, daemon=True).start()
    ThreadingHTTPServer(("0.0.0.0", PORT), public(function)).serve_forever()  # noqa: S104  in its sandbox


if __name__ == "__main__":
    main()
