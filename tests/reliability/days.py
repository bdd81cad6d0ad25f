"""A random day of people who write one notebook while the server, the line and the file fail.

Every word that somebody wrote has to be there once in the end, but for what

- somebody took out: by erasing it, by deleting its cell, by bringing an older file back;
- Yjs loses: what was not sent yet when its cell was made anew, as when it is moved in a terminal;
- was in the store alone when the store was lost; tabs that had more keep what they have as a copy.

People move cells while all of them are connected, and nobody changes a file in the milliseconds in
which the server writes it. A file that changes in the second before the server dies, and again
before it is back, may come from nothing that the store knows; it is kept beside, with its words.
One that the server died in the midst of writing is left to the server.
"""

import asyncio
import json
import sqlite3
import subprocess
import time

from pycrdt import Doc

from tests.reliability.books import Writing, content, made_anew, read, replace, words
from tests.reliability.tabs import Tab

NAME = "book.ipynb"
STEPS = 12
SAVES_AFTER = 0.15  # seconds after the last key
SETTLES_WITHIN = 15.0  # seconds
A_MOMENT = 1.0  # seconds in which the server may not know yet what a file was made from
STORED = (
    "SELECT state FROM room WHERE name = ? AND state IS NOT NULL",
    "SELECT content FROM room_update WHERE room = ? ORDER BY id",
)
NOTED = """
    SELECT merged IS NULL AND written_at >= coalesce(writing_at, 0) FROM room WHERE name = ?
"""
UP = {
    "write": 8, "cut": 2, "heal": 2, "move": 1, "terminal": 3, "checkout": 1, "restore": 1,
    "stale": 1, "save_version": 1, "close_offline": 1, "close": 1,
}  # fmt: skip
DOWN = {"write": 3, "terminal": 2, "checkout": 1, "stale": 1, "lose_store": 1, "close_offline": 1}
TOUCHES = {"terminal", "checkout", "stale", "lose_store"}  # what needs a file that is whole


