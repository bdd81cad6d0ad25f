"""What Python uses and reads, beside what the labelled notebooks show."""

import pytest

from jupyter_wove.search.facts import facts_of_code


def found(kind, code):
    return sorted(each.value for each in facts_of_code("a.py", code) if each.kind == kind)


@pytest.mark.parametrize(
    ("code", "used"),
    [
        ("import numpy as np\ndef f(np):\n  np.sum()\nnp.max()", ["numpy", "numpy.max"]),
        ("import numpy as np\n[np.sum(x) for x in y]", ["numpy", "numpy.sum"]),
        ("from a import B\nb = B()\nb.run()\nb = 3\nb.stop()", ["a.B", "a.B.run"]),
        ("from a import B\nb: B = B()\nb.run()", ["a.B", "a.B.run"]),
        ("from a import B\nwith B() as b:\n  b.run()", ["a.B", "a.B.run"]),
        ("from a import B\nif (b := B()).run():\n  b.stop()", ["a.B", "a.B.run", "a.B.stop"]),
        ("import a.b.c\na.b.c.d()", ["a.b.c", "a.b.c.d"]),
        ("import a\nprint a.b()\na.c()", ["a", "a.b", "a.c"]),
        ("import a\nx = (a.b(\na.c()", ["a", "a.b", "a.c"]),
        ("import a\nx = %time a.b()\na.c?", ["a", "a.b"]),
        ("import a\nawait a.b()", ["a", "a.b"]),
        ("from a import *\nb(len(c)).d()", ["a", "a.b"]),
        ("from a import *\ndef b(): pass\nb()", ["a"]),
        ("from a import *\nfrom c import *\nb()", ["a", "c"]),
        ("import a\nclass C(a.B):\n  def a(self):\n    pass\na.d()", ["a", "a.B", "a.d"]),
    ],
)
def test_names_stand_for_what_they_were_given(code, used):
    assert found("uses", code) == used


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("open('a.csv').read()", ["a.csv"]),
        ("open('a.py').read()", []),
        ("open('a.csv', mode='w')", []),
        ("load('x/../a.parquet')", ["a.parquet"]),
        ("import pandas as pd\npd.read_csv('C:\\\\data\\\\a.csv')", ["a.csv"]),
        (
            "import pandas as pd\npd.read_csv('https://x.org/a%20b.csv?token=secret#x')",
            ["a b.csv"],
        ),
        ("import pandas as pd\npd.read_csv('https://x.org/')", []),
        ("import pandas as pd\npd.read_csv(f'{folder}/{name}')", []),
        ("import pandas as pd\npd.read_json('{\"a\": 1}')", []),
        ("import pandas as pd\npd.read_sql('SELECT 1', c)", []),
        ("import glob\nglob.glob('*.csv')", []),
        ("'a.csv'.upper()", []),
        ("x.get('a.csv')", []),
        ("df.to_csv('a.csv')", []),
        ("', '.join(['a.csv'])", []),
        ("from pathlib import Path\nPath('a').joinpath('b.csv').open()", ["b.csv"]),
        ("from pathlib import Path\nPath('b.csv').open('w')", []),
    ],
)
def test_data_is_what_is_read(code, read):
    assert found("dataset", code) == read
