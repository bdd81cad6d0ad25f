"""What a model reads of a document."""

from jupyter_wove.search.engines import Document
from jupyter_wove.search.engines.preparing import LONGEST, MOST, readable, texts


def test_names_in_code_are_read_as_their_words():
    assert readable("df2 = train_test_split(XTrain, RandomForest())") == (
        "df 2 train test split X Train Random Forest"
    )


def test_a_cell_is_read_under_its_heading():
    cell = Document("cell", label="Cleaning", source="rows = table.dropna(axis=0)")
    assert texts(cell) == ["Cleaning\nrows table dropna axis"]


def test_a_page_is_read_with_all_that_it_says():
    page = Document("project", title="Waves", tags="audio", description="Hear them.", markdown="x")
    assert texts(page) == ["Waves\nWaves\nHear them.\naudio\nx"]


def test_a_long_file_is_read_in_several_texts_each_with_its_name():
    file = Document("file", title="notes.md", folder="docs", markdown="some words here\n" * 1000)
    read = texts(file)
    assert len(read) == MOST
    assert all(each.startswith("docs/notes.md\nsome") for each in read)
    assert all(len(each) <= LONGEST for each in read)


def test_nothing_is_lost_between_two_texts():
    words = " ".join(f"word{number}" for number in range(400))
    read = texts(Document("file", title="a.txt", markdown=words))
    assert " ".join(each.removeprefix("a.txt\n") for each in read) == words


def test_a_word_without_end_is_cut_all_the_same():
    assert len(texts(Document("file", title="a", markdown="one two " + "x" * 3000))) == 4


def test_what_says_next_to_nothing_is_not_read():
    assert texts(Document("cell", label="Setup", source="df")) == []
    assert texts(Document("file", title="empty.py")) == []
