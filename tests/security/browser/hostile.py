"""Projects in which every text that somebody can write is hostile."""

from urllib.error import HTTPError

import nbformat

from tests.corpora.xss import SHORT, STRINGS

TITLE, LICENCE, NAME, MESSAGE, TEXT = 120, 60, 60, 500, 2000  # characters
KEYS = 40  # of one person, who may have 50
MANY = 52  # projects, each with other strings in its short fields
BROKEN = {"\0", "\n", "\r", "\t", "\x0b", "\x01", "/"}  # not in the name of a file here

ALL = [text for text in STRINGS if "\0" not in text]
TITLES = [text for text in SHORT if "\0" not in text and len(text) <= TITLE]
FILES = [text for text in SHORT if not BROKEN & set(text) and len(text.encode()) <= 240]


class Hostile:
    """A server with projects of Ann's, all of them public."""

    def __init__(self, server) -> None:
        self.server = server
        server.ask("wove/api/me", name="Bob")
        self.titled = [self._titled(number) for number in range(MANY)]
        self.full = self._full()
        for text in TITLES[:: len(TITLES) // KEYS][:KEYS]:
            self._ann("keys", {"name": text, "scopes": ["projects:read"]})

    def call_ann(self, name: str, bio: str) -> None:
        """Have Ann show herself in other words."""
        self.server.ask("wove/api/me", {"name": name, "bio": bio}, name="Ann", method="PATCH")

    def page_of(self, project) -> str:
        """Say where the page of a project is."""
        return f"wove/@{project['owner']['handle']}/{project['slug']}"

    def _ann(self, path, body=None, **options):
        return self.server.ask(f"wove/api/{path}", body, name="Ann", **options)

    def _titled(self, number):
        """Publish a project whose page is hostile: each has another title."""
        made = self._ann("projects", {"title": TITLES[number * len(TITLES) // MANY]})
        change = {
            "description": "\n\n".join(packed(ALL[number:], TEXT)),
            "licence": FILES[number % len(FILES)][:LICENCE],
        }
        self._ann(f"projects/{made['id']}", change, method="PATCH", headers={"If-Match": "*"})
        return self._ann(f"projects/{made['id']}/publish", {})

    def _full(self):
        """Publish a project of hostile files, names and versions."""
        made = self._ann("projects", {"title": "Everything"})
        folder = self.server.root / made["folder"]
        for name in FILES:
            (folder / name).write_text(name)
        self._save(made, folder, ALL)
        self._save(made, folder, list(reversed(ALL)))
        for number, text in enumerate(FILES[:10]):
            (folder / "number.txt").write_text(str(number))
            message = "\n".join(packed(ALL[number * 18 :], MESSAGE))
            self._ann(f"projects/{made['id']}/versions", {"message": message, "name": None})
            self._name(made, text)
        return self._ann(f"projects/{made['id']}/publish", {})

    def _name(self, project, text):
        """Name a version, where a name may be so."""
        (self.server.root / project["folder"] / "name.txt").write_text(text)
        body = {"message": text, "name": text[:NAME]}
        try:
            self._ann(f"projects/{project['id']}/versions", body)
        except HTTPError as refused:
            assert refused.code == 422, text

    def _save(self, project, folder, texts):
        (folder / "README.md").write_text("\n\n".join(texts))
        (folder / "page.html").write_text("\n".join(texts))
        (folder / "picture.svg").write_text(
            f"<svg xmlns='http://www.w3.org/2000/svg'>{texts}</svg>"
        )
        (folder / "work.ipynb").write_text(nbformat.writes(notebook(texts)))
        self._ann(f"projects/{project['id']}/versions", {"message": texts[0][:MESSAGE]})


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


def packed(texts, room):
    """Take as many of these texts as fit."""
    taken, used = [], 0
    for text in texts:
        if used + len(text) + 2 <= room:
            taken.append(text)
            used += len(text) + 2
    return taken
