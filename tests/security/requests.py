"""Requests that nobody means well, made from the contract: one thing is wrong in each."""

import json
from collections.abc import Iterator
from types import NoneType
from typing import Any
from uuid import uuid4

import msgspec

from jupyter_wove.contract import OPERATIONS
from tests.corpora.paths import REFUSED
from tests.http.authorization.walk import BODIES, ON_A_FILE, QUERIES

SURROGATE = "%lone-surrogate%"  # written as an escape that no text can hold
LONG = "a" * 10_000
VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    2**63,
    10**400,
    1.5,
    "",
    " ",
    LONG,
    "\0",
    "a\0b",
    "\ud800",
    "\U0001f600" * 500,
    "\u202egnp",
    "'; DROP TABLE project; --",
    "%s%n%x",
    "{{7*7}}",
    "<script>window.__xss=1</script>",
    [],
    [None],
    ["a"] * 10_000,
    [LONG],
    {},
    {"a": {"b": {}}},
    {"__proto__": {}},
]
WHOLE = {
    "null": b"null",
    "a list": b"[]",
    "a text": b'"text"',
    "a number": b"1",
    "no number": b"NaN",
    "torn": b'{"title": "a',
    "two": b"{}{}",
    "a comma": b'{"title": "a",}',
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"title":' * 50_000,
    "deep and closed": b'{"title":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "huge": b'{"title": "' + b"a" * 2_000_000 + b'"}',
    "a huge number": b'{"title": ' + b"9" * 100_000 + b"}",
    "an unknown field": b'{"unknown": 1}',
    "a hostile field": b'{"__class__": {"__init__": 1}}',
    "a mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"title": "a"}'.encode("utf-16"),
    "no UTF-8": b'{"title": "\xff\xfe"}',
    "half a pair": b'{"title": "\\ud800"}',
    "a pair the wrong way round": b'{"title": "\\udc00\\ud800"}',
    "NUL": b'{"title": "\\u0000"}',
    "a raw NUL": b'{"title": "\0"}',
    "only spaces": b" " * 1000,
    "XML": b"<title>a</title>",
}
WITH_JSON = [each for each in OPERATIONS if each.body_kind == "json"]


def bodies(operation, file: str) -> Iterator[tuple[str, bytes]]:
    """Write every body that is wrong in one way, or odd in one."""
    right = _on(file, operation, BODIES[operation.id])
    for field in msgspec.structs.fields(operation.body):
        for value in VALUES:
            yield f"{field.name}={value!r:.40}", json.dumps(right | {field.name: value}).encode()
    yield "a field too much", json.dumps(right | {"owner": "ann", "id": 1}).encode()
    yield from WHOLE.items()


def queries(operation, file: str) -> Iterator[dict[str, Any]]:
    """Write every query with one value that is wrong, or odd."""
    right = _on(file, operation, QUERIES.get(operation.id) or {})
    for name in operation.query:
        for value in [*_texts(), "\0", "NaN", "1e999", "-1", "0", "101", "999999999999999999999"]:
            yield right | {name: value.encode(errors="surrogatepass")}
        yield right | {name: b"\xff\xfe"}
        yield right | {name: [b"a", b"b"]}


def places(operation) -> Iterator[dict[str, str]]:
    """Fill each place in the path of an operation with what does not belong there."""
    for name, hint in operation.path_params.items():
        assert hint is not NoneType
        for value in [*_texts(), *REFUSED, "../me", "a/b", str(uuid4()), "0" * 32]:
            yield {name: value}


def _on(file: str, operation, right: dict[str, Any]) -> dict[str, Any]:
    """Have a request be about a file that there is."""
    return right | {"path": file} if operation.id in ON_A_FILE and "path" in right else right


def _texts() -> list[str]:
    return [value for value in VALUES if isinstance(value, str) and value]
