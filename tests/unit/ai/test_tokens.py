"""What we take texts for is not less than what tokenizers count, in any script."""

import json
from pathlib import Path

import pytest

from jupyter_wove.ai.tokens import estimate

RECORD = Path(__file__).parents[2] / "corpora" / "tokens.json"
SAMPLES = json.loads(RECORD.read_text("utf-8"))  # written by benchmarks/tokens.py
SHORT_BY = 1.1  # what requests are counted with besides


@pytest.mark.parametrize("kind", SAMPLES)
def test_no_tokenizer_counts_more(kind):
    text, counted = SAMPLES[kind]["text"], SAMPLES[kind]["tokens"]
    assert counted <= estimate(text) * SHORT_BY


def test_it_is_not_far_off_where_most_is_written():
    kinds = ["English", "code", "a table", "numbers", "LaTeX"]
    for kind in kinds:
        assert estimate(SAMPLES[kind]["text"]) < 1.5 * SAMPLES[kind]["tokens"]


def test_nothing_is_left_out():
    assert estimate("") == 0
    assert estimate("\x00\ud800") >= 2
