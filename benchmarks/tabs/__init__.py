"""Notebooks in real tabs of Chromium, behind a line that can be cut."""
