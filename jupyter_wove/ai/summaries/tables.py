"""What was said in chats, in short."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from jupyter_wove.kit.columns import Moment
from jupyter_wove.kit.database import Table


class SummaryRow(Table):
    """The messages of a chat up to one of them, in short. The messages themselves stay."""

    __tablename__ = "ai_summary"

    chat: Mapped[str] = mapped_column(String(255), primary_key=True)  # the name of its room
    until: Mapped[str] = mapped_column(String(64))  # the last message that is in it
    content: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment] = mapped_column(index=True)
