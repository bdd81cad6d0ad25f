"""What a pattern needs never leaves out a text that it matches."""

import sqlite3
import sys

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_wove.kit.errors import InvalidRequest
from jupyter_wove.search.engines.embedded.code.matching import expression
from jupyter_wove.search.patterns import ANYTHING, IMPOSSIBLE, Budget, Pattern, escape
from jupyter_wove.search.patterns.classes import folded

LETTERS = "abcABkKsS_. 1é数Éß"
GENEROUS = 60.0  # seconds


def lets_through(need, text):
    """Ask a real index whether it would hand out this text."""
    if need in (ANYTHING, IMPOSSIBLE):
        return need == ANYTHING
    with sqlite3.connect(":memory:") as index:
        index.execute("CREATE VIRTUAL TABLE t USING fts5(b, tokenize = 'trigram', detail = none)")
        index.execute("INSERT INTO t VALUES (?)", (text,))
        return bool(
            index.execute("SELECT 1 FROM t WHERE t MATCH ?", (expression(need),)).fetchall()
        )


def alternatives(pairs):
    return st.lists(pairs, min_size=1, max_size=3).flatmap(
        lambda few: st.sampled_from(few).map(
            lambda one: ("(?:" + "|".join(pattern for pattern, _ in few) + ")", one[1])
        )
    )


def sequences(pairs):
    return st.lists(pairs, min_size=1, max_size=4).map(
        lambda few: ("".join(pattern for pattern, _ in few), "".join(text for _, text in few))
    )


REPEATS = {"*": (0, 5), "+": (1, 5), "?": (0, 1), "{2}": (2, 2), "{1,3}": (1, 3), "{4,}": (4, 6)}


def repeats(pairs):
    counted = st.sampled_from(sorted(REPEATS)).flatmap(
        lambda sign: st.tuples(st.just(sign), st.integers(*REPEATS[sign]))
    )
    return st.tuples(pairs, counted, st.sampled_from(["", "?"])).map(
        lambda each: (f"(?:{each[0][0]}){each[1][0]}{each[2]}", each[0][1] * each[1][1])
    )


def groups(pairs):
    heads = st.sampled_from(["(", "(?:", "(?P<n>", "(?<m>", "(?s:", "(?i:", "(?-i:", "(?i)(?:"])
    return st.tuples(heads, pairs).map(lambda each: (f"{each[0]}{each[1][0]})", each[1][1]))


def spelled(char):
    code = ord(char)
    return st.sampled_from(
        [
            re2.escape(char),
            rf"\Q{char}\E",
            rf"\x{{{code:x}}}",
            f"[{re2.escape(char)}]",
            f"[{re2.escape(char)}xyz]",
            f"[^{re2.escape(chr(code + 1))}]",
            f"[{re2.escape(char)}-{re2.escape(chr(code + 3))}]",
            ".",
            *([rf"\{code:03o}", rf"\x{code:02x}"] if char.isascii() else []),
        ]
    ).map(lambda pattern: (pattern, char))


TEXTS = st.text(LETTERS, min_size=1, max_size=6).map(lambda text: (re2.escape(text), text))
PIECES = st.one_of(
    TEXTS,
    TEXTS,
    TEXTS,
    st.sampled_from(LETTERS).flatmap(spelled),
    st.sampled_from([("^", ""), ("$", ""), (r"\b", ""), (r"\B", ""), ("", ""), (r"\w", "a")]),
    st.sampled_from([("[[:alpha:]]", "a"), (r"\pL", "é"), (r"\p{Greek}", "λ"), ("[]a]", "]")]),
    st.sampled_from([("{", "{"), ("a{", "a{"), ("a{,3}", "a{,3}"), ("a{01}", "a{01}")]),
)
PATTERNS = st.recursive(
    PIECES,
    lambda pairs: st.one_of(sequences(pairs), alternatives(pairs), repeats(pairs), groups(pairs)),
    max_leaves=12,
)


def checked(source, text, case):
    try:
        pattern = Pattern(source, case=case)
    except InvalidRequest:
        return False
    if not pattern.matches(text.encode(), Budget(GENEROUS)):
        return False
    assert lets_through(pattern.need, text), (source, pattern.need)
    return True


@settings(max_examples=600, deadline=None)
@given(PATTERNS, st.text(LETTERS, max_size=5), st.text(LETTERS, max_size=5), st.booleans())
def test_a_text_made_to_match_is_let_through(pair, before, after, case):
    checked(pair[0], before + pair[1] + after, case)


