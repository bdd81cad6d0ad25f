"""Notebooks that are none do no harm: they are kept, shown as far as can be, and compared."""

import io
import json
import time
import zipfile
from urllib.parse import quote

import pytest

from tests.unit.projects.notebooks.test_reading import REFUSED, SINS

MOST_SECONDS = 60
GOOD = {
    "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "An oystercatcher"}],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}
TEXT = json.dumps(GOOD).encode()
MALFORMED = {
    **{f"refused-{n}.ipynb": content for n, (content, *_) in enumerate(REFUSED)},
    **{f"sins-{n}.ipynb": json.dumps(each).encode() for n, each in enumerate(SINS)},
    **{f"torn-{cut}.ipynb": TEXT[:cut] for cut in range(0, len(TEXT), 9)},
    "mark.ipynb": b"\xef\xbb\xbf" + TEXT,
    "utf-16.ipynb": TEXT.decode().encode("utf-16"),
    "deep.ipynb": b"[" * 100_000 + b"]" * 100_000,
    "deep-metadata.ipynb": TEXT.replace(
        b'"metadata": {},', b'"metadata": {"a":' + b"[" * 900 + b"]" * 900 + b"},"
    ),
    "zeros.ipynb": bytes(100_000),
    "surrogate.ipynb": TEXT.replace(b"oyster", b"\\ud800"),
    "zero-character.ipynb": TEXT.replace(b"oyster", b"\\u0000"),
    "infinite.ipynb": TEXT.replace(b"5}", b"NaN}"),
    "many.ipynb": json.dumps(GOOD | {"cells": GOOD["cells"] * 5_000}).encode(),
}


@pytest.fixture(scope="module")
def imported(server):
    """A project with all of them, and a good one among them."""
    good = TEXT.replace(b"oystercatcher", b"kittiwake")
    made = _import(server, {**MALFORMED, "zz-good.ipynb": good})
    project = server.api("GET", f"projects/{made['project_id']}").json
    folder = server.root / project["folder"]
    first = server.api("GET", f"projects/{project['id']}/versions").json["items"][0]["id"]
    for name, content in MALFORMED.items():
        (folder / name).write_bytes(content + b" ")
    body = {"message": "Changed"}
    second = server.api("POST", f"projects/{project['id']}/versions", body).json["id"]
    return project | {"first": first, "second": second}


def test_there_are_sixty_of_them():
    assert len(MALFORMED) >= 60


def test_they_are_kept_as_they_are(server, imported):
    for name, content in MALFORMED.items():
        query = {"version": imported["first"]}
        file = server.api("GET", f"projects/{imported['id']}/files/{quote(name)}", query=query)
        assert file.status == 200
        if not name.startswith("sins"):
            assert file.content == content, name


def test_each_has_a_page(server, imported):
    wrong = []
    for name in MALFORMED:
        page = server.ask("GET", f"wove/@ann/{imported['slug']}/files/{quote(name)}")
        if page.status != 200 or b"<main" not in page.content:
            wrong.append((name, page))
    assert wrong == []


def test_each_can_be_compared(server, imported):
    wrong = []
    for name in MALFORMED:
        query = {"path": name, "base": imported["first"], "head": imported["second"]}
        answer = server.api("GET", f"projects/{imported['id']}/diff", query=query)
        if answer.status != 200:
            wrong.append((name, answer))
    assert wrong == []
    versions = f"{imported['first']}..{imported['second']}"
    page = server.ask("GET", f"wove/@ann/{imported['slug']}/versions/{versions}")
    assert page.status == 200, page


def test_they_do_not_keep_a_good_one_from_being_found(server, imported):
    until = time.monotonic() + MOST_SECONDS
    while not (hits := server.api("GET", "search", query={"q": "kittiwake"}).json["items"]):
        assert time.monotonic() < until
        time.sleep(0.2)
    assert [(hit["project"]["id"], hit["path"]) for hit in hits] == [
        (imported["id"], "zz-good.ipynb")
    ]


def test_a_project_with_them_can_be_published_and_remixed(server, imported):
    here = f"projects/{imported['id']}"
    assert server.api("POST", f"{here}/publish", {}).status == 200
    job = server.api("POST", f"{here}/remix", {}, name="Bob").json
    made = server.wait_for_job(job["id"], name="Bob")
    assert made["state"] == "succeeded", made
    files = server.api("GET", f"projects/{made['result']['project_id']}/files", name="Bob").json
    came = {each["path"] for each in files}
    told = {each["path"] for each in made["result"]["left_out"]}
    assert {*MALFORMED, "zz-good.ipynb"} == came | told


def _import(server, files):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writer:
        for name, content in files.items():
            writer.writestr(name, content)
    query = {"title": "Malformed"}
    job = server.api("POST", "imports/archive", archive.getvalue(), query=query).json
    done = server.wait_for_job(job["id"])
    assert done["state"] == "succeeded", done["problem"]
    return done["result"]
