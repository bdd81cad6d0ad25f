"""Agents go on with what was answered, also where chats begin after Wove was opened."""

from jupyter_wove_server.serving import Serving

from jupyter_wove.settings import Wove as Settings


def test_chats_that_begin_later_hear_of_answers(tmp_path):
    serving = Serving(Settings(data_dir=str(tmp_path / "data")), tmp_path)
    try:
        wove, heard = serving.wove, []
        wove.go_on("early.chat")
        serving.go_on = heard.append
        wove.go_on("late.chat")
        assert heard == ["late.chat"]
    finally:
        serving.close()
