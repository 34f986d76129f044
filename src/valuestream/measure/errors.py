"""What can be wrong between a stream and a log."""

from valuestream.model.errors import InputError


class MeasureError(InputError):
    """The stream and the event log do not fit together."""
