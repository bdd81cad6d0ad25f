"""What can be asked about a cell by the press of a button, and what that means to a model."""

TASKS = {
    "explain": """\
Explain the cell where the person is: what it does, and how. Change nothing.""",
    "fix": """\
Find out why the cell where the person is fails, say it in a sentence, and suggest with edit_cell
what mends it: as little as possible.""",
    "improve": """\
Suggest with edit_cell a plainer or faster cell that does the same as the one where the person is,
and say what is better. If there is nothing to improve, say so.""",
    "document": """\
Suggest with insert_cell a short Markdown cell before the one where the person is, which says what
it is for, and with edit_cell docstrings and comments where they help.""",
    "test": """\
Suggest with insert_cell a code cell behind the one where the person is, which tests what that
defines by plain assertions, and can be run again and again.""",
}


def wanted(task: str) -> str:
    """Say what a task means; nothing for one that nobody knows."""
    return f"What is wanted: {TASKS[task]}" if task in TASKS else ""
