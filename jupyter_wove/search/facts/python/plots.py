"""Which calls draw, and what."""

import re
from collections.abc import Mapping

_BY_NAME = {
    "area": "fill_between stackplot",
    "bar": "bar barh bar_polar barplot countplot vbar hbar vbar_stack hbar_stack",
    "box": "boxplot boxenplot bxp box",
    "candlestick": "candlestick ohlc",
    "contour": "contour contourf tricontour tricontourf density_contour",
    "density": "kdeplot kde plot_kde plot_density",
    "errorbar": "errorbar",
    "graph": "sankey",
    "heatmap": "heatmap clustermap pcolormesh pcolor matshow density_heatmap specgram specshow"
    " hexbin",
    "hist": "hist hist2d histplot distplot histogram",
    "image": "imshow",
    "line": "semilogx semilogy loglog step lineplot line plot_date stairs",
    "map": "choropleth choropleth_mapbox choropleth_map scatter_geo scatter_mapbox scatter_map"
    " line_geo line_mapbox density_mapbox",
    "pair": "pairplot scatter_matrix",
    "pie": "pie",
    "polar": "polar line_polar scatter_polar",
    "quiver": "quiver barbs streamplot",
    "regression": "regplot lmplot residplot",
    "scatter": "scatter scatterplot scatter_3d",
    "strip": "stripplot swarmplot strip",
    "surface": "plot_surface plot_wireframe plot_trisurf surface",
    "tree": "treemap sunburst icicle dendrogram plot_tree",
    "violin": "violinplot violin",
}
_KINDS = {name: kind for kind, names in _BY_NAME.items() for name in names.split()}
_MORE_OF_AXES = (
    "plot legend grid twinx twiny annotate text axhline axvline axis tick_params set_title"
    " set_xlabel set_ylabel set_zlabel set_xlim set_ylim set_xticks set_yticks set_xticklabels"
    " set_aspect set_yticklabels invert_yaxis set_axis_off set_yscale set_xscale"
)
AXES_METHODS = frozenset(_KINDS) | frozenset(_MORE_OF_AXES.split())

# Names that draw wherever they come from; the others only as what one of _LIBRARIES has.
_DRAWING = (
    "hist boxplot violinplot contourf tricontourf pcolormesh imshow matshow semilogx semilogy"
    " loglog plot_surface plot_wireframe plot_trisurf fill_between errorbar streamplot quiver"
    " stackplot hexbin heatmap clustermap kdeplot pairplot scatter_matrix scatterplot histplot"
)
_ANYWHERE = frozenset(_DRAWING.split())
_LIBRARIES = re.compile(
    r"(matplotlib\.(pyplot|axes\.Axes)|pylab|seaborn|plotly\.(express|figure_factory)"
    r"|bokeh\.plotting\.figure|pandas\.plotting|scipy\.cluster\.hierarchy|librosa\.display"
    r"|skimage\.io|cartopy\S*|sklearn\.tree|pandas\.(DataFrame|Series)(\.(plot|hvplot))?)\.\w+"
)
_FIXED = (
    (re.compile(r"plotly\.express\.imshow"), "heatmap"),
    (re.compile(r"folium\.Map"), "map"),
    (re.compile(r"networkx\.draw\w*"), "network"),
)
_DRAWS = re.compile(r"(arviz|xgboost|lightgbm|shap|missingno|sklearn\.\w+)\.(plot\w*|matrix)")
_TRACES = re.compile(r"(?:plotly\.graph_objs?(?:ects)?\.(?:Figure\.add_)?|bqplot\.)(\w+)")
_MARKS = {
    **{"bar": "bar", "line": "line", "trail": "line", "area": "area", "rect": "heatmap"},
    **{"arc": "pie", "boxplot": "box", "geoshape": "map", "point": "scatter", "circle": "scatter"},
    **{"square": "scatter", "tick": "strip", "image": "image", "errorbar": "errorbar"},
}
GEOMS = {
    **{"point": "scatter", "jitter": "strip", "line": "line", "path": "line", "smooth": "line"},
    **{"step": "line", "bar": "bar", "col": "bar", "histogram": "hist", "density": "density"},
    **{"boxplot": "box", "violin": "violin", "tile": "heatmap", "raster": "heatmap", "sf": "map"},
    **{"bin2d": "heatmap", "bin_2d": "heatmap", "area": "area", "ribbon": "area", "map": "map"},
    **{"contour": "contour", "errorbar": "errorbar", "hex": "heatmap", "freqpoly": "line"},
}
_PANDAS = {
    **{
        "line": "line",
        "bar": "bar",
        "barh": "bar",
        "hist": "hist",
        "box": "box",
        "kde": "density",
    },
    **{"density": "density", "area": "area", "pie": "pie", "scatter": "scatter"},
    **{"hexbin": "heatmap", "heatmap": "heatmap", "violin": "violin", "step": "line"},
}
_SEABORN = {
    **{"relplot": "scatter", "displot": "hist", "catplot": "strip", "jointplot": "scatter"},
    **{"lmplot": "regression"},
}
_CHOSEN = {
    **_PANDAS,
    **{"swarm": "strip", "strip": "strip", "point": "line", "count": "bar", "hex": "heatmap"},
    **{"reg": "regression", "boxen": "box", "ecdf": "line"},
}


