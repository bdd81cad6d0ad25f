"""Hostile inputs that many tests share."""
