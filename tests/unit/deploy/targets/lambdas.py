"""AWS for tests: moto keeps functions, and the client that AWS makes calls them for real."""

import io
import json
import os
import subprocess
import tempfile
import threading
import time
import zipfile
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import boto3
import httpx
from jupyter_wove_runner.building.inside.function import Call, Function, runtime
from moto.awslambda.responses import LambdaResponse
from moto.awslambda_simple.models import LambdaSimpleBackend
from moto.core.config import default_user_config
from moto.server import ThreadedMotoServer

REGION = "eu-central-1"
SECONDS = 60
PARAMETER = LambdaResponse._get_param


@contextmanager
def aws(monkeypatch):
    """Run AWS on the loopback; yield where it is."""
    monkeypatch.setitem(default_user_config, "lambda", {"use_docker": False})
    monkeypatch.setattr(LambdaSimpleBackend, "invoke", _invoke)
    monkeypatch.setattr(LambdaResponse, "_get_param", _parameter)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    place = f"http://{host}:{port}"
    httpx.post(f"{place}/moto-api/reset")  # of what another test has left
    try:
        yield place
    finally:
        server.stop()


def client(service, endpoint, key="testing", secret="testing"):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
    )


def _parameter(response, name, if_none=None):
    """Find what version is called: moto looks for it by a name that nobody sends."""
    return PARAMETER(response, {"qualifier": "Qualifier"}.get(name, name), if_none)


def _invoke(backend, function_name, qualifier, body, headers, response_headers):
    """Call the version that is meant, as the service would."""
    function = backend.get_function(function_name, qualifier)
    result, failed = _called(
        function.code_bytes, function.handler, function.environment_vars, body
    )
    if failed:
        response_headers["x-amz-function-error"] = "Unhandled"
    return json.dumps(result).encode()


def _called(package, handler, variables, body):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in _files(package):
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return _Local(handler, folder, variables).once(json.loads(body))


def _files(package):
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return [(each, archive.read(each)) for each in archive.namelist() if each[-1] != "/"]


class _Local(Function):
    """A process with the function, in the folder of its package."""

    def __init__(self, handler, folder, variables):
        super().__init__(handler)
        self._folder = folder
        self._variables = variables

    def once(self, event):
        server = ThreadingHTTPServer(("127.0.0.1", 0), runtime(self))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        call = Call(event)
        self.waiting.put(call)
        place = f"127.0.0.1:{server.server_address[1]}"
        environment = {
            **{key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ},
            **self._environment(),
            **self._variables,
            "AWS_LAMBDA_RUNTIME_API": place,
            "LAMBDA_TASK_ROOT": self._folder,
        }
        process = subprocess.Popen(self._command(), cwd=self._folder, env=environment)
        try:
            self._wait(process, call)
        finally:
            process.kill()
            process.wait()
            server.shutdown()
            server.server_close()
        return call.result, call.failed

    def _wait(self, process, call):
        until = time.monotonic() + SECONDS
        while not call.done.wait(0.05):
            if self.broken or process.poll() is not None or time.monotonic() > until:
                call.finish(self.broken or {"errorType": "Runtime.ExitError"}, failed=True)
