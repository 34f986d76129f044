"""Two texts of a stream side by side: what differs, in words, figures and as a picture."""

from valuestream.compare.texts import Compared, FigureChange, Version, compare, picture

__all__ = ["Compared", "FigureChange", "Version", "compare", "picture"]
