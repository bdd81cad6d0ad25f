"""What the tests of engines say to an index, and ask of it."""

from uuid import UUID, uuid4

from jupyter_wove.search.engines import Document, Part, State, Wanted
from jupyter_wove.search.queries import parse

SHOWN = frozenset({Part("a.ipynb", "1")})
OPEN = {  # from another process
    "embedded": """
from pathlib import Path
from jupyter_wove.search import EmbeddedWords
engine = EmbeddedWords(Path(place))
""",
    "postgresql": """
from jupyter_wove.kit.database import Database
from jupyter_wove.search.engines.postgresql import PostgresqlWords
engine = PostgresqlWords(Database(place))
""",
}


def cell(source, number=0, **texts):
    """Make a cell with this code."""
    return Document("cell", number, f"cell-{number}", source=source, **texts)


def fill(writer, *documents, project=None, members=(), public=SHOWN, work=None, **about):
    """Say what is in a project, all of it in each of its parts; return the project."""
    ticket = writer.begin(project or uuid4())
    work = public if work is None else work
    for part in (public | work) - writer.parts(ticket):
        writer.add(ticket, part, documents)
    writer.settle(ticket, State(1, "v", frozenset(members), public, work, **about))
    return ticket.project


def forget(writer, project):
    """Say that nothing of a project is to be found."""
    writer.settle(writer.begin(project), None)


def wanted(words, *principals, every=True, where="all"):
    """Ask for words, as everybody unless as somebody."""
    return Wanted(parse(words), principals or ("public",), every, where)


def ranked(engine, words, *principals, **named):
    """Find what these principals may see, best first."""
    found = engine.find(wanted(words, *principals, **named))
    return sorted(found, key=lambda each: (-each.score, each.id))


def find(engine, words, *principals, **named):
    """Find what these principals may see, and show it, best first."""
    ids = [each.id for each in ranked(engine, words, *principals, **named)]
    shown = engine.show(wanted(words, *principals, **named), ids)
    return [shown[id_] for id_ in ids]


def projects(engine, words, *principals, **named):
    """Name the projects of what is found."""
    return [UUID(each.project) for each in ranked(engine, words, *principals, **named)]


def cells(engine, words, *principals, **named):
    """Name the positions of the cells that are found."""
    return sorted(each.cell for each in find(engine, words, *principals, where="cells", **named))
