from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest

from jupyter_wove.kit.markdown import LONGEST, headline, to_html
from tests.corpora.xss import SHORT, STRINGS


class Page(HTMLParser):
    """The elements and attributes that a browser would see."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.attributes = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *attribute) for attribute in attrs]


KNOWN = {"href", "title", "rel", "class", "src", "alt", "width", "height", "start", "style"}


def test_the_corpus_is_large_enough():
    assert len(set(STRINGS)) >= 150
    assert len(set(SHORT)) >= 150


@pytest.mark.parametrize("text", STRINGS, ids=range(len(STRINGS)))
def test_nothing_of_a_hostile_text_runs_or_calls_home(text):
    page = Page(to_html(text))
    assert not {"script", "style", "iframe", "svg", "math", "form", "base"} & set(page.tags)
    assert {name for _, name, _ in page.attributes} <= KNOWN
    for tag, name, value in page.attributes:
        if name == "href":
            assert value.split(":")[0] in {"http", "https", "mailto"} or ":" not in value
        if name == "src":
            assert tag == "img"
            assert urljoin("http://here.test/a/", value).startswith("http://here.test/a/")
            assert "\\" not in value
        if name == "style":
            assert value.startswith("text-align:")


def test_common_markdown_is_kept():
    html = to_html(
        "# Waves\n\nSome *text* with `code`.\n\n| a |\n|:-:|\n| 1 |\n\n```python\nx\n```\n"
    )
    assert "<h1>Waves</h1>" in html
    assert "<em>text</em>" in html
    assert '<th style="text-align:center">a</th>' in html
    assert '<code class="language-python">x' in html


def test_harmless_html_is_kept():
    text = "<details><summary>More</summary>H<sub>2</sub>O</details>"
    assert to_html(text).strip() == text


def test_a_link_gives_away_nothing_and_gains_nothing():
    assert to_html("[x](https://example.org)") == (
        '<p><a href="https://example.org" rel="noopener nofollow">x</a></p>\n'
    )


def test_an_image_of_the_project_is_loaded_from_where_the_page_says():
    html = to_html("![a](img/a.png)", place=lambda path: f"/raw/{path}")
    assert 'src="/raw/img/a.png"' in html
    assert "src" not in to_html("![a](img/a.png)", place=lambda path: None)


@pytest.mark.parametrize("address", ["https://e.org/x.png", "//e.org/x.png", "/x.png", "data:,x"])
def test_an_image_from_elsewhere_leaves_its_description(address):
    assert to_html(f"![a wave]({address})") == '<p><img alt="a wave"></p>\n'


def test_the_same_text_gives_the_same_html():
    text = "\n\n".join(text for text in STRINGS if len(text) < 200)
    assert to_html(text) == to_html(text)


def test_a_text_that_is_too_long_says_so():
    assert "too long" in to_html("a " * LONGEST)
    assert "too long" not in to_html("a")


def test_a_text_of_tags_only_is_shown_as_it_is_written():
    assert "&lt;div&gt;" in to_html("<div>" * 20_000)


def test_a_headline_is_read_without_markup():
    text = "![badge](x)\n\n# The *wave* `lab`\n\n<b>Learn</b> how [waves](x)\nmove.\n\nMore.\n"
    assert headline(text) == ("The wave lab", "Learn how waves move.")
    assert headline("") == (None, None)


@pytest.mark.parametrize("text", STRINGS, ids=range(len(STRINGS)))
def test_a_headline_is_found_in_anything(text):
    title, first = headline(text)
    assert title is None or title
    assert first is None or first