class Day:
    """Three tabs in which people write, one that looks on, and a file in a project."""

    def __init__(self, server, seed):
        self.server = server
        self.writing = Writing(seed)
        self.random = self.writing.random
        self.done = []  # what happened, to be told where it went wrong
        self.came = {}  # with what each word came
        self._begin_project(f"Day {seed} {time.time_ns()}")
        self.eye = Tab(server, self.path)
        self.tabs = [Tab(server, self.path) for _ in range(3)]
        self.cuts = set()
        self.unsent = (
            set()
        )  # words that were on no server when a tab came back, or were on their way
        self.anew = set()  # cells that were made anew while a tab was away
        self.changed = 0.0  # when the file was changed by others than the server
        self.is_unknown = False  # whether the file may come from nothing that the store knows

    @property
    def file(self):
        return self.server.root / self.path

    async def run(self):
        """Do what chance wants; the server dies once."""
        await self._all(self.eye, *self.tabs)
        kinds = self.random.choices(list(UP), list(UP.values()), k=STEPS)
        kinds.insert(self.random.randrange(2, STEPS), "kill")
        for kind in kinds:
            await self._do(kind)
        await self._do("heal")

    async def end(self):
        """Let everybody go."""
        for tab in (self.eye, *self.tabs):
            await tab.leave()

    def check(self):
        """Hold the day to its promise; all have settled."""
        cells = content(self.eye.doc)
        ids, found = [id_ for id_, _ in cells], words(cells)
        assert len(ids) == len(set(ids)), f"A cell is there twice: {ids}"
        assert len(found) == len(set(found)), f"A word is there twice: {cells}"
        home = self.writing.home
        beside = [*self._beside(), *(copy for tab in self.tabs for copy in tab.copies)]
        copied = {word for each in beside for word in words(each)}
        excused = {word for word, id_ in home.items() if id_ in self.writing.deleted}
        lost = set(home) - set(found) - copied - self.writing.gone - excused
        assert not lost, f"Lost: {[self.came[word] for word in lost]} of {cells}"

    # ------------------------------------------------------------------ what people do

    async def write(self):
        tab = self.random.choice(self.tabs)
        kinds = [self.writing.edit, self.writing.erase, self.writing.add, self.writing.delete]
        for change in self.random.choices(kinds, [6, 1, 1, 1], k=self.random.randint(1, 4)):
            tab.write(change)

    async def move(self):
        if not self.cuts:
            await self._settle()
            tab = self.random.choice(self.tabs)
            tab.write(self.writing.move)
            await tab.is_stored()
            await self._settle()

    async def cut(self):
        tab = self.random.choice(self.tabs)
        self.cuts.add(tab)
        await tab.leave()

    async def heal(self):
        await self._come_back(*(tab for tab in self.tabs if tab in self.cuts))
        self.cuts.clear()
        await self._settle()
        self._let_go()

    async def close_offline(self):
        for tab in self.tabs:
            if not tab.is_connected:
                tab.open_again()

    async def close(self):
        """Close a tab for good once its user reads that all is saved."""
        tab = self.random.choice(self.tabs)
        if tab.is_connected:
            await tab.is_stored()
            await tab.leave()
            tab.begin()
            await self._all(tab)

    # ------------------------------------------------------------------ what happens to the file

    async def terminal(self):
        await self._to_the_file(lambda: self.writing.change_file(self.file))

    async def stale(self):
        older = self.random.choice(self.older)
        await self._to_the_file(lambda: replace(self.file, older))

    async def checkout(self):
        version = self.random.choice(self.versions)
        await self._to_the_file(lambda: self._git("checkout", "-q", version, "--", NAME))

    async def restore(self):
        await self._settle()
        before, state = read(self.file), self.eye.doc.get_update()
        version = self.random.choice(self.versions)
        body = {"version": version, "path": NAME}
        await self._api("POST", f"projects/{self.project}/restore", body)
        self.changed = time.monotonic()
        self._replaced(before, self._version(version))
        await self._settle()
        self.anew |= made_anew(state, self.eye.doc)

    async def save_version(self):
        await self._settle()
        self.older.append(self.file.read_text())
        await self._save_version()

    # ------------------------------------------------------------------ what happens to the server

    async def kill(self):
        """Kill the server while people write; start it again after what happens meanwhile."""
        if self.random.random() < 0.3:
            self.done.append("terminal, unsettled")
            self._change_file(lambda: self.writing.change_file(self.file))
        await self.write()
        await asyncio.sleep(self.random.choice([0, 0.02, 0.1, 0.3]))
        self.server.kill()
        was_changed = time.monotonic() - self.changed < A_MOMENT
        state = self.eye.doc.get_update()
        for tab in (self.eye, *self.tabs):
            await tab.leave()
        self.unsent |= set(words(content(self.eye.doc))) - set(words(self._stored()))
        weights = [DOWN[kind] * (kind not in TOUCHES or not self._is_cut_off) for kind in DOWN]
        for kind in self.random.choices(list(DOWN), weights, k=2):
            before = self.file.read_bytes()
            await self._do(kind)
            self.is_unknown |= was_changed and self.file.read_bytes() != before
        await asyncio.to_thread(self.server.start)
        await self._come_back(self.eye, *(tab for tab in self.tabs if tab not in self.cuts))
        await self._settle()
        if "lose_store" not in self.done[-2:]:
            self.anew |= made_anew(state, self.eye.doc)
        self._let_go()

    async def lose_store(self):
        """Take from the database what was typed; the file is what remains."""
        with sqlite3.connect(self.server.data / "wove.db") as database:
            database.execute("DELETE FROM room_update")
            database.execute("DELETE FROM room")
        self.writing.gone |= set(self.writing.home) - set(words(read(self.file)))
        self.anew.clear()

    # ------------------------------------------------------------------ how it is done

    async def _do(self, kind):
        self.done.append(kind)
        await getattr(self, kind)()
        step = f"{len(self.done)} {kind}"
        for word, cell in self.writing.home.items():
            self.came.setdefault(word, f"{word} of {cell} in {step}")

    async def _to_the_file(self, change):
        """Change the file while people write; where the server is up it takes that in."""
        if self.server.process is None:
            self._change_file(change)
            return
        await self._settle()
        await asyncio.sleep(1.5 * SAVES_AFTER)  # or a save may be under way
        await self._settle()
        state = self.eye.doc.get_update()
        await self.write()
        await asyncio.sleep(self.random.choice([0, 0.3, 0.6]) * SAVES_AFTER)
        self._change_file(change)
        known = set(self.writing.home)
        await self.write()
        self.unsent |= set(self.writing.home) - known
        await self._settle()
        self.anew |= made_anew(state, self.eye.doc)
        self._let_go()

    def _change_file(self, change):
        while not self._is_changed(change):
            time.sleep(0.01)
        self.changed = time.monotonic()

    def _is_changed(self, change):
        with self.server.held_still():
            if self._is_cut_off:
                return False
            before = read(self.file)
            change()
            self._replaced(before, read(self.file))
            return True

    @property
    def _is_cut_off(self):
        """Tell whether the file is being written, or was when the server died."""
        return self.file.with_name(f".~{NAME}").exists()

    def _replaced(self, before, after):
        self.writing.gone |= set(words(before)) - set(words(after))
        self.writing.deleted |= {id_ for id_, _ in before} - {id_ for id_, _ in after}

    async def _come_back(self, *tabs):
        known = set(words(content(self.eye.doc)))
        self.unsent |= {word for tab in tabs for word in words(content(tab.doc))} - known
        await self._all(*tabs)

    async def _all(self, *tabs):
        await asyncio.gather(*(tab.connect() for tab in tabs))

    def _let_go(self):
        """Let go of what was on its way into a cell that was made anew meanwhile."""
        home = self.writing.home
        self.writing.gone |= {word for word in self.unsent if home[word] in self.anew}
        self.unsent.clear()
        if not self.cuts:
            self.anew.clear()

    async def _settle(self):
        """Wait until all who are connected, and the file, have the same."""
        until = time.monotonic() + SETTLES_WITHIN
        while len(found := self._views()) > 1 or not self._is_noted():
            assert time.monotonic() < until, f"They do not agree: {found}"
            await asyncio.sleep(0.02)

    def _views(self):
        views = [content(tab.doc) for tab in (self.eye, *self.tabs) if tab.is_connected]
        try:
            views.append(read(self.file))
        except ValueError:  # it is being written
            views.append([])
        return [view for at, view in enumerate(views) if view not in views[:at]]

    def _is_noted(self):
        """Tell whether the server has noted what the file holds."""
        with sqlite3.connect(self.server.data / "wove.db") as database:
            return database.execute(NOTED, (self.eye.stored_as,)).fetchone() == (1,)

    def _stored(self):
        """Read what the database has of the notebook."""
        doc = Doc()
        with sqlite3.connect(self.server.data / "wove.db") as database:
            for query in STORED:
                for (update,) in database.execute(query, (self.eye.stored_as,)):
                    doc.apply_update(update)
        return content(doc)

    def _beside(self):
        found = [each for each in self.file.parent.glob("book*.ipynb") if each != self.file]
        assert self.is_unknown or not found, f"Kept beside for no reason: {found}"
        return [read(each) for each in found]

    # ------------------------------------------------------------------ the project

    def _begin_project(self, title):
        made = self.server.api("POST", "projects", {"title": title}).json
        self.project, self.path = made["id"], f"{made['folder']}/{NAME}"
        self.file.write_text(json.dumps(self.writing.book()))
        self.versions = []
        self.older = [self.file.read_text()]
        answer = self.server.api("POST", self._versions, {"message": "Begin"})
        self.versions.append(answer.json["id"])

    @property
    def _versions(self):
        return f"projects/{self.project}/versions"

    async def _save_version(self):
        answer = await self._api("POST", self._versions, {"message": "Go on"})
        self.versions.append(answer["id"])

    async def _api(self, method, path, body):
        answer = await asyncio.to_thread(self.server.api, method, path, body)
        assert answer.status < 300, answer
        return answer.json

    def _git(self, *words):
        return subprocess.run(
            ["git", *words], cwd=self.file.parent, check=True, capture_output=True, text=True
        ).stdout

    def _version(self, version):
        found = json.loads(self._git("show", f"{version}:{NAME}"))["cells"]
        return [(cell["id"], "".join(cell["source"])) for cell in found]
