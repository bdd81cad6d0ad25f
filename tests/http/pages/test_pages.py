"""The pages that work without JupyterLab and without script."""

import asyncio
import re
from urllib.parse import unquote_plus, urlencode

import msgspec
import nbformat
import pytest

from jupyter_wove.projects import Projects, Publications, Versions
from jupyter_wove.projects.models import NewProject
from jupyter_wove.projects.publication.models import NewRemix
from jupyter_wove.projects.versions.models import NewVersion
from tests.http.pages.html import Html
from tests.unit.projects.notebooks.test_reading import REFUSED


async def test_an_empty_gallery_says_what_to_do(look):
    page = await look("")
    assert page.code == 200
    assert "Nobody has published a project yet" in Html(page).text


async def test_the_gallery_shows_what_is_published_and_nothing_else(look, do, ann, public):
    do(ann, Projects.create, NewProject("Secret draft"))
    page = Html(await look(""))
    assert "Waves" in page.text
    assert "On a string & beyond" in page.text
    assert "Secret" not in page.text
    assert any(link.endswith("/wove/@ann/waves") for link in page.links)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag=physics", True),
        ("tag=art", False),
        ("level=beginner", True),
        ("level=advanced", False),
    ],
)
async def test_the_gallery_is_filtered(look, public, query, found):
    page = Html(await look(f"?{query}"))
    assert any(link.endswith("/wove/@ann/waves") for link in page.links) is found


@pytest.mark.parametrize("order", ["trending", "new", "most-remixed", "no-such-order"])
async def test_the_gallery_has_orders(look, public, order):
    assert "Waves" in Html(await look(f"?order={order}")).text


async def test_a_cursor_that_is_none_is_refused_in_a_sentence(look):
    page = await look("?after=nonsense")
    assert page.code == 422
    assert "after: take it from" in Html(page).text


async def test_a_search_marks_the_words_and_leads_to_the_cell(look, wove, public):
    await asyncio.to_thread(wove.outbox.drain)
    page = await look("search?q=standing")
    assert "<mark>Standing</mark>" in page.body.decode()
    assert any(link.endswith("files/waves.ipynb#cell-0") for link in Html(page).links)


async def test_a_search_can_be_narrowed_by_what_was_found(look, wove, public):
    await asyncio.to_thread(wove.outbox.drain)
    page = Html(await look("search?q=print&where=cells"))
    (link,) = [each for each in page.links if "lang%3A" in each]
    assert "waves.ipynb" in Html(await look(unquote_plus(link.partition("/wove/")[2]))).text


async def test_a_search_in_code_shows_lines_and_leads_to_the_cell(look, wove, public):
    await asyncio.to_thread(wove.outbox.drain)
    page = await look("search?q=rint&where=code")
    assert "p<mark>rint</mark>(&#39;a &lt; b&#39;)" in page.body.decode()
    assert any(link.endswith("files/waves.ipynb#cell-1") for link in Html(page).links)
    assert "No line has" in Html(await look("search?q=nowhere_at_all&where=code")).text


async def test_who_types_a_pattern_is_led_to_code(look, wove, public):
    await asyncio.to_thread(wove.outbox.drain)
    page = Html(await look("search?q=/pr.nt/"))
    assert "looked for in code" in page.text
    (link,) = {each for each in page.links if each.endswith("where=code")}
    assert "1 print" in Html(await look(unquote_plus(link.partition("/wove/")[2]))).text


async def test_a_search_for_nothing_says_what_to_type(look):
    assert "Type a few words" in Html(await look("search")).text


async def test_a_profile_shows_what_somebody_published(look, public):
    page = Html(await look("@ann"))
    assert "1 project" in page.text
    assert any(link.endswith("/wove/@ann/waves") for link in page.links)


async def test_nobody_of_that_name_is_not_found(look):
    page = await look("@nobody")
    assert page.code == 404
    assert "There is nobody called nobody" in Html(page).text


async def test_a_project_page_has_everything(look, public):
    page = await look("@ann/waves")
    html = Html(page)
    for said in ("Waves", "bold", "waves.ipynb", "physics", "beginner", "Published", "@software"):
        assert said in html.text
    assert any(link.endswith(f"/lab?wove-remix={public.id}") for link in html.links)
    assert not {"script", "iframe"} & set(html.tags)


async def test_only_members_see_the_history(look, public):
    assert "Start from the template" in Html(await look("@ann/waves", "ann")).text
    assert "Start from the template" not in Html(await look("@ann/waves", "bob")).text


