"""Projects become live: what a project is built from, by the recipe that its files call for."""

from jupyter_wove.deploy.recipes import Files, detect, plan_toml

__all__ = ["Files", "detect", "plan_toml"]
