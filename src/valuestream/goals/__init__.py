"""Objectives and key results: figures of streams that are to go somewhere by a date."""

from valuestream.goals.judging import Judged, State
from valuestream.goals.measuring import measured
from valuestream.goals.values import MeasuredObjective, MeasuredResult

__all__ = ["Judged", "MeasuredObjective", "MeasuredResult", "State", "measured"]
