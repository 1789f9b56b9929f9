"""Values as data: how results and arguments go between the student's process and the examiner's.

Only values of plain types go over, each as what it is: a subclass could bring its own ``__eq__``. What comes in is
built anew from numbers and text, so nothing that was packed by a student can act on the other side.
"""

from __future__ import annotations

import base64
import builtins
import collections
import datetime as dt
import decimal
import fractions
import math
import sys
import types
from collections.abc import Callable, Mapping
from typing import Any

_PLAIN = (type(None), bool, str)
_DEEPEST = 60
_MOST_DIGITS = 40_000  # of a whole number; what is longer takes the examiner's time
_FARTHEST = 6144  # place of a digit, as in the largest of the usual formats; a test's `round` would write out more
_LONGEST_RANGE = 10_000_000  # a test's `sum` or `sorted` goes through all of it
_MOST_PARTS = 10_000  # that are searched for text
_TOO_DEEP, _TOO_LONG = "a value that is nested too deeply", "a number of very many digits"
_TOO_MANY = "a range of very many numbers"
REASONS = [_TOO_DEEP, _TOO_LONG, _TOO_MANY]
"""What the student's side may say of a value that it can't send: no words of its own get into a report."""
_ARRAYS = "biufcSUmM"  # numpy's kinds without objects

Packed = Any
"""What JSON can hold."""

Keep = Callable[[object], Packed]
"""What to do with a value that is not data: return something that stands for it, or raise ``NotCarried``."""

Find = Callable[[Mapping[str, Any]], object]
"""The way back: return what something stands for."""


class NotCarried(Exception):
    """A value can't go from one process to the other as data."""


