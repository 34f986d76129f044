"""What can be wrong with an event log."""

from valuestream.model.errors import InputError


class EventsError(InputError):
    """The event log is at fault: the file, its columns or its times."""


class AmbiguousTimesError(EventsError):
    """The times may have the day or the month first: somebody must say which."""
