"""What functions of well-known libraries return, where their names do not tell."""

import re

FRAME, SERIES, AXES, FIGURE = (
    "pandas.DataFrame",
    "pandas.Series",
    "matplotlib.axes.Axes",
    "matplotlib.figure.Figure",
)
PLOTLY = "plotly.graph_objects.Figure"
PAIRS = {"matplotlib.pyplot.subplots": (FIGURE, AXES), "pylab.subplots": (FIGURE, AXES)}

_MADE = {
    "pandas.concat": FRAME,
    "pandas.merge": FRAME,
    "pandas.json_normalize": FRAME,
    "pandas.pivot_table": FRAME,
    "seaborn.load_dataset": FRAME,
    "matplotlib.pyplot.figure": FIGURE,
    "matplotlib.pyplot.gcf": FIGURE,
    "matplotlib.pyplot.gca": AXES,
    "matplotlib.pyplot.axes": AXES,
    "matplotlib.pyplot.subplot": AXES,
    "matplotlib.figure.Figure.add_subplot": AXES,
    "matplotlib.figure.Figure.add_axes": AXES,
    "matplotlib.figure.Figure.gca": AXES,
    "matplotlib.figure.Figure.subplots": AXES,
    "bokeh.plotting.figure": "bokeh.plotting.figure",
    "sqlite3.connect": "sqlite3.Connection",
    "requests.get": "requests.Response",
    "requests.post": "requests.Response",
    "polars.LazyFrame.collect": "polars.DataFrame",
}
_SEABORN_AXES = (
    "heatmap scatterplot lineplot histplot distplot kdeplot ecdfplot rugplot boxplot boxenplot"
    " violinplot barplot countplot stripplot swarmplot pointplot regplot residplot"
)
_MADE |= {f"seaborn.{name}": AXES for name in _SEABORN_AXES.split()}
# Methods of a data frame, or of a column, that give another one.
_FRAME = (
    "abs add_prefix add_suffix apply applymap assign astype bfill clip copy corr cov describe diff"
    " drop drop_duplicates dropna eval explode ffill fillna filter head infer_objects interpolate"
    " isna isnull join melt merge nlargest notna notnull nsmallest pct_change pivot pivot_table"
    " query rank reindex rename replace reset_index round sample select_dtypes set_axis set_index"
    " shift sort_index sort_values stack tail transform transpose unstack where"
)
_SERIES = (
    "abs astype bfill clip copy diff dropna ffill fillna head interpolate map pct_change rank"
    " rename replace round sample shift sort_index sort_values tail value_counts where"
)
_SAME = {FRAME: frozenset(_FRAME.split()), SERIES: frozenset(_SERIES.split())}
_OF_MODULE = {"plotly.express": PLOTLY, "plotly.express.data": FRAME}

_READING = re.compile(r"(pandas|modin\.pandas|geopandas|polars)\.(read|scan)_(?!sql_schema)\w+")
_READ = {
    "pandas": FRAME,
    "modin.pandas": FRAME,
    "geopandas": "geopandas.GeoDataFrame",
    "polars": "polars.DataFrame",
}


def made_by(name: str) -> str | None:
    """Name the class of what a function returns, or of what a class makes."""
    if name in _MADE:
        return _MADE[name]
    if match := _READING.fullmatch(name):
        return "polars.LazyFrame" if match[2] == "scan" else _READ[match[1]]
    owner, _, last = name.rpartition(".")
    if owner in _SAME:
        return owner if last in _SAME[owner] else None
    return _OF_MODULE.get(owner) or (name if last[:1].isupper() else None)
