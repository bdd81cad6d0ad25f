"""Parts of the files around a notebook that help to answer a question."""

from collections.abc import Collection
from pathlib import PurePosixPath

from jupyter_wove.ai.context.folders.index import FolderIndex, Found
from jupyter_wove.ai.context.models import Item, Kind
from jupyter_wove.ai.context.secrets import without_secrets
from jupyter_wove.ai.context.shortening import shortened

RANK = 4  # behind what is near in the notebook
LEVELS = 2  # of folders that are listed
MOST_FOUND, OF_ONE = 5, 300  # pieces, and tokens of one
OF_FILES, OF_MAP = 250, 500  # tokens
OF_A_FILE = 4_000  # tokens of one that somebody wants shown
FILE = "file:"


def folder_items(
    index: FolderIndex, question: str, focus: str, notebook: str, wanted: Collection[str] = ()
) -> list[Item]:
    """List what may be shown for a question at a cell with the source `focus`.

    `notebook` is the path in the folder of what is shown anyway; `wanted` are ids of items that
    somebody wants to be there.
    """
    found = index.find(f"{question}\n{focus}", MOST_FOUND, without=notebook)
    items = [_files(index), _map(index, f"{question}\n{focus}"), *map(_found, found)]
    items += [_file(index, each.removeprefix(FILE)) for each in wanted if each.startswith(FILE)]
    return [each for each in items if each.text]


def _files(index: FolderIndex) -> Item:
    paths = [each.path for each in index.files]
    shown = dict.fromkeys("/".join(path.split("/")[:LEVELS]) + _below(path) for path in paths)
    text = shortened("\n".join(shown), OF_FILES)
    return _item("files", Kind.FILES, "Files of the folder", text)


def _below(path: str) -> str:
    return "/…" if path.count("/") >= LEVELS else ""


def _map(index: FolderIndex, wanted: str) -> Item:
    lines, left = list[str](), OF_MAP
    for path, symbols in index.symbols(wanted):
        said = "\n".join([f"{path}:", *(f"  {each}" for each in symbols)])
        left -= len(said) // 4
        if left < 0 and lines:
            break
        lines.append(said)
    text = shortened("\n".join(lines), OF_MAP)
    return _item("map", Kind.MAP, "What the files define", text)


def _found(found: Found) -> Item:
    name = f"{found.path}, {found.name}"
    return _item(f"found:{name}", Kind.FOUND, name, shortened(found.text, OF_ONE))


def _file(index: FolderIndex, path: str) -> Item:
    text = "\n\n".join(index.texts(str(PurePosixPath(path))))
    return _item(f"{FILE}{path}", Kind.FOUND, path, shortened(text, OF_A_FILE))


def _item(id_: str, kind: Kind, name: str, text: str) -> Item:
    name, text = without_secrets(name), without_secrets(text)
    return Item(id=id_, kind=kind, name=name, text=text, rank=RANK, place=-1)
