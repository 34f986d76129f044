"""From an event log alone to a first stream, whose values are questions."""

from valuestream.discover.first import first_stream

__all__ = ["first_stream"]