async def test_a_private_project_is_not_found(look, draft):
    assert (await look("@ann/waves", "ann")).code == 200
    assert (await look("@ann/waves", "bob")).code == 404
    assert (await look("@ann/waves/files/README.md", "bob")).code == 404


async def test_a_version_that_was_not_published_is_not_found(look, do, ann, public, folder_of):
    (folder_of(public) / "code.py").write_text("y = 'later'\n")
    version = do(ann, Versions.save, public.id, NewVersion("Later", None)).id
    assert "later" in Html(await look(f"@ann/waves/files/code.py?version={version}", "ann")).text
    assert (await look(f"@ann/waves/files/code.py?version={version}", "bob")).code == 404
    assert "later" not in Html(await look("@ann/waves/files/code.py", "bob")).text


async def test_a_remix_gives_credit(look, wove, do, ann, public):
    bob = wove.directory.identity("test", "bob", "Bob")
    job = do(bob, Publications.remix, public.id, NewRemix("Pipes"))
    await asyncio.to_thread(wove.jobs.wait, job.id, 20)
    assert "Remixed from\nWaves" in Html(await look("@bob/pipes", "bob")).text
    do(ann, Publications.unpublish, public.id)
    assert "a project that is gone or not shared" in Html(await look("@bob/pipes", "bob")).text


async def test_a_notebook_is_rendered(look, public):
    page = (await look("@ann/waves/files/waves.ipynb")).body.decode()
    assert '<section class="cell markdown" id="cell-0"' in page
    assert "<math " in page
    assert 'src="data:image/png;base64,' in page
    assert "&#39;a &lt; b&#39;" in page or "'a &lt; b'" in page


async def test_a_rendering_is_kept(look, wove, public, tmp_path):
    first = await look("@ann/waves/files/waves.ipynb")
    kept = list((tmp_path / "wove" / "pages").glob("*.html"))
    assert len(kept) == 1
    kept[0].write_text("kept before")
    assert "kept before" in (await look("@ann/waves/files/waves.ipynb")).body.decode()
    assert "kept before" not in first.body.decode()


async def test_outputs_that_no_tool_would_write_are_borne(look, do, ann, public, folder_of):
    outputs = [{}, {"output_type": "display_data", "data": [1]}, {"output_type": "error"}]
    outputs += [{"output_type": "stream", "text": 3}, {"data": {"image/png": {"a": 1}}}]
    cell = {"cell_type": "code", "source": "still here", "metadata": {}, "outputs": outputs}
    odd = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    (folder_of(public) / "odd.ipynb").write_bytes(msgspec.json.encode(odd))
    do(ann, Versions.save, public.id, NewVersion("Odd", None))
    page = await look("@ann/waves/files/odd.ipynb", "ann")
    assert page.code == 200
    assert "still here" in Html(page).text


async def test_a_cell_of_endless_openings_is_shown_without_formulas(
    look, do, ann, public, folder_of
):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("$a$ " * 600)])
    (folder_of(public) / "long.ipynb").write_text(nbformat.writes(notebook))
    do(ann, Versions.save, public.id, NewVersion("Long", None))
    page = await look("@ann/waves/files/long.ipynb", "ann")
    assert page.code == 200
    assert b"<math" not in page.body


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("broken.ipynb", "This notebook cannot be shown. This is not a notebook"),
        ("data.bin", "This is no text"),
        ("code.py", "x = '<b>'"),
    ],
)
async def test_every_kind_of_file_has_its_page(look, public, path, said):
    page = await look(f"@ann/waves/files/{path}")
    assert page.code == 200
    assert said in Html(page).text


@pytest.mark.parametrize(
    "path", ["none.ipynb", "%2e%2e/wove.db", "a%00b", "..%2f..%2fetc%2fpasswd"]
)
async def test_a_file_that_is_not_there_is_not_found(look, public, path):
    assert (await look(f"@ann/waves/files/{path}")).code in {400, 404}


@pytest.mark.parametrize("path", ["waves.ipynb", "code.py", "dot.png", "data.bin", "README.md"])
async def test_a_file_has_no_origin_and_loads_nothing(look, public, path):
    headers = (await look(f"@ann/waves/files/{path}")).headers
    policy = headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert policy.startswith("sandbox ")
    assert "default-src 'none'" in policy
    assert "img-src data:;" in policy
    for freedom in ("allow-scripts", "allow-same-origin", "allow-forms", "script-src"):
        assert freedom not in policy


