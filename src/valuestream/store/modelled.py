"""Changes that the model makes to a stream, as its scenarios do, brought into the text."""

from typing import Any

from valuestream.model.durations import format_duration, parse_duration
from valuestream.model.errors import InputError
from valuestream.model.scenarios import applied
from valuestream.model.stream import Change, Scenario, Step, Stream
from valuestream.store.draft import Draft
from valuestream.store.errors import Refused

_LISTS = ("then", "by", "process", "needs", "gives")
_DURATIONS = ("wait", "mean", "sd", "min", "max")


def scenario(stream: Stream, change: Change) -> Stream:
    """The stream with a change made. Raises Refused where its ways do not allow it."""
    try:
        return applied(stream, Scenario(change=(change,)))
    except InputError as error:
        raise Refused(str(error)) from None


def toward_stream(draft: Draft, after: Stream, data: dict[str, Any]) -> Draft:
    """With the text's steps brought to what they are after a change; the rest as in the data."""
    before = {step.step: step for step in draft.stream.steps}
    written = dict(zip(before, data["steps"], strict=True))
    steps = [_written(written[s.step], before[s.step], s) for s in after.steps]
    lost = [s.step for s in after.steps if _promises(before[s.step]) and not _promises(s)]
    notes = (f"the promise of {name!r} fell away with its clock" for name in lost)
    return draft.toward({**data, "steps": steps}).note(*notes)


def _promises(step: Step) -> bool:
    return bool(step.value and step.value.promise)


def _written(data: dict[str, Any], before: Step, after: Step) -> dict[str, Any]:
    """A step's data, with what differs in the model."""
    if before == after:
        return data
    one, other = (
        step.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        for step in (before, after)
    )
    said = {key: value for key, value in data.items() if key in other or key not in one}
    changed = (key for key in other if one.get(key) != other[key])
    return {**said, **{key: _as_written(key, other[key]) for key in changed}}


def _as_written(key: str, value: Any) -> Any:
    """As a person writes it: one role without brackets, durations with their units."""
    if key in _LISTS and isinstance(value, list) and len(value) == 1:
        return value[0]
    if key == "work" and value.get("distribution") == "constant":
        return _duration(value["mean"])
    if isinstance(value, dict):
        return {name: _as_written(name, part) for name, part in value.items()}
    if key in ("right", "keep"):
        return f"{value * 100:.6g} %"
    return _duration(value) if key in _DURATIONS and isinstance(value, float) else value


def _duration(seconds: float) -> str:
    """In the units that a reader likes, where they say it exactly."""
    liked = format_duration(seconds)
    exact = f"{seconds:.6f}".rstrip("0").rstrip(".") + " s"
    return liked if "," not in liked and parse_duration(liked) == seconds else exact
