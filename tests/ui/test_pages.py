"""The pages in Chromium: light and dark, wide and narrow, and with hostile contents."""

import json
from itertools import cycle, pairwise
from urllib.parse import quote

import nbformat
import pytest
from playwright.sync_api import expect

from tests.corpora.xss import SHORT, STRINGS
from tests.ui.conftest import ANN, BOB
from tests.ui.servers import ROOT

AXE = ROOT / "labextension" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = {
    "gallery": "wove/",
    "no-project-fits": "wove/?tag=nothing",
    "search": "wove/search?q=standing",
    "nothing-found": "wove/search?q=xylophone",
    "found-code": "wove/search?q=return&where=code",
    "no-line": "wove/search?q=xylophone&where=code",
    "person": "wove/@ann",
    "nobody": "wove/@nobody",
    "project": "wove/@ann/standing-waves",
    "remix": "wove/@bob/waves-in-pipes",
    "notebook": "wove/@ann/standing-waves/files/waves.ipynb",
    "text": "wove/@ann/standing-waves/files/waves.py",
}
WINDOWS = [(1400, 900), (900, 600), (390, 800)]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="9"><path d="M0 0h99v9z"/></svg>'


def shown(**data):
    return nbformat.v4.new_output("display_data", data=data)


def printed(text, name="stdout"):
    return nbformat.v4.new_output("stream", text=text, name=name)


def code(source, *outputs):
    return nbformat.v4.new_code_cell(source, outputs=list(outputs), execution_count=1)


def text(source):
    return nbformat.v4.new_markdown_cell(source)


def waves():
    table = "<table border=1><tr><th>n</th><th>Hz</th></tr><tr><td>1</td><td>110</td></tr></table>"
    widget = {
        "application/vnd.jupyter.widget-view+json": {"model_id": "x"},
        "text/plain": "Slider",
    }
    error = nbformat.v4.new_output(
        "error", ename="ValueError", evalue="no", traceback=["\x1b[31mValueError\x1b[0m: no"]
    )
    return nbformat.v4.new_notebook(
        cells=[
            text("# Standing waves\n\nOn a string, $f_n = \\frac{n v}{2 L}$:\n\n$$\\sum_n a_n$$"),
            code("import math\n\n\ndef f(n):\n    return n * 110  # Hz", printed("ready\n")),
            code("table", shown(**{"text/html": table, "text/plain": "table"})),
            code("plot", shown(**{"image/svg+xml": SVG, "text/plain": "<Figure>"})),
            code("slider", shown(**widget)),
            code("f(x)", printed("careful\n", "stderr"), error),
            *(text(f"## Part {n}\n\n" + "Words about waves. " * 40) for n in range(10)),
        ]
    )


def hostile():
    """Every hostile text in every place that a notebook has."""
    cells = [text(each) for each in STRINGS]
    kinds = ("text/html", "text/markdown", "text/latex", "text/plain", "image/svg+xml")
    for each in STRINGS:
        outputs = [shown(**{kind: each}) for kind in kinds]
        cells.append(code(each, printed(each), *outputs))
    return nbformat.v4.new_notebook(cells=cells)


def make(server, name, title, files):
    """Make a public project with these files; return it."""
    project = server.ask("wove/api/projects", {"title": title}, name=name)
    for path, content in files.items():
        place = server.root / project["folder"] / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)
    address = f"wove/api/projects/{project['id']}"
    server.ask(f"{address}/versions", {"message": "Add the files"}, name=name)
    return server.ask(f"{address}/publish", {}, name=name)


@pytest.fixture(scope="module")
def shared(shared_lab):
    """The shared server with a project of Ann's, which Bob remixed."""
    files = {
        "waves.ipynb": nbformat.writes(waves()),
        "waves.py": "def f(n):\n    return 'a wave' * n\n",
        "README.md": "# Standing waves\n\nOpen *waves.ipynb*.\n\n| n | Hz |\n|---|---|\n| 1 | 9 |",
    }
    project = make(shared_lab, ANN, "Standing waves", files)
    remix = shared_lab.ask(
        f"wove/api/projects/{project['id']}/remix", {"title": "Waves in pipes"}, name=BOB
    )
    made = shared_lab.wait_for_job(remix, name=BOB)
    shared_lab.ask(f"wove/api/projects/{made['project_id']}/publish", {}, name=BOB)
    return shared_lab


def watch(page, server):
    """Collect what no page may do: ask elsewhere, open a dialog."""
    seen = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((server.url, "data:")) else seen.append(request.url)
        ),
    )
    return seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: f"{window[0]}x{window[1]}")
