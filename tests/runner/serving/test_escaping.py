"""No address leads out of the folder of a site, however it is written."""

import asyncio
import random

from tests.runner.serving.runner import app, running

PARTS = (
    *(
        "..",
        ".",
        "",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "..%00",
        "%00",
        "\\..",
        "..\\",
        "%5c..",
        "%5C%2e%2e",
    ),
    *("%2f", "%252e%252e", "%c0%ae%c0%ae", "%uff0e", "..;", "..%0d%0a", "%ff", "é", "a" * 300),
    *("secret", "secret.txt", "index.html", "folder", "link", "linked", ".git", ".well-known"),
    *("etc", "passwd", "proc", "self", "environ", "?", "#", "~", "s1", "sites", "C:", "con", "*"),
)
SECRET = b"not for you"
TRIES = 1500


def addresses():
    """Make addresses of parts that have led somewhere before, the same in each run."""
    chosen = random.Random(7)
    for _ in range(TRIES):
        parts = chosen.choices(PARTS, k=chosen.randint(1, 7))
        lead = chosen.choice(["/", "/", "/", "//", "/\\", "/./", "/folder/", "http://x/", ""])
        yield lead + chosen.choice(["/", "/", "%2f", "\\"]).join(parts)


async def asked(port, path):
    """Ask for an address just as it is written."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET {path} HTTP/1.1\r\nHost: waves.localhost\r\nConnection: close\r\n\r\n"
    writer.write(head.encode("utf-8"))
    answer, _, body = (await asyncio.wait_for(reader.read(), 20)).partition(b"\r\n\r\n")
    writer.close()
    return int(answer.split(b" ", 2)[1]), answer, body


async def test_no_address_leads_out_of_a_site(tmp_path):
    about = app()
    async with running(tmp_path) as runner:
        sites = tmp_path / "sites"
        release = runner.site("s1", index__html="home", **{"folder/index__html": "folder"})
        (sites / "secret.txt").write_bytes(SECRET)
        (sites / "s1" / ".git").write_bytes(SECRET)
        (sites / "s1" / "link").symlink_to(sites / "secret.txt")
        (sites / "s1" / "linked").symlink_to(sites)
        (sites / "s2").mkdir()
        (sites / "s2" / "index.html").write_bytes(SECRET)
        await runner.tell(about)
        await runner.live(about, release)
        statuses = set()
        for path in addresses():
            status, head, body = await asked(runner.port, path)
            statuses.add(status)
            assert SECRET not in body, path
            assert b"root:" not in body, path
            location = head.lower().partition(b"location: ")[2]
            assert not location.startswith((b"//", b"/\\", b"http")), path
        assert await runner.text("/folder/") == "folder"
    assert statuses <= {200, 308, 400, 404}
    assert {200, 404} <= statuses
