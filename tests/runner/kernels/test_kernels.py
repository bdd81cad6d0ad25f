"""A kernel in a sandbox is a kernel like any other, but for what it can reach."""

import asyncio
import os
import time

import pytest
from jupyter_wove_kernels.runner import RunnerError
from jupyter_wove_runner.kernels import files

REACH = """\
import socket
try:
    socket.create_connection(("192.0.2.1", 80), 2)
except OSError as error:
    print("refused", error.errno)
"""
FILL = "kept = []\nwhile True: kept.append(bytearray(b'1' * 1048576))"


async def test_it_runs_python_with_what_notebooks_import(runner, start):
    async with start(runner) as kernel:
        assert await kernel.run("import numpy, pandas, matplotlib, ipywidgets; 6 * 7") == "42"


async def test_it_reaches_no_network(runner, start):
    async with start(runner) as kernel:
        assert await kernel.run(REACH) == "refused 101\n"


async def test_it_has_no_rights_and_none_of_our_environment(runner, start):
    async with start(runner, WOVE_API_KEY="a key", JPY_SESSION_NAME="/root/tides.ipynb") as kernel:
        look = "import os; print(os.getuid(), os.environ.get('WOVE_API_KEY'), "
        look += "os.environ['JPY_SESSION_NAME'])"
        assert await kernel.run(look) == f"{os.geteuid() or 1000} None tides.ipynb\n"
        assert "CapEff:\t0000000000000000" in await kernel.run(
            "print(open('/proc/self/status').read())"
        )
        assert await kernel.run("open('/usr/mine', 'w')") == "OSError"


async def test_it_reads_the_files_of_its_project_and_changes_none_of_them(runner, start, project):
    async with start(runner, project.parent, project) as kernel:
        assert await kernel.run("print(open('tides.csv').read())") == "low,high\n"
        await kernel.run("open('tides.csv', 'w').write('changed'); open('new', 'w').close()")
        assert await kernel.run("print(open('tides.csv').read())") == "changed\n"
    assert (project / "tides.csv").read_text() == "low,high"
    assert not (project / "new").exists()


async def test_it_begins_in_the_folder_of_its_notebook(runner, start, project):
    async with start(runner, project.parent, project, cwd=project / "notes") as kernel:
        assert await kernel.run("print(open('../tides.csv').read())") == "low,high\n"


async def test_links_and_hidden_files_stay_outside(runner, start, project):
    async with start(runner, project.parent, project) as kernel:
        listed = await kernel.run("import os; print(sorted(os.listdir('.')))")
        assert listed == "['notes', 'tides.csv']\n"


async def test_a_folder_outside_of_the_root_is_refused(runner, start, project):
    (project.parent / "away").symlink_to(project.parent.parent)
    with pytest.raises(RunnerError, match="leads out of its folder"):
        async with start(runner, project.parent, project.parent / "away"):
            pass
    order = {"id": "01890a5d-ac96-774b-bcce-b302099a8057", "key": "k" * 32}
    for folder in ("../tides", "/etc", "tides/../../x", "a\0b"):
        answer = runner.ask(
            "POST", "/v1/kernels", order | {"root": str(project.parent), "folder": folder}
        )
        assert answer.status_code in {400, 422}, answer.text


async def test_too_many_files_are_shown_and_not_copied(runner, start, project, monkeypatch):
    with (project / "large.bin").open("wb") as file:
        file.truncate(files.MOST_BYTES + 1)
    project.chmod(0o755)
    async with start(runner, project.parent, project) as kernel:
        assert await kernel.run("print(open('tides.csv').read())") == "low,high\n"
        assert await kernel.run("open('tides.csv', 'w')") == "OSError"


async def test_it_is_interrupted(runner, start):
    async with start(runner) as kernel:
        running = asyncio.create_task(kernel.run("import time; time.sleep(60)"))
        await asyncio.sleep(1)
        begun = time.monotonic()
        await kernel.manager.interrupt_kernel()
        assert await running == "KeyboardInterrupt"
        assert time.monotonic() - begun < 10
        assert await kernel.run("'goes on'") == "'goes on'"


async def test_a_restart_clears_its_memory_and_keeps_its_files(runner, start, project):
    async with start(runner, project.parent, project) as kernel:
        await kernel.run("kept = 1; open('made.txt', 'w').write('made')")
        await kernel.restart()
        assert await kernel.run("print('kept' in globals(), open('made.txt').read())") == (
            "False made\n"
        )


async def test_one_that_uses_too_much_memory_says_so_and_starts_again(runner, start):
    async with start(runner) as kernel:
        kernel.client.execute(FILL)
        ended = await kernel.ended()
        reason = "The kernel used more than its 512 MB of memory and was stopped."
        assert ended == {"code": 137, "reason": reason}
        assert not await kernel.manager.is_alive()
        await kernel.restart()
        assert await kernel.run("1 + 1") == "2"


async def test_one_that_ends_itself_says_how(runner, start):
    async with start(runner) as kernel:
        kernel.client.execute("import os; os._exit(3)")
        assert (await kernel.ended())["reason"].endswith("with the exit code 3.")
    async with start(runner) as kernel:
        kernel.client.execute("import ctypes; ctypes.string_at(0)")
        assert "crashed: Segmentation fault" in (await kernel.ended())["reason"]


async def test_one_that_is_shut_down_has_nothing_to_explain(runner, start):
    async with start(runner) as kernel:
        ending = kernel.manager.provisioner._ending
        await kernel.manager.shutdown_kernel()
        assert (await ending)["reason"] == ""


async def test_the_next_one_is_taken_from_the_pool(runner, start):
    async with start(runner):
        pass
    assert await _is_pooled(runner)


async def _is_pooled(runner):
    """Start kernels until one had been waiting; it was started behind the scenes."""
    for number in range(30):
        id_ = f"01890a5d-ac96-774b-bcce-b302099a80{number:02}"
        answer = await asyncio.to_thread(
            runner.ask, "POST", "/v1/kernels", {"id": id_, "key": "k" * 32}
        )
        await asyncio.to_thread(runner.ask, "DELETE", f"/v1/kernels/{id_}")
        if answer.json()["pooled"]:
            return True
        await asyncio.sleep(0.5)
    return False


async def test_what_is_not_a_kernel_is_said_to_be_none(runner):
    missing = "01890a5d-ac96-774b-bcce-b302099a8057"
    for method, path, body in (
        ("GET", f"/v1/kernels/{missing}/end", None),
        ("POST", f"/v1/kernels/{missing}/signal", {"number": 2}),
    ):
        answer = await asyncio.to_thread(runner.ask, method, path, body)
        assert (answer.status_code, answer.text) == (404, "There is no such kernel.")
    assert runner.ask("DELETE", f"/v1/kernels/{missing}").status_code == 204
    assert runner.ask("GET", "/v1/kernels/none/end").status_code == 400
    assert runner.ask("POST", "/v1/kernels", {"id": missing, "key": "short"}).status_code == 422
