"""What a delivery changed at the step it was meant to change."""

from valuestream.effects.delivered import Delivered, Given
from valuestream.effects.effect import Effect, Point
from valuestream.effects.looking import Looked, of_folder, releases_of, workspace
from valuestream.effects.outcomes import Helped, Outcome, outcomes
from valuestream.effects.words import Told, told

__all__ = [
    "Delivered",
    "Effect",
    "Given",
    "Helped",
    "Looked",
    "Outcome",
    "Point",
    "Told",
    "of_folder",
    "outcomes",
    "releases_of",
    "told",
    "workspace",
]
