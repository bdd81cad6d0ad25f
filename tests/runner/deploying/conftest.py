"""A server with the real runner and a real engine, of which nothing is left afterwards."""

import pytest

from tests.runner.deploying.ground import Ground
from tests.runner.deploying.left import cleared


@pytest.fixture
def ground(docker, tmp_path):
    made = Ground(tmp_path / "ground", docker)
    yield made
    made.close()
    cleared(made)
