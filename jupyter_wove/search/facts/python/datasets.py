"""Which data a call reads: files, URLs, and the sets that libraries keep under a name."""

import ast
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from jupyter_wove.search.facts import places
from jupyter_wove.search.facts.python.texts import Look, Texts

# These read what they are given, whatever its name ends with.
_READERS = re.compile(
    r"(?:read|scan)_(?!sql|gbq|clipboard)\w+|loadtxt|genfromtxt|fromfile|loadmat|imread"
    r"|open_(?:dataset|mfdataset|dataarray|zarr|rasterio)|DMatrix|ImageFolder|load_svmlight_file"
)
# These do where its name is that of data.
_OPENERS = re.compile(
    r"(?:read|load|scan|open|import|from|fetch|download|parse)(?:_?\w+)?|urlopen|urlretrieve"
    r"|get_file|retrieve|File|ZipFile|HDFStore|ExcelFile|ParquetFile|Dataset|TFRecordDataset|memmap"
    r"|connect|dataset_download"
)
_OPENERS_OF = {
    "IPython.display": {"Image", "Audio", "Video", "SVG"},
    "requests": {"get"},
    "httpx": {"get"},
}
_SPARK = {"csv", "parquet", "json", "orc", "text", "load"}
_ITSELF = {"read_text", "read_bytes", "open"}  # of a path
_HAS_MODE = {"open", "File", "ZipFile", "HDFStore", "Dataset", "memmap"}
_LONGEST_CHAIN = 20  # of calls after spark.read
_SQL = {"sql", "query", "execute", "from_query", "read_sql", "read_sql_query"}
_PLACES = (
    *(
        "filepath_or_buffer",
        "path",
        "filename",
        "fname",
        "file",
        "filepath",
        "io",
        "url",
        "source",
    ),
    *("uri", "data_files", "origin", "path_or_buf", "filename_or_obj", "fp"),
)
_FORMATS = {"csv", "json", "parquet", "text", "arrow", "imagefolder", "audiofolder", "webdataset"}
_BY_TEXT = {
    *("load_dataset", "fetch_openml", "get_rdataset", "dataset_download", "competition_download"),
    *("tensorflow_datasets.load", "get_dataset"),
}
_KEPT = (
    re.compile(r"sklearn\.datasets\.(?:load|fetch)_(?!files$|svmlight|openml$|sample)(\w+)"),
    re.compile(r"(?:\w+\.)*keras\.datasets\.(\w+)\.load_data"),
    re.compile(r"torch(?:vision|audio|text)\.datasets\.(?!ImageFolder|DatasetFolder)(\w+)"),
    re.compile(r"(?:vega_datasets|plotly\.express|skimage)\.data\.(\w+)"),
    re.compile(r"statsmodels\.api\.datasets\.(\w+)\.load(?:_pandas)?"),
    re.compile(r"shap\.datasets\.(\w+)"),
)
_IMPORTED = re.compile(r"plotnine\.data\.(\w+)")


class Call(NamedTuple):
    """A call: what is called by its whole name, if that is known, and how to tell texts."""

    node: ast.Call
    name: str | None
    look: Look

    @property
    def last(self) -> str:
        """Give the last part of the name."""
        called = self.node.func
        spelled = getattr(called, "attr", getattr(called, "id", ""))
        return self.name.rpartition(".")[2] if self.name else spelled

    def texts(self, place: int, *keywords: str) -> Texts:
        """Tell what an argument may be: several, if it is a list."""
        named = {each.arg: each.value for each in self.node.keywords}
        given = [named[each] for each in keywords if each in named]
        if len(self.node.args) > place:
            given.insert(0, self.node.args[place])
        if not given:
            return ()
        elements = given[0].elts if isinstance(given[0], ast.List | ast.Tuple) else given[:1]
        return tuple(text for each in elements[:50] for text in self.look(each))


def read_by(call: Call) -> Iterator[str]:
    """Name the data that a call reads."""
    yield from _kept(call)
    if call.last in _SQL:
        for text in call.texts(0, "sql", "query"):
            yield from places.in_sql(text)
    if call.last == "create_engine":
        for text in call.texts(0, "url"):
            yield from places.in_address(text)
    elif not _writes(call):
        yield from _files(call)


def imported(name: str) -> str | None:
    """Name the data that an import brings."""
    match = _IMPORTED.fullmatch(name)
    return match[1] if match else None


def _kept(call: Call) -> Iterator[str]:
    """Name what a library keeps under a name."""
    if call.last in _BY_TEXT or call.name in _BY_TEXT:
        text = next(iter(call.texts(0, "path", "name", "dataname")), "")
        is_file = text in _FORMATS
        chosen = call.texts(99, "data_files") if is_file else (text,)
        for each in chosen:
            name = places.named(each)
            if name:
                yield name if is_file or places.is_data(name) else each.strip()
    for pattern in _KEPT:
        if call.name and (match := pattern.fullmatch(call.name)):
            yield match[1]


def _files(call: Call) -> Iterator[str]:
    """Name the files and URLs that are read."""
    if call.last in _BY_TEXT:
        return
    is_reader = bool(call.name and _READERS.fullmatch(call.last)) or _is_spark(call)
    if is_reader or _opens(call):
        for text in _place(call):
            name = places.named(text)
            if name and "{" not in text and (is_reader or places.is_data(name)):
                yield name


def _opens(call: Call) -> bool:
    owner = call.name.rpartition(".")[0] if call.name else ""
    return bool(_OPENERS.fullmatch(call.last)) or call.last in _OPENERS_OF.get(owner, ())


def _place(call: Call) -> Texts:
    """Tell where it reads: a path can be asked to read itself."""
    called = call.node.func
    if isinstance(called, ast.Attribute) and call.last in _ITSELF:
        return call.look(called.value) or call.texts(0, *_PLACES)
    return call.texts(0, *_PLACES)


def _writes(call: Call) -> bool:
    if call.last not in _HAS_MODE:
        return False
    called = call.node.func
    is_path = isinstance(called, ast.Attribute) and bool(call.look(called.value))
    mode = call.texts(0 if is_path else 1, "mode")
    return bool(mode) and mode[0][:1] in {"w", "a", "x"}


def _is_spark(call: Call) -> bool:
    """Tell whether this is the end of spark.read.option(…).csv(…)."""
    node: Any = call.node.func if call.last in _SPARK else None
    for _ in range(_LONGEST_CHAIN):
        node = getattr(node, "value", None) or getattr(node, "func", None)
        if getattr(node, "attr", "") in {"read", "readStream"}:
            return True
    return False
