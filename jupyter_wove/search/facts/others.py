"""R and Julia: their libraries, data and plots, by what stands in a line."""

import re
from collections.abc import Iterator

from jupyter_wove.search.facts import places
from jupyter_wove.search.facts.models import Fact
from jupyter_wove.search.facts.python.plots import GEOMS

LONGEST = 200_000  # characters
_STRING = r"\"[^\"\n]*\"|'[^'\n]*'"
_COMMENT = re.compile(rf"({_STRING})|#[^\n]*")

_LIBRARY = re.compile(
    r"\b(?:library|require|requireNamespace|loadNamespace)\s*\(\s*[\"']?([A-Za-z][\w.]*)"
)
_MEMBER = re.compile(r"(?<![\w.])([A-Za-z][\w.]{0,60}):::?([A-Za-z_.][\w.]{0,100})")
_R_READS = re.compile(
    rf"\b(?:read[._]\w[\w.]{{0,40}}|fread|readRDS|load|source_data|vroom|st_read|fromJSON|read_excel|readLines"
    rf"|file|scan)\s*\(\s*(?:(?:file|path|dsn|txt)\s*=\s*)?({_STRING})"
)
_R_DATA = re.compile(r"^[ \t]*data\s*\(\s*[\"']?([A-Za-z][\w.]*)[\"']?\s*[,)]", re.MULTILINE)
_R_PLOTS = {
    **{"hist": "hist", "boxplot": "box", "barplot": "bar", "pie": "pie", "heatmap": "heatmap"},
    **{"image": "heatmap", "contour": "contour", "persp": "surface", "curve": "line"},
    **{"pairs": "pair", "pheatmap": "heatmap", "plot": "", "ggplot": "", "qplot": ""},
}
_GEOM = re.compile(r"\bgeom_(\w+)\s*\(")

_USING = re.compile(r"^[ \t]*(?:using|import)[ \t]+([A-Za-z_][^\n;]*)", re.MULTILINE)
_JULIA_NAME = re.compile(r"[A-Za-z_][\w.]*!?")
_JULIA_MEMBER = re.compile(r"(?<![\w.])([A-Z]\w*\.[A-Za-z_]\w*!?)\s*\(")
_JULIA_READS = re.compile(
    rf"\b(?:(?:CSV\.)?(?:read|File)|load|readdlm|open|readtable|h5open|jldopen|readcsv|download)"
    rf"\s*\(\s*({_STRING})"
)
_JULIA_PLOTS = {
    **{"plot": "line", "scatter": "scatter", "histogram": "hist", "bar": "bar", "pie": "pie"},
    **{"heatmap": "heatmap", "contour": "contour", "contourf": "contour", "surface": "surface"},
    **{"boxplot": "box", "violin": "violin", "lines": "line", "density": "density"},
    **{"hist": "hist", "quiver": "quiver"},
}
_CALLED = re.compile(r"(?<![\w.:])([A-Za-z_]\w*)!?\s*\(")


def facts_of_r(source: str) -> set[Fact]:
    """Find the facts of R."""
    code = _COMMENT.sub(r"\1", source[:LONGEST])
    libraries = set(_LIBRARY.findall(code)) | {match[0] for match in _MEMBER.findall(code)}
    facts = {Fact("uses", name) for name in _LIBRARY.findall(code)}
    facts |= {Fact("uses", f"{owner}::{name}") for owner, name in _MEMBER.findall(code)}
    facts |= {Fact("lib", name) for name in libraries}
    facts |= {Fact("dataset", name) for name in _R_DATA.findall(code)}
    facts |= set(_read(_R_READS, code))
    kinds = {GEOMS.get(name, "") for name in _GEOM.findall(code)}
    return facts | _plots(_R_PLOTS, code, kinds)


def facts_of_julia(source: str) -> set[Fact]:
    """Find the facts of Julia."""
    code = _COMMENT.sub(r"\1", source[:LONGEST])
    facts = {fact for said in _USING.findall(code) for fact in _used(said)}
    facts |= {Fact("uses", name) for name in _JULIA_MEMBER.findall(code)}
    return facts | set(_read(_JULIA_READS, code)) | _plots(_JULIA_PLOTS, code, set())


def _used(said: str) -> Iterator[Fact]:
    """Read `A, B.C` and `A: b, c as d`."""
    before, colon, after = said.partition(":")
    modules = [each.split()[0] for each in before.split(",") if each.split()]
    for name in filter(_JULIA_NAME.fullmatch, modules):
        yield Fact("uses", name)
        yield Fact("lib", name.partition(".")[0])
        if colon:
            members = [each.split()[0] for each in after.split(",") if each.split()]
            for member in filter(_JULIA_NAME.fullmatch, members):
                yield Fact("uses", f"{name}.{member}")


def _read(pattern: re.Pattern[str], code: str) -> Iterator[Fact]:
    for quoted in pattern.findall(code):
        name = places.named(quoted[1:-1])
        if name and places.is_data(name):
            yield Fact("dataset", name)


def _plots(known: dict[str, str], code: str, kinds: set[str]) -> set[Fact]:
    called = [name for name in _CALLED.findall(code) if name in known]
    kinds |= {known[name] for name in called}
    named = {Fact("has", f"plot:{kind}") for kind in kinds if kind}
    return named | ({Fact("has", "plot")} if kinds else set())
