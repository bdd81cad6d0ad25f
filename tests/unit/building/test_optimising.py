"""Sites become smaller to send, and stay what they were."""

import gzip
import io
import json
import subprocess
import sys

import brotli
import pytest
from PIL import Image

LINE = "<p>   many    words  </p>\n"


def optimised(site):
    """Optimise a site as the runner does; give what was said."""
    return subprocess.run(
        [sys.executable, "-m", "jupyter_wove_runner.children.optimising"],
        input=json.dumps([str(site)]), capture_output=True, text=True, check=True, timeout=120,
    ).stdout  # fmt: skip


def picture(kind, noise=False):
    image = Image.effect_noise((200, 200), 80) if noise else Image.new("RGB", (200, 200), "red")
    for x in range(200):
        image.putpixel((x, x), 3 if noise else (x, 0, 0))
    content = io.BytesIO()
    image.convert("RGB").save(content, kind)
    return content.getvalue()


def test_texts_are_compressed_beside_themselves(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(["word"] * 1000))
    optimised(tmp_path)
    content = (tmp_path / "a.json").read_bytes()
    assert brotli.decompress((tmp_path / "a.json.br").read_bytes()) == content
    assert gzip.decompress((tmp_path / "a.json.gz").read_bytes()) == content


def test_pages_are_shortened_and_say_the_same(tmp_path):
    page = f"<!doctype html><html><head><title>A</title></head><body>{LINE * 200}</body></html>"
    (tmp_path / "a.html").write_text(page)
    optimised(tmp_path)
    short = (tmp_path / "a.html").read_text()
    assert len(short) < len(page)
    assert short.count("many words") == 200


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("b.jpg", "JPEG")])
def test_a_picture_gets_a_smaller_one_beside_it_and_stays(tmp_path, name, kind):
    content = picture(kind)
    (tmp_path / name).write_bytes(content)
    optimised(tmp_path)
    assert (tmp_path / name).read_bytes() == content
    assert (tmp_path / f"{name}.webp").stat().st_size < len(content)


def test_what_is_no_picture_and_no_page_is_left_alone(tmp_path):
    broken = {"a.png": b"no picture" * 500, "b.html": b"\xff\xfe" * 2000, "c.js": b"(((" * 999}
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)
    assert "Optimised 3 files" in optimised(tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in broken} == broken


def test_an_empty_site_is_no_mistake(tmp_path):
    assert "Optimised 0 files" in optimised(tmp_path)
