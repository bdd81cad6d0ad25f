"""Notebooks as a site: a page for each, a list of them, and the files that they refer to."""