def pack(value: object, keep: Keep, depth: int = 0) -> Packed:
    """Return a value as something that JSON can hold.

    Raises
    ------
    NotCarried
        If it is too deep or too long, or ``keep`` says so.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if depth > _DEEPEST:
        raise NotCarried(_TOO_DEEP)
    if kind in _NAMED:
        return _by_name(value) or keep(value)
    writer = _WRITERS.get(kind) or _array_writer(value)
    if writer is None:
        return keep(value)
    return writer(value, lambda part: pack(part, keep, depth + 1))


def unpack(packed: Packed, find: Find, depth: int = 0) -> Any:
    """Return the value that was packed.

    Raises
    ------
    NotCarried
        If it is nothing that ``pack`` makes.
    """
    if depth > _DEEPEST:
        raise NotCarried(_TOO_DEEP)
    if isinstance(packed, _PLAIN) or type(packed) in {int, float}:
        return packed
    if isinstance(packed, list):
        return [unpack(part, find, depth + 1) for part in packed]
    if not isinstance(packed, dict) or not isinstance(packed.get("is"), str):
        raise NotCarried("something that is not a value")
    reader = _READERS.get(packed["is"])
    if reader is None:
        return find(packed)
    try:
        return reader(packed.get("of"), lambda part: unpack(part, find, depth + 1))
    except NotCarried:
        raise
    except Exception as error:  # a student can send anything
        raise NotCarried("a value that can't be read") from error


def update(old: Any, new: Any) -> None:
    """Make a list, dictionary, set or array hold what another holds: a function may change what it is given."""
    if isinstance(old, (list, bytearray)):
        old[:] = new
    elif isinstance(old, (dict, set)):
        old.clear()
        old.update(new)
    elif isinstance(old, collections.deque):
        old.clear()
        old.extend(new)
    elif hasattr(old, "shape"):
        old[...] = new


def can_change(value: object) -> bool:
    """Tell whether a function could change this value in place."""
    return type(value) in _CHANGE or _is_array(value)


def has_text(value: object) -> bool:
    """Tell whether there is text in a value: what can be run as code. Very large values are not searched to the end."""
    waiting, left = [value], _MOST_PARTS
    while waiting and left:
        part, left = waiting.pop(), left - 1
        if isinstance(part, (str, bytes, bytearray)) and part:
            return True
        if isinstance(part, dict):
            waiting += [*part, *part.values()]
        elif isinstance(part, (list, tuple, set, frozenset)):
            waiting += part
    return bool(waiting)


_CHANGE = frozenset(
    {
        list,
        dict,
        set,
        bytearray,
        collections.deque,
        collections.OrderedDict,
        collections.Counter,
        collections.defaultdict,
    }
)


def _say(name: str, of: Packed) -> Packed:
    return {"is": name, "of": of}


def _whole(value: Any, _part: Any) -> Packed:
    if -(1 << 53) < value < 1 << 53:
        return value
    if value.bit_length() > _MOST_DIGITS * 4:
        raise NotCarried(_TOO_LONG)
    return _say("int", hex(value))


def _real(value: Any, _part: Any) -> Packed:
    return value if math.isfinite(value) else _say("float", repr(value))


def _mapping(name: str) -> Callable[[Any, Any], Packed]:
    return lambda value, part: _say(name, [[part(key), part(item)] for key, item in value.items()])


def _sequence(name: str) -> Callable[[Any, Any], Packed]:
    return lambda value, part: _say(name, [part(item) for item in value])


def _text(name: str, text: Callable[[Any], str] = str) -> Callable[[Any, Any], Packed]:
    return lambda value, _part: _say(name, text(value))


def _bytes(name: str) -> Callable[[Any, Any], Packed]:
    return lambda value, _part: _say(name, base64.b64encode(value).decode())


def _decimal(value: Any, _part: Any) -> Packed:
    return _say("decimal", str(_bearable_decimal(value)))


def _bearable_decimal(value: decimal.Decimal) -> decimal.Decimal:
    """Return a number, unless there is very much of it behind a few letters."""
    places = value.as_tuple().exponent
    if value.is_finite() and (abs(value.adjusted()) > _FARTHEST or abs(int(places)) > _MOST_DIGITS):
        raise NotCarried(_TOO_LONG)
    return value


def _bearable_range(value: range) -> range:
    if value.start != value.stop and abs(value.stop - value.start) // abs(value.step) > _LONGEST_RANGE:
        raise NotCarried(_TOO_MANY)
    return value


def _range(value: range, part: Any) -> Packed:
    _bearable_range(value)
    return _say("range", [part(value.start), part(value.stop), part(value.step)])


_WRITERS: dict[type, Callable[[Any, Any], Packed]] = {
    int: _whole,
    float: _real,
    list: lambda value, part: [part(item) for item in value],
    dict: _mapping("dict"),
    collections.OrderedDict: _mapping("OrderedDict"),
    collections.Counter: _mapping("Counter"),
    collections.defaultdict: _mapping("defaultdict"),
    tuple: _sequence("tuple"),
    set: _sequence("set"),
    frozenset: _sequence("frozenset"),
    collections.deque: _sequence("deque"),
    bytes: _bytes("bytes"),
    bytearray: _bytes("bytearray"),
    complex: lambda value, part: _say("complex", [part(value.real), part(value.imag)]),
    range: _range,
    slice: lambda value, part: _say("slice", [part(value.start), part(value.stop), part(value.step)]),
    decimal.Decimal: _decimal,
    fractions.Fraction: lambda value, part: _say("Fraction", [part(value.numerator), part(value.denominator)]),
    dt.datetime: _text("datetime", lambda value: value.isoformat()),
    dt.date: _text("date", lambda value: value.isoformat()),
    dt.time: _text("time", lambda value: value.isoformat()),
    dt.timedelta: lambda value, _part: _say("timedelta", [value.days, value.seconds, value.microseconds]),
    type(...): lambda _value, _part: _say("ellipsis", None),
    type(NotImplemented): lambda _value, _part: _say("notimplemented", None),
}
_NAMED = (types.BuiltinFunctionType, type)


def _by_name(value: Any) -> Packed:
    """Return a function or type that every Python has as its name; ``None`` for others."""
    name: str = value.__name__
    return _say("builtin", name) if _BY_NAME.get(name) is value else None


# What acts on the process that it is used in.
_NOT_BY_NAME = frozenset(
    {"exec", "eval", "compile", "open", "input", "print", "__import__", "breakpoint", "exit", "quit"}
)
_BY_NAME = {
    name: found
    for name, found in vars(builtins).items()
    if isinstance(found, _NAMED) and not name.startswith("_") and name not in _NOT_BY_NAME
}


def _read_real(of: Any, _part: Any) -> float:
    if of not in {"nan", "inf", "-inf"}:
        raise ValueError
    return float(of)


def _read_whole(of: Any, _part: Any) -> int:
    if len(of) > _MOST_DIGITS + 3:
        raise ValueError
    return int(of, 16)


def _read_builtin(of: Any, _part: Any) -> object:
    return _BY_NAME[of]


def _pairs(make: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda of, part: make((part(key), part(item)) for key, item in of)


def _parts(make: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda of, part: make(part(item) for item in of)


_READERS: dict[str, Callable[[Any, Any], Any]] = {
    "int": _read_whole,
    "float": _read_real,
    "dict": _pairs(dict),
    "OrderedDict": _pairs(collections.OrderedDict),
    "Counter": _pairs(lambda pairs: collections.Counter(dict(pairs))),
    "defaultdict": _pairs(lambda pairs: collections.defaultdict(None, pairs)),
    "tuple": _parts(tuple),
    "set": _parts(set),
    "frozenset": _parts(frozenset),
    "deque": _parts(collections.deque),
    "bytes": lambda of, _part: base64.b64decode(of),
    "bytearray": lambda of, _part: bytearray(base64.b64decode(of)),
    "complex": lambda of, part: complex(part(of[0]), part(of[1])),
    "range": lambda of, part: _bearable_range(range(*map(part, of))),
    "slice": lambda of, part: slice(*map(part, of)),
    "decimal": lambda of, _part: _bearable_decimal(decimal.Decimal(of)),
    "Fraction": lambda of, part: fractions.Fraction(part(of[0]), part(of[1])),
    "datetime": lambda of, _part: dt.datetime.fromisoformat(of),
    "date": lambda of, _part: dt.date.fromisoformat(of),
    "time": lambda of, _part: dt.time.fromisoformat(of),
    "timedelta": lambda of, _part: dt.timedelta(*map(int, of)),
    "ellipsis": lambda _of, _part: ...,
    "notimplemented": lambda _of, _part: NotImplemented,
    "builtin": _read_builtin,
    "array": lambda of, _part: _read_array(of),
    "scalar": lambda of, _part: _read_array(of)[()],
}


def _is_array(value: object) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and type(value) is numpy.ndarray


def _array_writer(value: Any) -> Callable[[Any, Any], Packed] | None:
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return None
    if type(value) is numpy.ndarray and value.dtype.kind in _ARRAYS:
        return lambda array, _part: _say("array", _write_array(array))
    if isinstance(value, numpy.generic) and value.dtype.kind in _ARRAYS and type(value).__module__ == "numpy":
        return lambda number, _part: _say("scalar", _write_array(numpy.asarray(number)))
    return None


def _write_array(array: Any) -> Packed:
    return [array.dtype.str, list(array.shape), base64.b64encode(array.tobytes()).decode()]


def _read_array(of: Any) -> Any:
    import numpy as np

    kind, shape, data = of
    dtype = np.dtype(str(kind))
    if dtype.kind not in _ARRAYS or dtype.hasobject:
        raise ValueError
    return np.frombuffer(base64.b64decode(data), dtype=dtype).reshape([int(size) for size in shape]).copy()
