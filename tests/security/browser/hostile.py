"""Projects in which every text that somebody can write is hostile."""

from concurrent.futures import ThreadPoolExecutor
from itertools import chain, cycle, repeat, zip_longest

import nbformat
from pygit2 import reference_is_valid_name

from tests.corpora.xss import STRINGS

TITLE, LICENCE, NAME, MESSAGE, TEXT = 120, 60, 60, 500, 2000  # characters
FILE = 240  # bytes
KEYS = 40  # of one person, who may have 50
BROKEN = {"\0", "\n", "\r", "\t", "\x0b", "\x01"}  # not in the name of a file here


def packed(texts, room):
    """Put texts together where they fit; leave out those that are too long by themselves."""
    packs = []
    for text in texts:
        fits = (pack for pack in packs if len(pack) + 1 + len(text) <= room)
        pack = next(fits, None)
        if pack is not None:
            packs[packs.index(pack)] = f"{pack} {text}"
        elif len(text) <= room:
            packs.append(text)
    return packs


def can_be_path(text):
    """Tell whether a file can be called so, in folders that are called so."""
    names = [name.strip() for name in text.split("/")]
    short = all(len(name.encode()) <= FILE for name in names)
    return short and not BROKEN & set(text) and not {"", ".", ".."} & set(names)


def can_be_tag(text):
    """Tell whether git lets a version be called so."""
    return not text.startswith("-") and reference_is_valid_name(f"refs/tags/{text}")


ALL = [text for text in dict.fromkeys(STRINGS) if "\0" not in text]
TITLES = [text for text in ALL if len(text) <= TITLE]
PACKS = packed(TITLES, TITLE)  # titles of projects, and names of people
NAMED = [text for text in TITLES if len(text) <= NAME and can_be_tag(text)]
MESSAGES = packed(ALL, MESSAGE)
BIOS = packed(ALL, TEXT)
FILES = [text for text in ALL if can_be_path(text)]


class Hostile:
    """A server with public projects of Ann, and of people with names as bad as their titles."""

    def __init__(self, server) -> None:
        self.server = server
        server.ask("wove/api/me", name="Bob")
        with ThreadPoolExecutor(4) as crowd:
            self.handles = list(crowd.map(self._join, PACKS, chain(BIOS, repeat("x"))))
            self.full = self._full()
            self.team = self._team()
            words = PACKS, cycle(BIOS), cycle(packed(TITLES, LICENCE)), chain(NAMED, repeat(None))
            self.titled = list(crowd.map(self._titled, *words))
        for text in TITLES[:: len(TITLES) // KEYS][:KEYS]:
            self._ann("keys", {"name": text, "scopes": ["projects:read"]})

    def page_of(self, project) -> str:
        """Say where the page of a project is."""
        return f"wove/@{project['owner']['handle']}/{project['slug']}"

    def _ann(self, path, body=None, **options):
        return self.server.ask(f"wove/api/{path}", body, name="Ann", **options)

    def _join(self, name, bio):
        """Let somebody say who they are; return their handle."""
        return self.server.ask("wove/api/me", {"bio": bio}, name=name, method="PATCH")["handle"]

    def _full(self):
        """Publish a project of hostile files."""
        made = self._ann("projects", {"title": "Everything"})
        folder = self.server.root / made["folder"]
        for name in FILES:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(name)
        for texts in [ALL, list(reversed(ALL))]:
            write(folder, texts)
            self._save(made, {"message": texts[0][:MESSAGE]}, name="Ann")
        return self._ann(f"projects/{made['id']}/publish", {})

    def _team(self):
        """Publish a project in which everybody saves a version."""
        made = self._ann("projects", {"title": "Team"})
        for person, handle, message, name in zip_longest(PACKS, self.handles, MESSAGES, NAMED):
            at = f"projects/{made['id']}/members/{handle}"
            self._ann(at, {"role": "editor"}, method="PUT")
            self._save(made, {"message": message or person, "name": name}, name=person)
        return self._ann(f"projects/{made['id']}/publish", {})

    def _titled(self, name, description, licence, version):
        """Have somebody publish a remix called as they are; one with a version has Ann in it."""
        remix = f"wove/api/projects/{self.team['id']}/remix"
        job = self.server.ask(remix, {"title": name}, name=name)
        at = f"wove/api/projects/{self.server.wait_for_job(job, name=name)['project_id']}"
        change = {"description": description, "licence": licence}
        options = {"method": "PATCH", "headers": {"If-Match": "*"}}
        self.server.ask(at, change, name=name, **options)
        made = self.server.ask(f"{at}/publish", {}, name=name)
        if version is not None:
            self.server.ask(f"{at}/members/ann", {"role": "viewer"}, name=name, method="PUT")
            self._save(made, {"message": version, "name": version}, name=name)
        return made

    def _save(self, project, words, *, name):
        (self.server.root / project["folder"] / "words.txt").write_text(str(words))
        self.server.ask(f"wove/api/projects/{project['id']}/versions", words, name=name)


def write(folder, texts):
    """Write files of every kind that is shown."""
    (folder / "README.md").write_text("\n\n".join(texts))
    (folder / "page.html").write_text("\n".join(texts))
    (folder / "picture.svg").write_text(f"<svg xmlns='http://www.w3.org/2000/svg'>{texts}</svg>")
    (folder / "work.ipynb").write_text(nbformat.writes(notebook(texts)))


def notebook(texts):
    """Write a notebook with each text as markdown, code, and every kind of output."""
    v4 = nbformat.v4
    cells = []
    for text in texts:
        data = dict.fromkeys(KINDS, text)
        outputs = [v4.new_output("display_data", data={kind: text}) for kind in KINDS]
        outputs.append(v4.new_output("display_data", data=data))
        outputs.append(v4.new_output("stream", text=text, name="stderr"))
        outputs.append(v4.new_output("error", ename=text, evalue=text, traceback=[text]))
        cells.append(v4.new_markdown_cell(text))
        cells.append(v4.new_raw_cell(text))
        cells.append(v4.new_code_cell(text, outputs=outputs if len(text) < 1000 else []))
    return v4.new_notebook(
        cells=cells, metadata={"title": texts[0], "language_info": {"name": texts[1]}}
    )


KINDS = [
    "text/html",
    "text/markdown",
    "text/latex",
    "text/plain",
    "image/svg+xml",
    "image/png",
    "application/javascript",
    "application/json",
    "application/vnd.jupyter.widget-view+json",
    "application/pdf",
]
