"""Which lines of an answer are code: fenced, indented, in HTML, or written as if it were prose.

What Markdown leaves in doubt is code: to withhold a line too many harms less than one too few.
"""

import re
from enum import Enum

import msgspec

FENCE = re.compile(r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<about>.*)$")
QUOTE = re.compile(r" {0,3}> ?")
ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?: |$)")
LANGUAGE = re.compile(r"[\w+#.-]{1,30}")
HTML_CODE = re.compile(r"<(?:pre|code|samp|kbd|textarea|script|style|xmp|listing)\b", re.I)
HTML_CODE_END = re.compile(r"</(?:pre|code|samp|kbd|textarea|script|style|xmp|listing)\b", re.I)
HTML = re.compile(r" {0,3}<[a-z/!?]", re.I)
SPAN = re.compile(r"(?<!`)(`{1,2})(?!`)(.+?)(?<!`)\1(?!`)")
A_NAME = re.compile(r"[\w.#/@ -]{1,40}(?:\(\))?$")
INDENTED, NESTED = 4, 5  # spaces: of code, and the most of an item within an item
IN_AN_ITEM = 2
STATEMENT = re.compile(
    r"""
    from\s+[\w.]+\s+import\s+.* | import\s+[\w.]+(?:\s+as\s+\w+)?\s*(?:,.*)?;? | import\s*[{*].*
  | \#?\s*include\s*[<"].* | library\(.*
  | (?:async\s+)?(?:def|class|func|fn|function|struct|interface|enum)\s+\w+\s*[<({:].*
  | (?:public|private|static|const|let|var|final)\s+[\w<>\[\]]+.*[({=;].*
  | (?:async\s+)?for\s*\(?.*\bin\b.*[:{] | while\b.*[:{] | for\s*\(.*
  | (?:el)?if\b.*[<>=!(\[.].*[:{] | else\s*[:{] | try\s*[:{] | except\b.*: | with\b.*\(.*:
  | return\b\s*[\w\[({"'.]+\S*(?:\s*[-+*/%<>=]+.*)? | raise\s+\w+\(.* | yield\s+\S+
  | [A-Za-z_$][\w.$]*(?:\[[^\]]*\])*(?:\s*,\s*[A-Za-z_]\w*)*\s*(?::\s*[\w\[\], ]+)?
      \s*(?:=(?!=)|[-+*/|&%]=|<-|:=)\s*\S.*
  | [A-Za-z_$][\w.$]*\(.*\)(?:[.\[].*)?\s*[;:]?
  | (?:SELECT|INSERT|UPDATE|DELETE|CREATE|WITH)\s.*\b(?:FROM|INTO|SET|TABLE|VIEW|AS)\b.*
  | @[\w.]+(?:\(.*\))? | [%!$]\s?\w+.* | \}.* | .*\{ | .*[=()\]].*;
  | .*(?:%>%|\|>|=>).* | .*\blambda\b.*:.* | .*[\[({].*\bfor\b.*\bin\b.*[\])}].*
    """,
    re.VERBOSE,
)
AROUND = "`*_# |"  # what Markdown puts around words


class Kind(Enum):
    """What a line is."""

    PROSE = "prose"
    CODE = "code"
    EDGE = "edge"  # the fence of code, which is none itself


class Line(msgspec.Struct, frozen=True):
    """A line of an answer; `language` is that of the code which it opens."""

    kind: Kind
    text: str
    language: str = ""


class _Fence(msgspec.Struct, frozen=True):
    """An open fence, and how far to the right its end may stand."""

    mark: str
    quotes: int
    least: int
    most: int

    def ends(self, line: str) -> bool:
        rest = line
        for _ in range(self.quotes):
            found = QUOTE.match(rest)
            if found is None:
                return False
            rest = rest[found.end() :]
        said, indent = rest.strip(), _indent(rest)
        is_mark = len(said) >= len(self.mark) and set(said) == {self.mark[0]}
        return is_mark and self.least <= indent <= self.most


class Lines:
    """Tells of one line after the other what it is."""

    def __init__(self) -> None:
        self._fence: _Fence | None = None
        self._in_html_code = False
        self._in_html = False
        self._in_list = False
        self._is_lost = False  # nobody knows any more what is code

    def read(self, text: str) -> Line:
        """Tell what the next line is."""
        line = text.expandtabs(4)
        if self._fence is not None or self._is_lost:
            return self._within_fence(line, text)
        if self._in_html_code or HTML_CODE.search(line):
            self._in_html_code = not HTML_CODE_END.search(line)
            return Line(Kind.CODE, text)
        return self._between(line, text)

    def _within_fence(self, line: str, text: str) -> Line:
        if self._fence is not None and not self._is_lost and self._fence.ends(line):
            self._fence = None
            return Line(Kind.EDGE, "")
        return Line(Kind.CODE, text)

    def _between(self, line: str, text: str) -> Line:
        if not line.strip():
            self._in_html = False
            return Line(Kind.PROSE, "")
        rest, quotes, width = _content(line)
        opening = FENCE.match(rest.lstrip())
        if opening and _indent(rest) < INDENTED:
            return self._open(opening, quotes, width, _indent(rest))
        self._in_html = self._in_html or HTML.match(rest) is not None
        if _indent(rest) >= INDENTED:
            return self._indented(rest, text)
        self._in_list = width > 0 or (self._in_list and _indent(rest) >= IN_AN_ITEM)
        return Line(Kind.PROSE, text)

    def _open(self, found: "re.Match[str]", quotes: int, width: int, indent: int) -> Line:
        # In HTML a fence is none, and then the next one is no end.
        self._is_lost = self._in_html
        most = max(INDENTED - 1, width + INDENTED - 1)
        self._fence = _Fence(found["fence"], quotes, width + indent, most)
        language = LANGUAGE.match(found["about"].strip())
        return Line(Kind.EDGE, "", language[0] if language else "")

    def _indented(self, rest: str, text: str) -> Line:
        item = ITEM.match(rest.lstrip())
        within = rest.lstrip()[item.end() :] if item else ""
        is_item = item is not None and self._in_list and _indent(rest) <= NESTED
        if is_item and _indent(within) < INDENTED and not FENCE.match(within.lstrip()):
            return Line(Kind.PROSE, f"  {rest.strip()}")
        return Line(Kind.CODE, text)


def looks_like_code(text: str) -> bool:
    """Tell whether a line that Markdown calls prose is code all the same."""
    rest, _, _ = _content(text.expandtabs(4))
    return STATEMENT.fullmatch(rest.strip(AROUND)) is not None


def spans(text: str) -> list[str]:
    """List the pieces of code within a line of prose that are more than a name."""
    return [each[0] for each in SPAN.finditer(text) if not A_NAME.match(each[2].strip())]


def _content(line: str) -> tuple[str, int, int]:
    """Take off what lists and quotes put before a line.

    Returns the rest, how many quotes it is in, and how wide what lists put there was.
    """
    quotes = width = 0
    while found := QUOTE.match(line) or ITEM.match(line):
        is_quote = ">" in found[0]
        quotes, width = (quotes + 1, 0) if is_quote else (quotes, width + found.end())
        line = line[found.end() :]
    return line, quotes, width


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
