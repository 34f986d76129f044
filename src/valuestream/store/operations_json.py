"""Operations as JSON, and what is said of JSON that is none."""

from dataclasses import asdict, fields
from typing import Any, get_args

from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean
from valuestream.store.operations import UNSEEN, Operation

_BY_NAME = {kind.__name__: kind for kind in get_args(Operation)}


def to_json(operation: Operation) -> dict[str, Any]:
    """The operation as JSON has it: `{"operation": "SetField", "element": …}`."""
    said = {key: value for key, value in asdict(operation).items() if value is not UNSEEN}
    return {
        "operation": type(operation).__name__,
        **{key: list(value) if isinstance(value, tuple) else value for key, value in said.items()},
    }


def from_json(written: Any) -> Operation:
    """The operation in JSON. Raises InputError with a sentence where there is none."""
    if not isinstance(written, dict):
        raise InputError('an operation is an object such as {"operation": "SetField", …}')
    given = dict(written)
    name = str(given.pop("operation", ""))
    if name not in _BY_NAME:
        raise InputError(f"there is no operation {name[:40]!r}; {did_you_mean(name, _BY_NAME)}")
    kind = _BY_NAME[name]
    known = [field.name for field in fields(kind)]
    for key in given:
        if key not in known:
            raise InputError(f"{name} has no {key[:40]!r}; {did_you_mean(key, known)}")
    for key, value in given.items():
        _refuse_wrong(name, key, value)
    try:
        return kind(**{k: tuple(v) if k in _TUPLES else v for k, v in given.items()})  # type: ignore[no-any-return]
    except TypeError:
        missing = [key for key in known if key not in given]
        raise InputError(f"{name} needs {', '.join(map(repr, missing))}") from None


_TUPLES = ("elements", "names")
_MAY_LACK = ("after", "before", "within", "share")
_TEXTS = ("element", "after", "before", "within", "to", "into", "name", "text", "share")


def _refuse_wrong(name: str, key: str, value: Any) -> None:
    """Raises InputError where a value is not of the kind that the operation's key holds."""
    if key in _TEXTS:
        good = isinstance(value, str) or (
            value is None and (key in _MAY_LACK or (name, key) == ("SetField", "element"))
        )
        what = "a text"
    elif key in _TUPLES:
        good = isinstance(value, list) and all(isinstance(part, str) for part in value)
        what = "a list of texts"
    elif key in ("fields", "scenario"):
        good, what = isinstance(value, dict), "an object"
    elif key == "base":
        good, what = isinstance(value, int) and not isinstance(value, bool), "a version's number"
    elif key == "key":
        parts = value if isinstance(value, list) else [value]
        good = bool(parts) and all(isinstance(p, str | int) for p in parts)
        good, what = good and not isinstance(value, int), "a key or a list of keys"
    else:
        return
    if not good:
        raise InputError(f"{key!r} of {name} is {what}")
