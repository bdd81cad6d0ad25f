"""How an API key is written and read."""

from hypothesis import given
from hypothesis import strategies as some

from jupyter_wove.accounts.keys import draw_key, read_key


def test_a_key_is_read_as_it_was_written():
    key = draw_key()
    assert read_key(key.text) == key


def test_a_key_matches_the_hash_of_its_own_secret_only():
    key, other = draw_key(), draw_key()
    assert key.matches(key.hash)
    assert not key.matches(other.hash)


def test_the_hash_does_not_hold_the_secret():
    key = draw_key()
    assert key.secret not in key.hash


@given(some.integers(min_value=0), some.characters())
def test_a_typo_is_found_without_asking_anybody(position, character):
    text = draw_key().text
    position %= len(text)
    typo = text[:position] + character + text[position + 1 :]
    assert typo == text or read_key(typo) is None


@given(some.text())
def test_any_other_text_is_no_key(text):
    assert read_key(text) is None
    assert read_key("wove_" + text) is None
