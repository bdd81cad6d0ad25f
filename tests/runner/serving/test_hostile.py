"""A page that means harm gets nothing of the Jupyter whose user visits it."""

import asyncio
import secrets
import subprocess
import sys

import aiohttp
from playwright.async_api import async_playwright

from tests.runner.serving.acme import free_port
from tests.runner.serving.runner import app, running
from tests.services import _die_with_us
from tests.ui.conftest import CHROMIUM, FLAGS

HOSTILE = """<!doctype html><title>waves</title><h1>A nice app</h1><script>
const found = {};
const at = "http://localhost:JUPYTER";
async function take() {
  const tries = {
    read: () => fetch(at + "/api/contents", {credentials: "include"}).then(r => r.text()),
    blind: () => fetch(at + "/api/contents", {credentials: "include", mode: "no-cors"})
      .then(r => "blind: " + r.type),
    write: () => fetch(at + "/api/contents/stolen.txt", {method: "PUT", credentials: "include",
      body: JSON.stringify({type: "file", format: "text", content: "x"})}).then(r => r.text()),
    terminal: () => fetch(at + "/api/terminals", {method: "POST", credentials: "include",
      mode: "no-cors"}).then(r => "blind: " + r.type),
    socket: () => new Promise((yes, no) => {
      const s = new WebSocket(at.replace("http", "ws") + "/api/events/subscribe");
      s.onopen = () => yes("open"); s.onerror = () => no(Error("refused"));
    }),
    frame: () => new Promise(yes => {
      const f = document.createElement("iframe"); f.src = at + "/api/contents";
      f.onload = () => {
        let text; try { text = f.contentDocument.body.textContent } catch { text = "closed" }
        yes(text || "empty");
      };
      document.body.append(f);
    }),
  };
  for (const [name, go] of Object.entries(tries)) {
    try { found[name] = await go() } catch (error) { found[name] = "refused" }
  }
  document.cookie = "planted=1; Domain=localhost; Path=/";
  document.cookie = "username-localhost-JUPYTER=forged; Domain=localhost; Path=/";
  found.cookies = document.cookie;
  window.found = found;
}
take();
</script>"""


async def test_a_hostile_app_reaches_nothing_of_the_jupyter_of_its_visitor(tmp_path):
    about, port, token = app(), free_port(), secrets.token_hex(16)
    jupyter = _jupyter(tmp_path, port, token)
    try:
        await _until_up(port, token)
        async with running(tmp_path / "runner") as runner, async_playwright() as play:
            await runner.tell(about)
            page = HOSTILE.replace("JUPYTER", str(port))
            await runner.live(about, runner.site("s", index__html=page))
            browser = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            context = await browser.new_context()
            own = await context.new_page()
            await own.goto(f"http://localhost:{port}/api/contents?token={token}")
            assert "content" in await own.content()
            assert any(each["name"].startswith("username-") for each in await context.cookies())
            visit = await context.new_page()
            await visit.goto(f"http://waves.localhost:{runner.port}/")
            await visit.wait_for_function("window.found", timeout=60_000)
            found = await visit.evaluate("window.found")
            badge = await visit.locator("#wove-remix").inner_text()
            cookies = await context.cookies(f"http://localhost:{port}")
            await own.goto(f"http://localhost:{port}/api/terminals")
            terminals = await own.inner_text("body")
            await browser.close()
    finally:
        jupyter.kill()
        jupyter.wait()
    assert (found["read"], found["write"], found["socket"]) == ("refused",) * 3
    assert found["frame"] in {"closed", "empty"}
    assert "username" not in found["cookies"]
    assert not [each for each in cookies if each["value"] in {"1", "forged"}]
    assert not (tmp_path / "root" / "stolen.txt").exists()
    assert terminals.strip() == "[]"
    assert badge == "Remix this app"


def _jupyter(folder, port, token):
    (folder / "root").mkdir()
    command = [sys.executable, "-m", "jupyter_server", "--allow-root", f"--port={port}"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder / 'root'}"]
    command += ["--ServerApp.ip=127.0.0.1", "--ServerApp.open_browser=False"]
    command += ["--ServerApp.jpserver_extensions={}", "--ServerApp.log_level=INFO"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            cwd=folder,
            preexec_fn=_die_with_us,  # noqa: PLW1509  nothing of it takes a lock
        )


async def _until_up(port, token):
    async with aiohttp.ClientSession() as session:
        for _ in range(300):
            try:
                async with session.get(f"http://127.0.0.1:{port}/api?token={token}") as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.2)
    raise AssertionError("Jupyter does not start")
