"""Prompts in the formats of others, there and back again without loss."""

from jupyter_wove.prompts.exchange.crossing import (
    FORMATS,
    ExportName,
    FormatName,
    exported,
    imported,
)

__all__ = ["FORMATS", "ExportName", "FormatName", "exported", "imported"]
