"""The attack that administrators run notices what does not hold; see the doctor, too."""

from jupyter_wove_runner.attack import Place, tried_inside
from jupyter_wove_runner.attack.inside import attacks
from jupyter_wove_runner.attack.rows import row
from jupyter_wove_runner.policy import Policy

NOTHING = {"reach": {}, "ask": {}, "proxy": ""}


async def test_the_attack_notices_a_sandbox_that_does_not_hold(opened):
    """Or else it would praise whatever it is run in."""
    lax = Policy(
        user="0:0",
        capabilities=("DAC_OVERRIDE", "MKNOD", "NET_RAW", "SETUID", "SYS_CHROOT"),
        writable=True,
        pids=2000,
        cpus=2,
        tmp_mb=800,
        memory_mb=2048,
        deadline=120,
    )
    async with opened() as here:
        found = await tried_inside(
            here.engine, here.images.name("base"), Place("lax", lax), NOTHING
        )
    through = {each["name"] for each in found if not each["stopped"]}
    assert through >= {
        "become root",
        "hold rights",
        "make a disk",
        "socket raw",
        "write /etc/passwd",
        "write /usr/bin/x",
        "fork bomb",
        "zombies",
    }


async def test_without_npm_here_the_one_of_our_image_is_asked(opened, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    async with opened() as here:
        assert here.registries.node.startswith("https://")
        assert len(here.registries.hosts) > 1


def test_each_attack_that_can_come_through_has_advice():
    for name in attacks({"fill": ["/tmp"], "cpus": 1, "reach": {}, "ask": {}, "proxy": ""}):
        assert row("app", name, False, "").advice