@pytest.mark.parametrize("path", ["", "search?q=x", "@ann", "@ann/waves", "nothing", "@nobody"])
async def test_no_page_may_run_a_script(look, public, path):
    headers = (await look(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path", ["", "search?q=x", "@ann", "@ann/waves", "@ann/waves/files/code.py"]
)
async def test_nobody_is_sent_to_sign_in_and_back(look, public, path):
    page = await look(path, headers={"Authorization": ""})
    assert page.code == 302
    assert "/login?next=" in page.headers["Location"]
    assert "wove" in page.headers["Location"]


async def test_a_page_is_not_sent_twice(look, public):
    page = await look("@ann/waves/files/code.py")
    assert page.headers["Cache-Control"] == "private, no-cache"
    again = await look("@ann/waves/files/code.py", headers={"If-None-Match": page.headers["ETag"]})
    assert again.code == 304


async def test_a_style_sheet_is_kept_for_ever_and_for_anybody(look, ask_as_nobody):
    sheet = re.search(rb"wove/static/\w+/wove.css", (await look("")).body)[0].decode()
    answer = await ask_as_nobody("GET", sheet)
    assert answer.code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert (await ask_as_nobody("GET", "wove/static/0/other.css")).code == 404


async def test_an_address_that_is_none_is_not_found(look):
    assert (await look("no/such/page")).code == 404


@pytest.fixture
def submit(ask, jp_base_url):
    """Send a form as a browser does: with the cookies of somebody signed in, and the token."""

    async def sent(path, token="own", **fields):
        cookies = {}
        for each in (await ask("GET", "wove/")).headers.get_list("Set-Cookie"):
            cookies.update([each.partition(";")[0].split("=", 1)])
        written = "; ".join(f"{name}={value}" for name, value in cookies.items())
        headers = {"Authorization": "", "Cookie": written}
        page = await ask("GET", path, headers=headers)
        for each in page.headers.get_list("Set-Cookie"):
            headers["Cookie"] += "; " + each.partition(";")[0]
        own = re.search(rb'name="_xsrf" value="([^"]+)"', page.body)[1].decode()
        if token:
            fields["_xsrf"] = own if token == "own" else token
        return await ask("POST", f"{path}/star", body=urlencode(fields), headers=headers)

    return sent


async def test_a_form_puts_a_star_and_takes_it_back(look, submit, public):
    done = await submit("wove/@ann/waves", starred="yes")
    assert done.code == 303
    assert done.headers["Location"].endswith("/wove/@ann/waves")
    assert "★ Starred" in Html(await look("@ann/waves")).text
    await submit("wove/@ann/waves", starred="no")
    assert "☆ Star " in Html(await look("@ann/waves")).text


@pytest.mark.parametrize("token", ["", "wrong", "2|a|b|1"])
async def test_a_form_from_elsewhere_is_refused(look, submit, public, token):
    assert (await submit("wove/@ann/waves", token=token, starred="yes")).code == 403
    assert "☆ Star " in Html(await look("@ann/waves")).text


async def test_a_star_cannot_be_put_by_reading(look, public):
    assert (await look("@ann/waves/star")).code == 405


async def test_members_compare_versions_and_strangers_do_not(look, do, ann, public, folder_of):
    (folder_of(public) / "code.py").write_text("x = 'changed'\n")
    notebook = folder_of(public) / "waves.ipynb"
    notebook.write_text(notebook.read_text().replace("a < b", "b > a"))
    version = do(ann, Versions.save, public.id, NewVersion("Change", None)).id
    path = f"@ann/waves/versions/{public.published_version}..{version}"
    page = await look(path, "ann")
    assert "<ins>x = &#39;changed&#39;</ins>" in page.body.decode()
    assert "<del>print(&#39;a &lt; b&#39;)</del>" in page.body.decode()
    assert (await look(path, "bob")).code == 403
    assert (
        "the files as they are now"
        in Html(await look(f"{path.partition('..')[0]}..working", "ann")).text
    )
    assert (await look(f"@ann/waves/versions/{'0' * 40}..{version}", "ann")).code == 404


async def test_what_is_no_notebook_says_why_it_is_not_shown(look, do, ann, public, folder_of):
    for number, (content, *_) in enumerate(REFUSED):
        (folder_of(public) / f"{number}.ipynb").write_bytes(content)
    do(ann, Versions.save, public.id, NewVersion("Malformed", None))
    for number in range(len(REFUSED)):
        text = Html(await look(f"@ann/waves/files/{number}.ipynb", "ann")).text
        assert "This notebook cannot be shown. " in text or "larger than 25 MB" in text, number
