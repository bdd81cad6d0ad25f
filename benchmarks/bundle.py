"""How large the lab extension is as browsers load it.

`python benchmarks/bundle.py` builds it as releases have it, in a copy. By its source map a chunk
is ours, or holds nothing but packages of others; one that holds both counts as ours.
"""

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # so that it runs as a file, wherever from

from benchmarks.figures import Figure, table  # noqa: E402

SOURCE = Path(__file__).parents[1] / "labextension"
BOUND = 400  # kB
OTHERS = "/node_modules/"
MADE = ("/rspack/", "webpack/", "/external ")  # by the bundler itself
MAP = re.compile(rb"//# sourceMappingURL=.*")


def built(folder: Path) -> Path:
    """Build it in a folder, whose packages are those of the checkout."""
    left_out = shutil.ignore_patterns("node_modules", "dist", "lib", "*.tsbuildinfo")
    shutil.copytree(SOURCE, folder, ignore=left_out)
    (folder / "node_modules").symlink_to(SOURCE / "node_modules")
    for command in (["jlpm", "build:lib"], ["jupyter-builder", "build", "--source-map=True", "."]):
        subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)
    return folder / "dist" / "static"


def size(chunk: Path) -> float:
    """Say how many kB of it are sent."""
    return len(gzip.compress(MAP.sub(b"", chunk.read_bytes()))) / 1000


def is_of_others(chunk: Path) -> bool:
    """Tell whether there is nothing of ours in it."""
    note = chunk.with_name(f"{chunk.name}.map")
    sources = json.loads(note.read_text())["sources"] if note.exists() else []
    ours = [each for each in sources if OTHERS not in each and not any(x in each for x in MADE)]
    return bool(sources) and not ours


def main() -> None:
    """Build, weigh, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        chunks = list(built(Path(folder) / "labextension").glob("*.js"))
        all_ = sum(map(size, chunks))
        others = sum(size(each) for each in chunks if is_of_others(each))
    print(
        f"{len(chunks)} chunks, styles among them, gzip; most are loaded when a panel is opened.\n"
    )
    figures = [
        Figure("all chunks", [all_], None, "kB"),
        Figure("without those of nothing but packages of others", [all_ - others], BOUND, "kB"),
    ]
    print(table(figures))


if __name__ == "__main__":
    main()
