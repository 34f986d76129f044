"""What can be wrong between a stream and a log."""

from valuestream.model.errors import InputError


class MeasureError(InputError):
    """The stream and the event log do not fit together."""


class NothingShared(MeasureError):
    """No activity of the log, or of the segment, belongs to a step of the stream."""


class EmptySegment(MeasureError):
    """No case of the log is in a segment."""