def drawn(name: str | None, spelled: str, keywords: Mapping[str, str]) -> set[str] | None:
    """Tell which kinds of plot a call draws; None where it draws nothing.

    `name` is the whole name, `spelled` the last two parts of what stands there.
    """
    owner, _, last = (name or spelled).rpartition(".")
    if last == "plot" or owner.rpartition(".")[2] in {"plot", "hvplot"}:
        return _by_plot(name, owner, last, keywords)
    if name is None:
        return _kind(_KINDS, last) if last in _ANYWHERE else _geom(last)
    return _of_library(name, owner, last, keywords)


def _of_library(name: str, owner: str, last: str, keywords: Mapping[str, str]) -> set[str] | None:
    if owner == "seaborn" and last in _SEABORN:
        return {_CHOSEN.get(keywords.get("kind", ""), _SEABORN[last])}
    for pattern, kind in _FIXED:
        if pattern.fullmatch(name):
            return {kind}
    if trace := _TRACES.fullmatch(name):
        return _trace(trace[1].lower())
    if _LIBRARIES.fullmatch(name) and last in _KINDS:
        return {_KINDS[last]}
    return set() if _DRAWS.fullmatch(name) else _of_grammar(owner, last)


def _of_grammar(owner: str, last: str) -> set[str] | None:
    """Read what draws by a grammar of graphics: mark_bar() and geom_bar()."""
    if owner.startswith("altair") and last.startswith("mark_"):
        return _kind(_MARKS, last.removeprefix("mark_"))
    return _geom(last) if owner.startswith("plotnine") else None


def _by_plot(
    name: str | None, owner: str, last: str, keywords: Mapping[str, str]
) -> set[str] | None:
    """Read x.plot(kind="bar") and x.plot.bar()."""
    if last != "plot":
        return _kind(_PANDAS, last) if last in _PANDAS else None
    if kind := keywords.get("kind"):
        return _kind(_PANDAS, kind)
    if owner == "geopandas.GeoDataFrame":
        return {"map"}
    is_line = name is not None and _LIBRARIES.fullmatch(name)
    return {"line"} if is_line else set()


def _geom(last: str) -> set[str] | None:
    return _kind(GEOMS, last.removeprefix("geom_")) if last.startswith("geom_") else None


def _trace(name: str) -> set[str] | None:
    plain = name.removesuffix("3d").removesuffix("gl").removesuffix("mapbox").removesuffix("polar")
    is_map = name in {"scattergeo", "scattermapbox", "scattermap"}
    kind = "map" if is_map else _KINDS.get(plain) or _KINDS.get(plain.removesuffix("s"))
    return {kind} if kind else None


def _kind(kinds: Mapping[str, str], name: str) -> set[str]:
    return {kinds[name]} if name in kinds else set()
