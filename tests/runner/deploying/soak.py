"""Many deployments of all kinds, some of them cancelled, while runner and server are killed."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.runner.deploying.ground import until
from tests.runner.deploying.kinds import KINDS
from tests.runner.deploying.left import left

TOGETHER = 3  # deployments that are begun at once
FATES = ("be", "cancel", "be", "again", "be", "cancel", "be", "delete")
MISHAPS = ("", "runner", "", "server")
SETTLES = 90  # seconds
YOUNG = ("images", "sites")  # may be of a release that is about to be served, for a day


@dataclass
class Try:
    """One deployment: of what, what it shows, and what is done to it."""

    kind: object
    text: str
    fate: str
    app: dict
    deployment: dict


@dataclass
class Soak:
    """Deploys again and again; the same seed makes the same choices."""

    ground: object
    seed: int
    count: int
    say: object = print
    tries: list[Try] = field(default_factory=list)
    mishaps: Counter = field(default_factory=Counter)

    def run(self):
        """Deploy as often as was asked for, then wait until all of it has ended."""
        self._random = random.Random(self.seed)
        self._places = {}  # project and app of each kind
        kinds, fates = self._deck(KINDS), self._deck(FATES)
        mishaps = self._deck(MISHAPS)
        while len(self.tries) < self.count:
            many = min(TOGETHER, self.count - len(self.tries))
            chosen = {kind.name: kind for kind in (next(kinds) for _ in range(many))}
            self._round([(kind, next(fates)) for kind in chosen.values()], next(mishaps))

    @property
    def outcomes(self):
        """Count how deployments of each kind ended."""
        return Counter((each.kind.name, each.deployment["state"]) for each in self.tries)

    @property
    def apps(self):
        """List the apps that were not deleted."""
        return [app for _, app in self._places.values()]

    def live(self):
        """List the apps that visitors should see, each with the text that it should show."""
        texts = {each.deployment["id"]: each.text for each in self.tries}
        for app in self.apps:
            seen = self.ground.ask("GET", f"apps/{app['id']}")
            if seen["release"]:
                done = self.ground.ask("GET", f"apps/{app['id']}/deployments")["items"]
                is_live = (each["state"] == "live" for each in done)
                last = next(each for each, live in zip(done, is_live, strict=True) if live)
                yield seen, texts[last["id"]]

    def delete_all(self):
        """Delete all apps: some themselves, others with their projects."""
        for number, (project, app) in enumerate(self._places.values()):
            what = f"apps/{app['id']}" if number % 2 else f"projects/{project['id']}"
            self.ground.ask("DELETE", what)
        self._places.clear()

    def _deck(self, cards):
        """Deal all cards in some order, again and again."""
        while True:
            yield from self._random.sample(cards, len(cards))

    def _round(self, chosen, mishap):
        begun = [self._begin(kind, fate) for kind, fate in chosen]
        events = [(self._moment(each), self._act, each) for each in begun if each.fate != "be"]
        if mishap:
            longest = max(each.kind.takes for each in begun)
            events.append((self._random.uniform(0, longest), self._kill, mishap))
        since = time.monotonic()
        for moment, act, what in sorted(events, key=lambda event: event[0]):
            time.sleep(max(0.0, since + moment - time.monotonic()))
            act(what)
        for each in begun:
            self._wait(each)
        self.say(
            f"{len(self.tries)} of {self.count}: "
            + ", ".join(f"{e.kind.name} {e.fate}: {e.deployment['state']}" for e in begun)
            + (f"; the {mishap} was killed" if mishap else "")
        )

    def _moment(self, each):
        return self._random.uniform(0, each.kind.takes)

    def _begin(self, kind, fate):
        text = f"{kind.name} number {len(self.tries)}"
        if kind.name not in self._places:
            project = self.ground.project(f"Soak {text}", kind.files(text, 0))
            self._places[kind.name] = project, self.ground.app(project, kind.plan)
        project, app = self._places[kind.name]
        self.ground.write(project, kind.files(text, self._random.randrange(100)))
        made = Try(kind, text, fate, app, self.ground.deploy(app))
        self.tries.append(made)
        return made

    def _act(self, each):
        if each.fate == "cancel":
            self.ground.ask("POST", f"deployments/{each.deployment['id']}/cancel")
        elif each.fate == "again":
            self._wait(self._begin(each.kind, "be"))
        elif each.fate == "delete":
            del self._places[each.kind.name]
            self.ground.ask("DELETE", f"apps/{each.app['id']}")

    def _kill(self, which):
        self.mishaps[which] += 1
        if which == "server":
            self.ground.kill_server()
        else:
            self.ground.kill_runner()

    def _wait(self, each):
        if each.fate != "delete":
            each.deployment = self.ground.ended(each.deployment)
        else:
            each.deployment["state"] = "deleted"


def shown(ground, app, text):
    """Wait until visitors of an app see a text."""
    until(lambda: ground.visit(app), lambda seen: seen[0] == 200 and text in seen[1], SETTLES)


def settled(ground, but=()):
    """Wait until nothing is left that nobody needs; return what still is, of other kinds."""

    def look():
        return {what: names for what, names in left(ground).items() if what not in but}

    try:
        return until(look, lambda found: not found, SETTLES)
    except AssertionError:
        return look()
