"""Of deployments that end in all possible ways nothing is left but what is live."""

import secrets

from tests.runner.deploying.left import kept
from tests.runner.deploying.soak import YOUNG, Soak, settled, shown

COUNT = 12


def test_of_mixed_deployments_with_cancels_and_kills_nothing_is_left(ground, record_property):
    soak = Soak(ground, secrets.randbelow(10**6), COUNT)
    soak.run()
    record_property("told", f"seed {soak.seed}: {soak.outcomes}, killed: {soak.mishaps}")
    assert settled(ground, YOUNG) == {}
    ground.a_day_later()
    for app, text in soak.live():
        shown(ground, app, text)
    assert settled(ground) == {}
    soak.delete_all()
    ground.tidy()
    assert settled(ground) == {}
    assert set(kept(ground)) <= {"egress", "uplink", "cache", "environments"}