def test_every_page_fits_its_window(shared, sign_in, keep_picture, scheme, window):
    size = {"width": window[0], "height": window[1]}
    page = sign_in(ANN, viewport=size, color_scheme=scheme)
    for name, path in PAGES.items():
        page.goto(f"{shared.url}/{path}")
        keep_picture(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= window[0], name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(shared, sign_in, scheme):
    page = sign_in(ANN, color_scheme=scheme, bypass_csp=True)
    for name, path in [*PAGES.items(), ("compare", _comparison(shared))]:
        page.goto(f"{shared.url}/{path}")
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")["violations"]
        serious = [each for each in found if each["impact"] in {"serious", "critical"}]
        said = [(each["id"], each["nodes"][0]["html"][:200]) for each in serious]
        assert said == [], name


def test_members_see_what_changed_between_versions(shared, sign_in, keep_picture):
    page = sign_in(ANN, _comparison(shared))
    expect(page.get_by_role("heading", name="Changes")).to_be_visible()
    expect(page.locator("ins").first).to_be_visible()
    keep_picture(page, "compare")


def _comparison(server):
    project = server.ask("wove/api/people/ann/projects/standing-waves", name=ANN)
    page = server.ask(f"wove/api/projects/{project['id']}/versions?kind=named", name=ANN)
    new, old = (version["id"] for version in page["items"][:2])
    return f"wove/@ann/standing-waves/versions/{old}..{new}"


def test_without_script_a_project_is_found_read_and_starred(shared, sign_in):
    project = shared.ask("wove/api/people/ann/projects/standing-waves", name=ANN)
    shared.ask(f"wove/api/projects/{project['id']}/star", name=BOB, method="DELETE")
    page = sign_in(BOB, java_script_enabled=False)
    page.get_by_role("searchbox").fill("standing")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Standing waves").first.click()
    page.goto(f"{shared.url}/{PAGES['project']}")
    page.get_by_role("button", name="Star", pressed=False).click()
    expect(page.get_by_role("button", name="Starred 1", pressed=True)).to_be_visible()
    page.get_by_role("button", name="Starred 1").click()
    expect(page.get_by_role("button", name="Star 0", pressed=False)).to_be_visible()


def test_a_link_to_a_cell_leads_there(shared, sign_in):
    page = sign_in(BOB)
    page.goto(f"{shared.url}/{PAGES['notebook']}#cell-14")
    expect(page.locator("#cell-14")).to_be_in_viewport()
    expect(page.locator("#cell-0")).not_to_be_in_viewport()


def test_a_notebook_has_no_origin(shared, sign_in):
    page = sign_in(BOB)
    page.goto(f"{shared.url}/{PAGES['notebook']}")
    assert page.evaluate("self.origin") == "null"
    for secret in ("document.cookie", "localStorage.length"):
        taken = f"(() => {{ try {{ return {secret} }} catch (e) {{ return e.name }} }})()"
        assert page.evaluate(taken) == "SecurityError"


def test_a_tab_opened_from_a_notebook_is_not_held_back(shared, sign_in):
    page = sign_in(BOB)
    page.goto(f"{shared.url}/{PAGES['notebook']}")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Gallery").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("self.origin") == shared.url


def test_a_file_can_be_kept(shared, sign_in):
    page = sign_in(BOB)
    page.goto(f"{shared.url}/{PAGES['notebook']}")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download").click()
    assert json.loads(kept.value.path().read_text())["nbformat"] == 4


def test_a_page_is_looked_at_after_signing_in(shared, open_window):
    page = open_window()
    page.goto(f"{shared.url}/{PAGES['project']}")
    page.fill("input[name=password]", shared.token(BOB))
    page.locator("#login_submit").click()
    expect(page.get_by_role("heading", name="Standing waves", level=1).first).to_be_visible()


@pytest.fixture(scope="module")
def hostile_notebook(shared):
    project = make(shared, ANN, "Hostile", {"hostile.ipynb": nbformat.writes(hostile())})
    return f"{shared.url}/wove/@ann/{project['slug']}/files/hostile.ipynb"


@pytest.mark.parametrize("guarded", [True, False], ids=["sandboxed", "only-sanitised"])
def test_a_hostile_notebook_does_nothing(shared, sign_in, hostile_notebook, guarded):
    page = sign_in(BOB, bypass_csp=not guarded)
    seen = watch(page, shared)
    page.goto(hostile_notebook)
    expect(page.locator(f"#cell-{2 * len(STRINGS) - 1}")).to_be_attached()
    assert page.evaluate("window.__xss") is None
    assert page.locator("script, iframe, object, embed, form, style, base").count() == 0
    assert seen == []


def test_a_hostile_project_does_nothing(shared, sign_in):
    readme = "\n\n".join(STRINGS)
    names = {f"{n}-{each.replace('/', '')[:60]}": "x" for n, each in enumerate(SHORT[:60])}
    project = make(shared, ANN, "Plain", {"README.md": readme, **_writable(names)})
    page = sign_in(BOB, bypass_csp=True)  # so that only what is escaped is safe
    seen = watch(page, shared)
    for title, licence in zip(packed(120)[:12], cycle(packed(60)), strict=False):
        shared.ask(
            f"wove/api/projects/{project['id']}",
            {"title": title, "description": title, "licence": licence},
            name=ANN,
            method="PATCH",
            headers={"If-Match": "*"},
        )
        for path in (f"wove/@ann/{project['slug']}", "wove/", "wove/@ann"):
            page.goto(f"{shared.url}/{path}")
            assert page.evaluate("window.__xss") is None
            assert page.locator("script, iframe, object, embed, base").count() == 0
    assert seen == []


def packed(limit):
    """Join the hostile texts until each lot of them fills a field."""
    lots = [""]
    for each in SHORT:
        if len(lots[-1]) + len(each) >= limit:
            lots.append("")
        lots[-1] += f"{each} "
    return [lot.strip() for lot in lots if "\0" not in lot]


@pytest.fixture
def harmless(shared, sign_in):
    """Look at pages where only what is escaped is safe; see that nothing runs or is loaded."""
    page = sign_in(BOB, bypass_csp=True)
    seen = watch(page, shared)

    def looked(path):
        page.goto(f"{shared.url}/{path}")
        assert page.evaluate("window.__xss") is None, path
        assert page.locator("script, iframe, object, embed, base, img").count() == 0, path
        assert seen == [], path
        return page

    return looked


def test_hostile_names_and_words_about_oneself_do_nothing(shared, harmless):
    project = make(shared, ANN, "Of a hostile person", {"a.txt": "a"})
    try:
        for name, bio in zip(packed(120)[:25], cycle(packed(500)), strict=False):
            said = {"name": name, "bio": bio}
            shared.ask("wove/api/me", said, name=ANN, method="PATCH")
            assert harmless("wove/@ann").locator("p.bio").text_content() == bio
            harmless("wove/")
            harmless(f"wove/@ann/{project['slug']}")
    finally:
        said = {"name": ANN, "bio": ""}
        shared.ask("wove/api/me", said, name=ANN, method="PATCH")


def test_hostile_messages_of_versions_do_nothing(shared, harmless):
    project = make(shared, BOB, "Hostile messages", {"a.txt": "a"})
    address = f"wove/api/projects/{project['id']}/versions"
    messages = packed(80)[:30]
    ids = [shared.ask(address, {"message": each}, name=BOB)["id"] for each in messages]
    address = f"wove/@bob/{project['slug']}"
    page = harmless(address)
    first = page.locator(".versions a").first.text_content()
    assert first == messages[-1].split("\n")[0]
    for old, new in pairwise(ids):
        harmless(f"{address}/versions/{old}..{new}")
    harmless(f"{address}?history=all")


def test_hostile_changes_between_versions_do_nothing(shared, harmless):
    files = {"a.txt": "\n".join(STRINGS), "a.ipynb": nbformat.writes(hostile())}
    project = make(shared, BOB, "Hostile changes", files)
    folder = shared.root / project["folder"]
    (folder / "a.txt").write_text("x\n" + "\n\n".join(f"{each}!" for each in STRINGS))
    (folder / "a.ipynb").write_text(nbformat.writes(nbformat.v4.new_notebook()))
    versions = f"{project['published_version']}..working"
    address = f"wove/@bob/{project['slug']}/versions/{versions}"
    page = harmless(address)
    assert page.locator(".cell-change.removed").count() > len(STRINGS)
    harmless(f"{address}?path=a.txt")


def test_hostile_cells_that_are_found_do_nothing(shared, harmless):
    cells = [text(f"needle {each}") for each in SHORT]
    found = nbformat.writes(nbformat.v4.new_notebook(cells=cells))
    make(shared, ANN, "Haystack", {"needles.ipynb": found})
    for _ in range(40):  # the index follows a moment later
        page = harmless("wove/search?q=needle&where=cells")
        if page.locator("mark").count():
            break
        page.wait_for_timeout(250)
    expect(page.locator("mark").first).to_be_visible()
    for _ in range(4):
        more = page.get_by_role("link", name="More results").get_attribute("href")
        page = harmless(more.lstrip("/"))
    assert page.locator(".hits li").count() > 0
    for word in ("needle", "<script", "<img", "onerror="):
        lines = harmless(f"wove/search?q={quote(word)}&where=code").locator(".hits code")
        expect(lines.filter(has_text=word).locator("mark").first).to_be_visible()


def test_hostile_addresses_and_searches_do_nothing(harmless):
    for each in packed(100)[:30]:
        written = quote(each, safe="")
        page = harmless(f"wove/search?q={written}")
        assert page.locator("#q").input_value() == each.replace("\n", "")
        harmless(f"wove/?tag={written}&after={written}")
        harmless(f"wove/@{written}")
        harmless(f"wove/@ann/standing-waves?version={written}")


def _writable(names):
    return {name: text for name, text in names.items() if name.isprintable() and name.isascii()}
