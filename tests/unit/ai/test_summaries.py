"""What was said in long chats is kept in short."""

from jupyter_wove.ai import Summaries, summary_request


def test_a_newer_summary_takes_the_place_of_the_one_before(wove):
    summaries = Summaries(wove.units)
    assert summaries.of("text:chat:1") is None
    summaries.keep("text:chat:1", "m1", "They greeted.")
    summaries.keep("text:chat:1", "m9", "They greeted, and spoke of waves.", "m1")
    summaries.keep("text:chat:2", "m2", "Nothing.")
    found = summaries.of("text:chat:1")
    assert (found.until, found.text) == ("m9", "They greeted, and spoke of waves.")
    summaries.forget_old()
    assert summaries.of("text:chat:1") == found


def test_what_goes_on_from_a_summary_that_is_gone_is_not_kept(wove):
    summaries = Summaries(wove.units)
    summaries.keep("text:chat:1", "m1", "They greeted.")
    summaries.keep("text:chat:1", "m3", "They waved.")  # as if there were none
    assert summaries.of("text:chat:1").until == "m1"
    summaries.forget("text:chat:1")
    summaries.keep("text:chat:1", "m9", "They greeted, and spoke of waves.", "m1")
    assert summaries.of("text:chat:1") is None


def test_the_one_before_goes_into_the_next_and_no_secret_does():
    request = summary_request("smart", "They greeted.", ["Ann: password = 'hunter2hunter2'"])
    told = request["messages"][-1]["content"]
    assert told.startswith("In short, what came before:\nThey greeted.")
    assert "hunter2" not in told
