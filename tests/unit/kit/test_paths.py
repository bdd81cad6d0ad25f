import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_wove.kit.errors import BadRequest
from jupyter_wove.kit.paths import checked, inside, safe_name, shown, twin
from tests.corpora.paths import HARMLESS, REFUSED, TWINS


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: shown(path, 40))
def test_a_hostile_path_is_refused_in_one_visible_line(tmp_path, path):
    with pytest.raises(BadRequest) as refusal:
        inside(tmp_path, path)
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 500
    assert str(tmp_path) not in str(refusal.value)


@pytest.mark.parametrize("path", HARMLESS, ids=lambda path: shown(path, 40))
def test_an_odd_name_stays_inside_as_it_is_written(tmp_path, path):
    found = inside(tmp_path, path)
    assert found == tmp_path / path
    assert found.resolve().is_relative_to(tmp_path)


@given(st.text(max_size=60))
def test_no_text_leads_outside(tmp_path_factory, text):
    root = tmp_path_factory.getbasetemp() / "root"
    root.mkdir(exist_ok=True)
    try:
        found = inside(root, text)
    except BadRequest:
        return
    assert found.resolve().is_relative_to(root)
    assert found != root


def test_a_link_that_leaves_the_folder_is_refused(tmp_path):
    root = tmp_path / "root"
    (tmp_path / "root-sibling").mkdir()
    root.mkdir()
    (root / "out").symlink_to("../root-sibling")
    with pytest.raises(BadRequest, match="leads out"):
        inside(root, "out/file.txt")


def test_a_link_that_stays_in_the_folder_is_followed(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to("data")
    assert inside(tmp_path, "link/a.csv") == tmp_path / "link" / "a.csv"


def test_a_link_to_the_folder_itself_is_refused(tmp_path):
    (tmp_path / "me").symlink_to(".")
    with pytest.raises(BadRequest):
        inside(tmp_path, "me")


def test_a_loop_of_links_is_refused(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(BadRequest):
        inside(tmp_path, "a")


def test_a_root_behind_a_link_works(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "alias").symlink_to("real")
    assert inside(tmp_path / "alias", "a.txt") == tmp_path / "real" / "a.txt"


def test_a_checked_path_needs_no_folder():
    assert checked("a/b.txt").parts == ("a", "b.txt")


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_share_a_key(one, other):
    assert one != other
    assert twin(one) == twin(other)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Wave physics!", "wave-physics"),
        ("  Über   die Wellen ", "über-die-wellen"),
        ("../../etc", "etc"),
        (".hidden", "hidden"),
        ("Con", "con-project"),
        ("LPT¹", "lpt1-project"),
        ("", "untitled"),
        ("!!!", "untitled"),
        ("हिन्दी पाठ", "हिन्दी-पाठ"),
        ("数据分析 2026", "数据分析-2026"),
        ("snake_case_name", "snake-case-name"),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_title_becomes_a_folder_name(title, name):
    assert safe_name(title) == name


@given(st.text(max_size=120))
def test_every_text_becomes_a_name_that_a_folder_can_have(text):
    name = safe_name(text)
    assert 0 < len(name) <= 60
    assert safe_name(name) == name
    assert checked(name).parts == (name,)
