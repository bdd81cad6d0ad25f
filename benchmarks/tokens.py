"""Compare for how many tokens Wove takes texts with what tokenizers count of them.

Run `python benchmarks/tokens.py`; `--record` writes down the counts that tests compare with.
LiteLLM, which carries the tokenizers, is installed beside the first time.
"""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[0] = str(ROOT)  # so that it runs as a file, wherever from

from benchmarks.asking import PEERS, install_peers  # noqa: E402
from jupyter_wove.ai.tokens import estimate  # noqa: E402

RECORD = ROOT / "tests" / "corpora" / "tokens.json"
KINDS = {
    "Python": ".venv/lib/**/*.py",
    "TypeScript": "labextension/src/**/*.ts*",
    "Markdown": "labextension/node_modules/**/*.md",
    "JSON": "labextension/node_modules/**/*.json",
    "translations": ".venv/lib/**/*.po",
    "notebooks": "demo/*.ipynb",
    "styles": "labextension/node_modules/**/*.css",
}
FILES, SHORTEST, LONGEST = 150, 400, 20_000
_RANDOM = random.Random(1)


def main() -> None:
    """Print, for each kind of text, how much of our estimate the tokenizers count."""
    found = {kind: _texts(pattern) for kind, pattern in KINDS.items()}
    found |= {kind: [each["text"] * 8] for kind, each in _samples().items()}
    print("| text | of the estimate, median | 99 of 100 | by |\n| --- | --- | --- | --- |")
    for kind, texts in found.items():
        for name, counts in _counted(texts).items():
            shares = sorted(n / estimate(text) for n, text in zip(counts, texts, strict=True))
            middle, most = shares[len(shares) // 2], shares[int(len(shares) * 0.99)]
            print(f"| {kind} | {middle:.2f} | {most:.2f} | {name} |")


def record() -> None:
    """Write down what tokenizers count of the samples, the most of them."""
    samples = _samples()
    counted = _counted([each["text"] for each in samples.values()]).values()
    for each, tokens in zip(samples.values(), map(max, *counted), strict=True):
        each["tokens"] = tokens
    RECORD.write_text(json.dumps(samples, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _samples() -> dict[str, dict[str, Any]]:
    return dict(json.loads(RECORD.read_text("utf-8")))


def _texts(pattern: str) -> list[str]:
    files = sorted(ROOT.glob(pattern))
    _RANDOM.shuffle(files)
    read = (each.read_text("utf-8", errors="replace")[:LONGEST] for each in files[:FILES])
    return [text for text in read if len(text) >= SHORTEST]


def _counted(texts: list[str]) -> dict[str, list[int]]:
    program = [str(PEERS / "bin" / "python"), str(ROOT / "benchmarks" / "counting.py")]
    given = json.dumps(texts)
    done = subprocess.run(program, input=given, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    install_peers()
    record() if sys.argv[1:] == ["--record"] else main()
