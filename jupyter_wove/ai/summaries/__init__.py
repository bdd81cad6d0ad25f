"""What was said in long chats, in short: models can be told only so much."""

from jupyter_wove.ai.summaries.asking import summary_request
from jupyter_wove.ai.summaries.service import Summaries, Summary

__all__ = ["Summaries", "Summary", "summary_request"]
