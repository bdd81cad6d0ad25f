"""Pieces of words: the numbers here are what the package `tokenizers` makes of the same texts."""

import pytest

from jupyter_wove.search.meaning.wordpieces import numbers

CUT = {
    "Plot a heatmap of correlations": [5436, 1037, 3684, 2863, 2361, 1997, 16902, 2015],
    "plt.imshow(df_corr, cmap='RdBu')": [
        *(20228, 2102, 1012, 10047, 22231, 2860, 1006, 1040, 2546, 1035, 2522, 12171, 1010),
        *(4642, 9331, 1027, 1005, 16428, 8569, 1005, 1007),
    ],
    "Café Größe naïve": [7668, 24665, 2080, 17499, 15743],
    "学习数据 with pandas": [1817, 100, 100, 100, 2007, 25462, 2015],
    "a" * 101 + " b": [100, 1038],
    "\x00\ufffd tab\there\u200b→€5": [21628, 2182, 30113, 30102, 2629],
    "unaffable ☃ ΟΔΟΣ": [14477, 20961, 3468, 100, 1169, 29722, 29730, 29733],
    "": [],
}


@pytest.mark.parametrize("text", CUT)
def test_a_text_is_cut_as_the_model_learned_it(text):
    assert numbers(text, 256) == [101, *CUT[text], 102]


def test_a_long_text_is_read_to_where_the_model_stops():
    assert numbers("one two three four", 4) == [101, 2028, 2048, 102]
