"""Streams, goals and workspaces as texts: read with places, checked, edited, written back."""

from valuestream.text.check import check
from valuestream.text.document import Document, Faulty, load, parse, read

__all__ = ["Document", "Faulty", "check", "load", "parse", "read"]
