"""Whoever means harm gets nowhere: the attack that administrators run, on our own sandboxes."""

from jupyter_wove_runner.doctor import examined

ENGINES_DIFFER = {"build: disk quota", "engine: root in a container", "engine: firewall"}


async def test_no_attack_comes_through(opened):
    async with opened() as here:
        rows = [row async for row in examined(here)]
    assert [row for row in rows if row.result == "fail"] == []
    assert {row.name for row in rows if row.result == "warn"} <= ENGINES_DIFFER
    assert len([row for row in rows if row.result == "pass"]) > 200
    assert [row for row in rows if (row.result == "pass") == bool(row.advice)] == []
