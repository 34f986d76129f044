"""A stream's data in one form, however its text writes them."""

from typing import Any

from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream

_DURATIONS = ("wait", "changeover", "mean", "sd", "low", "likely", "high", "min", "mode", "max")
_SHARES = ("right", "keep", "uptime")


def written_out(stream: Stream) -> dict[str, Any]:
    """What the stream says, without its scenarios; durations and shares as a person reads them."""
    data = stream.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude={"scenarios"}
    )
    said: dict[str, Any] = _said(data)
    return said


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _of_key(key, part) for key, part in value.items()}
    return [_said(part) for part in value] if isinstance(value, list) else value


def _of_key(key: str, value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        if key in _DURATIONS:
            return format_duration(value)
        return format_share(value) if key in _SHARES else value
    return _said(value)
