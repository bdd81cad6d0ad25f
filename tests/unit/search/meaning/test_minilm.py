"""The model that a package brings."""

import math
from operator import mul

import pytest

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.search.meaning import minilm
from jupyter_wove.search.meaning.minilm import MiniLM

# The first numbers of the vector of PLOT, as the published model has it in 32 bits.
PLOT, PUBLISHED = "Plot a heatmap of correlations", [-0.0282, -0.0337, 0.0441, 0.0828]


@pytest.fixture(scope="module")
def model():
    return MiniLM()


def alike(model, one, other):
    return sum(map(mul, *model.embed([one, other])))


def test_what_means_the_same_is_near_without_a_word_in_common(model):
    same = alike(model, "How do I get rid of missing values?", "dropping rows that are NaN")
    assert same > alike(model, "How do I get rid of missing values?", "a map of volcanoes") + 0.2


def test_a_text_has_the_vector_that_the_published_model_gives_it(model):
    (vector,) = model.embed([PLOT])
    assert vector[:4].tolist() == pytest.approx(PUBLISHED, abs=0.005)
    assert math.hypot(*vector) == pytest.approx(1, abs=1e-5)
    assert len(vector) == model.space.dimension


def test_a_vector_does_not_depend_on_what_else_is_asked(model):
    alone, among = model.embed(["waves"]), model.embed(["a", "waves", "long " * 400])
    assert alone[0] == among[1]


def test_a_text_of_nothing_has_a_vector(model):
    assert math.hypot(*model.embed([""])[0]) == pytest.approx(1, abs=1e-5)


def test_another_model_in_its_place_is_refused(monkeypatch):
    monkeypatch.setattr(minilm, "SHA256", "0" * 64)
    with pytest.raises(Unavailable, match="not the one that Wove knows"):
        MiniLM().embed(["waves"])
