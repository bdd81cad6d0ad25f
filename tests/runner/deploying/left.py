"""What a runner has left on its engine, on the disk and in the database beyond what it needs."""

import json
import os
import sqlite3
import subprocess

FORMS = {  # how each thing is listed: its name, and the labels that say whose it is
    "containers": ["ps", "-a"],
    "networks": ["network", "ls"],
    "volumes": ["volume", "ls"],
}
IDS = {"containers": "{{.ID}}", "networks": "{{.Name}}", "volumes": "{{.Name}}"}
LABELS = ("app", "release", "job", "role")
SERVING = {"egress", "uplink", "cache"}  # the way out, and what was downloaded for an owner


def left(ground):
    """List what nobody needs any more, by what it is; nothing where all is well."""
    records = [json.loads(path.read_text()) for path in _below(ground, "serving/apps", "*.json")]
    found = {
        **_on_engine(ground, _running(records)),
        "images": _images(ground, records),
        "sites": _sites(ground, records),
        "files": _files(ground),
        "rows": _rows(ground),
        "processes": [" ".join(each.cmdline()[:4]) for each in _strays(ground)],
    }
    return {what: names for what, names in found.items() if names}


def kept(ground):
    """Count what stays on the engine for the next deployments, by what it is."""
    tags = _listed(ground, "images", "{{.Repository}}")
    counts = {"environments": tags.count("wove-env")}
    for what in FORMS:
        for _, labels in _labelled(ground, what):
            if (role := labels["role"]) in SERVING:
                counts[role] = counts.get(role, 0) + 1
    return counts


def cleared(ground):
    """Remove all that is on the engine, images of apps among it."""
    removed = {"containers": ["rm", "-fv"], "networks": ["network", "rm"]}
    removed["volumes"] = ["volume", "rm"]
    for what, command in removed.items():
        if names := [name for name, _ in _labelled(ground, what)]:
            docker(ground, *command, *names)
    for image in _listed(ground, "images", "{{.Repository}}:{{.Tag}}"):
        docker(ground, "rmi", image)


def docker(ground, *command):
    """Ask the engine by its own client, which knows nothing of ours."""
    environment = os.environ | {"DOCKER_HOST": ground.docker}
    run = subprocess.run(
        ["docker", *command], env=environment, check=True, capture_output=True, text=True
    )
    return run.stdout.splitlines()


def _running(records):
    """Say which containers there should be: one for each live app that is no site."""
    live = {
        (record["app"]["id"], each["id"])
        for record in records
        for each in record["releases"]
        if record["state"] == "live" and each["id"] == record["live"] and each["image"]
    }
    return dict.fromkeys(live, 1)


def _on_engine(ground, running):
    found = {}
    for what in FORMS:
        wanted, rest = dict(running), []
        for name, labels in _labelled(ground, what):
            whose = labels["app"], labels["release"]
            if labels["role"] in SERVING:
                continue
            if labels["role"] == "app" and wanted.pop(whose, 0):
                continue
            rest.append(f"{name} {labels}")
        found[what] = rest
    return found


def _labelled(ground, what):
    """List all of something that the runner made, with its labels."""
    form = "\t".join([IDS[what], *(f'{{{{.Label "wove.{each}"}}}}' for each in LABELS)])
    command = [*FORMS[what], "--filter", f"label=wove.runner={ground.runner}", "--format", form]
    rows = [line.split("\t") for line in docker(ground, *command)]
    return [(name, dict(zip(LABELS, values, strict=True))) for name, *values in rows]


def _listed(ground, what, form):
    of_ours = ["--filter", f"label=wove.runner={ground.runner}"]
    return docker(ground, what, *of_ours, "--format", form)


def _images(ground, records):
    """List images of apps that no release is made of, and those that have lost their name."""
    named = {each["image"] for record in records for each in record["releases"]}
    found = _listed(ground, "images", "{{.Repository}}:{{.Tag}}")
    return [each for each in found if not each.startswith("wove-env:") and each not in named]


def _sites(ground, records):
    named = {each["site"] for record in records for each in record["releases"]}
    return [path.name for path in _below(ground, "sites", "[!.]*") if path.name not in named]


def _files(ground):
    drafts = [*_below(ground, "builds", "*"), *_below(ground, "sites/.drafts", "*")]
    return [*map(str, drafts + _temporary(ground)), *_let_out(ground)]


def _temporary(ground):
    """List temporary files, but for the folder of the runner's socket, and one of Jupyter's."""
    folder = ground.server.folder / "uploads"
    return [each for each in folder.glob("[!j]*") if each.name != ground.runner]


def _let_out(ground):
    """List the addresses that are let out although no network has them."""
    lists = _below(ground, "egress", "list.json")
    subnets = {each for path in lists for each in json.loads(path.read_text())}
    names = [name for name, _ in _labelled(ground, "networks")]
    form = "{{range .IPAM.Config}}{{.Subnet}}{{end}}"
    there = docker(ground, "network", "inspect", "--format", form, *names) if names else []
    return [f"{each} is let out" for each in subnets - set(there)]


def _rows(ground):
    """List what the database says is still under way."""
    return [
        *_asked(ground, "SELECT 'deployment', state FROM app_deployment WHERE ended IS NULL"),
        *_asked(
            ground,
            "SELECT 'job', state FROM job WHERE kind = 'deploy.release' AND finished IS NULL",
        ),
    ]


def _strays(ground):
    runners = {each.pid for each in ground.runners()}
    return [each for each in ground.processes() if each.pid not in runners]


def _asked(ground, question):
    with sqlite3.connect(ground.server.data / "wove.db") as database:
        return database.execute(question).fetchall()


def _below(ground, folder, pattern):
    return sorted((ground.state / folder).glob(pattern))
