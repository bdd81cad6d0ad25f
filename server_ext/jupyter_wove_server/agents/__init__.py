"""Agents at work on the notebooks and kernels of this server, with the rights of a person."""
