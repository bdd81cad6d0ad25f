"""What models are shown: looked at before it is sent, kept afterwards, and rules that count."""

from jupyter_wove.ai.sights.models import Eyes, Preview, SightRequest
from jupyter_wove.ai.sights.service import OF_WINDOW, Sights, room_in

__all__ = ["OF_WINDOW", "Eyes", "Preview", "SightRequest", "Sights", "room_in"]
