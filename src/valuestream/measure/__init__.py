"""Events laid over a stream, and the figures that follow, by DEFINITIONS."""

from valuestream.measure.charts import Histogram, lead_times, work_in_progress
from valuestream.measure.errors import MeasureError
from valuestream.measure.figures import figures, measure, measure_by
from valuestream.measure.logs import NamedLog, log_of, workspace_of
from valuestream.measure.segments import WHOLE, Segment, parse_instant
from valuestream.measure.visits import Visits, lay
from valuestream.measure.working import Calendars, calendars_of

__all__ = [
    "WHOLE",
    "Calendars",
    "Histogram",
    "MeasureError",
    "NamedLog",
    "Segment",
    "Visits",
    "calendars_of",
    "figures",
    "lay",
    "lead_times",
    "log_of",
    "measure",
    "measure_by",
    "parse_instant",
    "work_in_progress",
    "workspace_of",
]
