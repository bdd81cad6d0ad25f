"""Comments: what people say about a document, beside it and anchored in it."""

from jupyter_wove.collaboration.comments.models import (
    Anchor,
    CommentMentioned,
    Discussion,
    Found,
    NewMessage,
    NewThread,
    Quote,
    Thread,
)
from jupyter_wove.collaboration.comments.service import Comments

__all__ = [
    "Anchor",
    "CommentMentioned",
    "Comments",
    "Discussion",
    "Found",
    "NewMessage",
    "NewThread",
    "Quote",
    "Thread",
]
