"""Formulas in LaTeX as MathML, which browsers draw by themselves; as text where we cannot."""

import html
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element
from markupsafe import Markup, escape

LONGEST = 4_000  # characters
_KEPT = (
    "math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom "
    "mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr "
    "munder munderover none semantics"
)
_SAID = (
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence "
    "form height largeop linethickness lspace mathsize mathvariant maxsize minsize movablelimits "
    "notation rowlines rowspacing rspace scriptlevel separator stretchy symmetric voffset width"
)
TAGS, ATTRIBUTES = set(_KEPT.split()), set(_SAID.split())
LARGE = "∑∏∐⋃⋂⨁⨂"  # noqa: RUF001  the converter forgets to set limits above these
SCRIPTS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}


def formula(latex: str, display: bool) -> Markup:
    """Draw a formula, in a line or on lines of its own."""
    drawn = _drawn(latex, display)
    if drawn is None:
        return Markup('<code class="tex">{}</code>').format(latex.strip())
    if display:
        return Markup('<span class="formula" tabindex="0">{}</span>').format(drawn)
    return drawn


def _drawn(latex: str, display: bool) -> Markup | None:
    if len(latex) > LONGEST:
        return None
    try:
        element = convert_to_element(latex, display="block" if display else "inline")
        return _written(_limits_set(element) if display else element)
    except Exception:  # the converter meets LaTeX that it does not know with many kinds of errors
        return None


def _limits_set(element: Element) -> Element:
    for each in element.iter():
        if each.tag in SCRIPTS and html.unescape(each[0].text or "-") in LARGE:
            each.tag = SCRIPTS[each.tag]
    return element


def _written(element: Element) -> Markup:
    """Write an element down, and nothing that MathML does not need."""
    if element.tag not in TAGS:
        raise ValueError(element.tag)
    attributes = Markup("").join(
        Markup(' {}="{}"').format(name, html.unescape(value))
        for name, value in element.attrib.items()
        if name in ATTRIBUTES
    )
    inside = escape(html.unescape(element.text or ""))
    inside += Markup("").join(map(_written, element))
    return Markup("<{0}{1}>{2}</{0}>").format(element.tag, attributes, inside)
