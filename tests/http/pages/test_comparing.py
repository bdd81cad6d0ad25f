"""Versions compared on a page."""

from jupyter_wove.projects import Versions
from jupyter_wove.projects.versions.models import NewVersion


async def test_a_renamed_file_is_compared_with_what_it_was(look, do, ann, public, folder_of):
    folder = folder_of(public)
    notebook = (folder / "waves.ipynb").read_text()
    (folder / "waves.ipynb").unlink()
    (folder / "tides.ipynb").write_text(notebook.replace("a < b", "b > a"))
    version = do(ann, Versions.save, public.id, NewVersion("Rename", None)).id
    path = f"@ann/waves/versions/{public.published_version}..{version}"
    for address in (path, f"{path}?path=tides.ipynb"):
        page = (await look(address, "ann")).body.decode()
        assert "was waves.ipynb" in page
        assert "<del>print(&#39;a &lt; b&#39;)</del>" in page
        assert "<ins>print(&#39;b &gt; a&#39;)</ins>" in page
        assert "Standing" not in page  # the other cell is the same


async def test_a_path_that_leads_elsewhere_was_no_name_of_a_file(look, public):
    asked = f"base={public.published_version}&path=code.py&old_path=../../secret"
    answer = await look(f"api/projects/{public.id}/diff?{asked}", "ann")
    assert answer.code == 400
