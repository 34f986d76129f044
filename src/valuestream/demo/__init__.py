"""The main job, ready to look at: a hotel's check-in or a log of one's own, text to report."""

from valuestream.demo.run import Demo, run
from valuestream.demo.workspace import lay

__all__ = ["Demo", "lay", "run"]
