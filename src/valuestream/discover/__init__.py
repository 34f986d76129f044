"""From an event log alone to a first stream, whose values are questions."""

from valuestream.discover.discovered import Discovered, discover

__all__ = ["Discovered", "discover"]
