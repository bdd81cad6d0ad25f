"""What one sees in Markdown: formulas, pictures, tables."""

import re

from jupyter_wove.search.facts.models import Fact

_CODE = re.compile(r"^(```|~~~).*?(?:^\1|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
# As Pandoc has it: no space inside the dollars and no digit behind them, or they are money.
_MATH = re.compile(
    r"\$\$(?=\s*\S)|\\begin\{(?:equation|align|gather|multline|eqnarray|cases|[pbv]?matrix)\*?\}"
    r"|\\\\?\[\s*\S|(?<![\\$\w])\$(?![\s$])[^$\n]{0,500}(?<![\s\\])\$(?![\d$])"
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\(|<img\b", re.IGNORECASE)
_TABLE = re.compile(
    r"^[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)+\|?[ ]*$|<table\b", re.MULTILINE
)


def facts_of_markdown(text: str) -> set[Fact]:
    """Find what one sees in Markdown."""
    prose = _CODE.sub("", text)
    seen = (("math", _MATH), ("image", _IMAGE), ("table", _TABLE))
    return {Fact("has", name) for name, pattern in seen if pattern.search(prose)}