@settings(max_examples=600, deadline=None)
@given(
    st.text(alphabet=r"abcKs1é(){}[]|*+?.^$\-:,iPQEdwbx2<>" + "\n", max_size=25),
    st.text(LETTERS + "\n{}[]", max_size=40),
    st.booleans(),
)
def test_whatever_is_typed_as_a_pattern_is_refused_or_lets_its_matches_through(source, text, case):
    checked(source, text, case)


def test_all_of_some_is_never_taken_for_any_of_them():
    assert ANYTHING != IMPOSSIBLE
    need = Pattern("abcd|bcda", case=True).need
    assert not lets_through(need, "xabcx")
    assert lets_through(need, "xabcdx")


@pytest.mark.parametrize("case", [True, False])
def test_every_character_there_is_finds_itself(case):
    every = [chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    strange = [each for each in every if not each.isascii() and each.lower() != each.upper()]
    for char in [*map(chr, range(1, 128)), *strange]:
        found = [checked(f"xx{escape(char)}yy", f"xx{form}yy", case) for form in _forms(char)]
        assert any(found) or char == "\n"


def _forms(char):
    forms = {char, char.lower(), char.upper(), char.title(), char.casefold(), char.swapcase()}
    return {each for each in forms | set("kKsS\u212a\u017f") if len(each) == 1}


def test_characters_that_are_said_to_have_no_capitals_have_none_for_re2_either():
    every = [chr(code) for code in range(128, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    plain = {each for each in every if folded(frozenset([each]), alike=True)}
    options = re2.Options()
    options.case_sensitive, options.max_mem = False, 1 << 28
    found = re2.compile("[" + "".join(_ranges(plain)) + "]", options).findall("".join(every))
    assert set(found) == plain
    assert len(plain) > 100_000


def _ranges(chars):
    codes = sorted(map(ord, chars))
    start = codes[0]
    for code, following in zip(codes, [*codes[1:], None], strict=True):
        if following != code + 1:
            yield f"\\x{{{start:x}}}-\\x{{{code:x}}}"
            start = following


@pytest.mark.parametrize(
    ("source", "sentence"),
    {
        "(?=a)": "Look-ahead",
        "(?<!a)b": "Look-behind",
        r"(a)\1": "Back-references",
        r"a\Z": "Write .* instead",
        "(a": "not closed",
        "a)": "not opened",
        "a)(b": "not opened",
        "x{1001}": "a thousand times",
        r"\pL{100}": "too large",
        "*a": r"The pattern \*a cannot be read: no argument",
    }.items(),
)
def test_what_cannot_be_a_pattern_is_refused_with_a_sentence(source, sentence):
    with pytest.raises(InvalidRequest, match=sentence):
        Pattern(source)


def lines(source, text, case=True):
    found = Pattern(source, case=case).lines(text.encode(), Budget(GENEROUS))
    return [text.encode()[line.start : line.end].decode() for line in found]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("b", "abc\nxyz\ncb", ["abc", "cb"]),
        ("^b|c$", "abc\nbxy\ncb\n", ["abc", "bxy"]),
        ("^$", "a\n\nb\n", [""]),
        ("^$", "a\nb\n", []),
        ("", "", []),
        ("", "\n", [""]),
        ("a[^x]+b", "a\nb\na-b", ["a-b"]),
        (r"a\sb", "a\nb", []),
        ("a\nb", "a\nb", []),
        (r"(?s)a.*b", "a\nb", []),
        (r"\bb", "ab\nb", ["b"]),
        ("A", "a\nA", ["A"]),
    ],
)
def test_a_pattern_is_found_within_lines(source, text, expected):
    assert lines(source, text) == expected


def test_capitals_do_not_count_unless_asked():
    assert lines("straße", "STRAßE\nstraße", case=False) == ["STRAßE", "straße"]
    assert lines("straße", "STRAßE\nstraße", case=True) == ["straße"]


def test_every_hit_in_a_line_is_told():
    (line,) = Pattern("a+").lines(b"x\naab a\ny", Budget(GENEROUS))
    assert line == (2, 7, [(2, 4), (6, 7)])


@settings(max_examples=300, deadline=None)
@given(st.text("ab\n", max_size=300), st.sampled_from(["a", "b+$", "^$", "^a", "(ab|a)b?$", ""]))
def test_a_text_looked_at_in_small_pieces_has_the_same_lines(text, source):
    whole, pieces = Pattern(source), Pattern(source)
    pieces._expression._piece = 7
    every = [list(each.lines(text.encode(), Budget(GENEROUS))) for each in (whole, pieces)]
    assert every[0] == every[1]
