import json

import nbformat
import pytest
from nbformat import v2, v3, v4

from jupyter_wove.kit.errors import BadRequest, InvalidRequest, TooLarge, WoveError
from jupyter_wove.projects.notebooks import (
    Notebook,
    TooDeep,
    mime_types,
    output_text,
    read_notebook,
    without_trust,
    write_notebook,
)


def read(document):
    return read_notebook(json.dumps(document).encode())


def with_cell(**cell):
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


CODE = {"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "outputs": []}


def with_output(**output):
    return with_cell(**CODE | {"outputs": [output]})


def test_a_notebook_is_its_cells_and_metadata():
    cell = CODE | {"execution_count": 3, "source": ["a = 1\n", "a"], "metadata": {"tags": ["x"]}}
    notebook = read(with_cell(**cell) | {"metadata": {"language_info": {"name": "python"}}})
    (found,) = notebook.cells
    assert (found.id, found.type, found.source, found.execution_count) == (
        "a",
        "code",
        "a = 1\na",
        3,
    )
    assert found.metadata == {"tags": ["x"]}
    assert notebook.metadata == {"language_info": {"name": "python"}}


def test_nbformat_3_is_read():
    cells = [
        v3.new_code_cell(
            input="1 + 1",
            prompt_number=7,
            outputs=[
                v3.new_output("pyout", output_text="2", output_html="<b>2</b>", prompt_number=7),
                v3.new_output("stream", output_text="printed", stream="stderr"),
                v3.new_output("pyerr", ename="E", evalue="bad", traceback=["one", "two"]),
                v3.new_output("display_data", output_png="cG5n"),
            ],
        ),
        v3.new_text_cell("markdown", source="*text*"),
        v3.new_heading_cell(source="Title\nof two lines", level=2),
        v3.new_text_cell("raw", source="raw"),
    ]
    old = v3.new_notebook(worksheets=[v3.new_worksheet(cells=cells)])
    notebook = read_notebook(v3.writes_json(old).encode())
    assert [(cell.type, cell.source) for cell in notebook.cells] == [
        ("code", "1 + 1"),
        ("markdown", "*text*"),
        ("markdown", "## Title of two lines"),
        ("raw", "raw"),
    ]
    assert notebook.cells[0].execution_count == 7
    assert output_text(notebook.cells[0]) == "2\nprinted\nE: bad\none\ntwo\n"
    assert mime_types(notebook.cells[0]) == [
        "text/html",
        "text/plain",
        "application/vnd.jupyter.error",
        "image/png",
    ]
    nbformat.validate(nbformat.reads(write_notebook(notebook).decode(), as_version=4))


def test_nbformat_2_is_read():
    cells = [
        v2.new_code_cell(input="1", outputs=[v2.new_output("pyout", output_text="1")]),
        v2.new_text_cell("html", source="<b>text</b>"),
    ]
    old = v2.new_notebook(worksheets=[v2.new_worksheet(cells=cells)])
    notebook = read_notebook(v2.writes_json(old).encode())
    assert [(cell.type, cell.source) for cell in notebook.cells] == [
        ("code", "1"),
        ("markdown", "<b>text</b>"),
    ]
    assert output_text(notebook.cells[0]) == "1"


def test_what_is_written_is_valid_and_reads_the_same():
    old = v4.new_notebook(
        cells=[
            v4.new_code_cell("print('ü')\n", outputs=[v4.new_output("stream", text="ü\n")]),
            v4.new_markdown_cell("![x](attachment:x)", attachments={"x": {"image/png": "cG5n"}}),
            v4.new_raw_cell("raw"),
        ]
    )
    notebook = read_notebook(nbformat.writes(old).encode())
    written = write_notebook(notebook)
    nbformat.validate(json.loads(written))
    assert read_notebook(written) == notebook


def test_cells_without_usable_ids_get_own_ones_when_written():
    cells = [CODE | {"id": name} for name in ("a", "a", "not an id!", None, "x" * 65)]
    notebook = read({"cells": cells, "nbformat": 4})
    assert [cell.id for cell in notebook.cells] == ["a", None, None, None, None]
    written = json.loads(write_notebook(notebook))
    nbformat.validate(written)
    assert len({cell["id"] for cell in written["cells"]}) == 5


def test_output_text_is_limited_and_without_colours():
    cell = read(with_output(output_type="stream", text="\x1b[31mred\x1b[0m " * 1000)).cells[0]
    assert output_text(cell, limit=7) == "red red"


SINS = [
    {"cells": [], "nbformat": 4},
    {"cells": []},
    {"cells": [], "metadata": None, "nbformat": "4"},
    with_cell(cell_type="code", source=""),
    with_cell(cell_type="code", source="", outputs=None, metadata=[]),
    with_cell(cell_type="code", source=[], execution_count="3"),
    with_cell(cell_type="markdown", source="x", outputs=[1], execution_count=[]),
    with_cell(cell_type="code", source="half \ud800 a pair"),
    with_output(),
    with_output(output_type=None),
    with_output(output_type=["stream"]),
    with_output(output_type="stream"),
    with_output(output_type="stream", text=3),
    with_output(output_type="stream", text=["a", 3]),
    with_output(output_type="stream", text="\ud800", name={}),
    with_output(output_type="error"),
    with_output(output_type="error", ename=1, evalue=None, traceback="text"),
    with_output(output_type="error", traceback=[1, "two"]),
    with_output(output_type="display_data", data=[]),
    with_output(output_type="display_data", data={"text/plain": {}}),
    with_output(output_type="display_data", data={"text/plain": [1]}, metadata=3),
    with_output(output_type="display_data", metadata="x"),
    with_output(output_type="pyout", text=[1]),
    with_output(output_type="unheard of", data=None),
    with_output(output_type="execute_result", data={"application/json": {"a": [1, None, 1e400]}}),
    {"worksheets": [], "nbformat": 3},
    {"worksheets": [{}], "nbformat": 3},
    {"worksheets": [{"cells": [{"cell_type": "heading", "source": "x", "level": "y"}]}]},
    {"worksheets": [{"cells": [{"cell_type": "heading", "source": "", "level": 99}]}]},
    {"cells": [{"cell_type": "code", "code": "1"}], "nbformat": 1},
    {"cells": [CODE, CODE], "nbformat": 4, "nbformat_minor": 99},
    {"cells": [CODE | {"id": 3}], "nbformat": 4},
    {"cells": [CODE | {"attachments": 3, "extra": 1}], "nbformat": True},
]


@pytest.mark.parametrize("document", SINS, ids=range(len(SINS)))
def test_small_sins_are_forgiven(document):
    notebook = read(document)
    for cell in notebook.cells:
        assert isinstance(output_text(cell), str)
        assert isinstance(mime_types(cell), list)
    assert len(read_notebook(write_notebook(notebook)).cells) == len(notebook.cells)


REFUSED = [
    (b"", BadRequest, "line 1 is not JSON"),
    (b"\n\n{", BadRequest, "line 3 is not JSON"),
    (b"\xff\xfe{}", BadRequest, "UTF-8"),
    (b"{} trailing", BadRequest, "not JSON"),
    (b"\0", BadRequest, "not JSON"),
    (b"9" * 5000, BadRequest, "not JSON"),
    (b"[]", InvalidRequest, "JSON object"),
    (b"null", InvalidRequest, "JSON object"),
    (b'"text"', InvalidRequest, "JSON object"),
    (b"NaN", InvalidRequest, "JSON object"),
    (b"{}", InvalidRequest, "no cells"),
    (b'{"cells": null}', InvalidRequest, "not a list"),
    (b'{"cells": {}}', InvalidRequest, "not a list"),
    (b'{"cells": "abc"}', InvalidRequest, "not a list"),
    (b'{"cells": [3]}', InvalidRequest, "Cell 1 is not an object"),
    (b'{"cells": [[]]}', InvalidRequest, "Cell 1 is not an object"),
    (b'{"cells": [{}]}', InvalidRequest, "Cell 1 must be code, markdown or raw"),
    (b'{"cells": [{"cell_type": "video"}]}', InvalidRequest, "Cell 1 must be"),
    (b'{"cells": [{"cell_type": []}]}', InvalidRequest, "Cell 1 must be"),
    (b'{"cells": [{"cell_type": {}}]}', InvalidRequest, "Cell 1 must be"),
    (b'{"cells": [{"cell_type": "code"}]}', InvalidRequest, "Cell 1 has no source"),
    (b'{"cells": [{"cell_type": "raw"}]}', InvalidRequest, "Cell 1 has no source"),
    (b'{"cells": [{"cell_type": "code", "input": 3}]}', InvalidRequest, "source of cell 1"),
    (b'{"cells": [{"cell_type": "heading", "source": 3}]}', InvalidRequest, "source of cell 1"),
    (b'{"cells": [{"cell_type": "heading"}]}', InvalidRequest, "Cell 1 must be code"),
    (b'{"cells": [{"cell_type": "code", "source": null}]}', InvalidRequest, "source of cell 1"),
    (b'{"cells": [{"cell_type": "code", "source": 3}]}', InvalidRequest, "source of cell 1"),
    (b'{"cells": [{"cell_type": "raw", "source": {}}]}', InvalidRequest, "source of cell 1"),
    (b'{"cells": [{"cell_type": "raw", "source": [1]}]}', InvalidRequest, "source of cell 1"),
    (b'{"cells": [{"cell_type": "raw", "source": [["a"]]}]}', InvalidRequest, "source of cell 1"),
    (b'{"worksheets": 3}', InvalidRequest, "not a list"),
    (b'{"worksheets": [3]}', InvalidRequest, "not objects"),
    (b'{"worksheets": [{"cells": 3}]}', InvalidRequest, "not a list"),
    (b'{"worksheets": [{"cells": [3]}]}', InvalidRequest, "Cell 1 is not an object"),
    (b'{"cells": [], "nbformat": 5}', InvalidRequest, "format 5"),
    (b'{"cells": [], "nbformat": 99}', InvalidRequest, "format 99"),
    (b"[" * 200 + b"]" * 200, TooDeep, "deeper"),
    (b"[" * 100_000, TooDeep, "deeper"),
    (b'{"a":' * 100_000, TooDeep, "deeper"),
    (b'{"cells": [], "metadata": ' + b"[" * 150 + b"]" * 150 + b"}", TooDeep, "deeper"),
    (b" " * 100_000_001, TooLarge, "100 MB"),
    (b'{"cells": [' + b"{}," * 20_000 + b"{}]}", TooLarge, "20001 cells"),
]
REFUSED += [
    (
        json.dumps(with_cell(**CODE | {"outputs": outputs})).encode(),
        InvalidRequest,
        "outputs of cell 1",
    )
    for outputs in (3, "text", {"a": 1}, [3], [[]], [None], True)
]


@pytest.mark.parametrize(("content", "error", "words"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_notebook_is_refused_in_a_sentence(content, error, words):
    with pytest.raises(error, match=words):
        read_notebook(content)


@pytest.mark.parametrize("cut", range(0, 600, 13))
def test_a_torn_notebook_is_refused(cut):
    whole = json.dumps(with_output(output_type="stream", text="printed " * 80)).encode()
    with pytest.raises(WoveError):
        read_notebook(whole[:cut])


def test_trust_is_taken_from_every_format():
    trusted = {"trusted": True, "kept": 1}
    cell = CODE | {"metadata": trusted}
    for document in (
        {"cells": [cell], "metadata": trusted},
        {"worksheets": [{"cells": [cell, 3]}, None], "metadata": trusted},
        {"cells": {}, "metadata": trusted},
    ):
        assert b"trusted" not in without_trust(json.dumps(document).encode())


def test_a_notebook_without_trust_stays_as_it_is_byte_by_byte():
    content = b'{ "cells":[ ],"metadata":{"a": "trusted"} }'
    assert without_trust(content) == content


def test_an_empty_notebook_is_valid():
    nbformat.validate(json.loads(write_notebook(Notebook([], {}))))
