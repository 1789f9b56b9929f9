"""What a test cell has in its hands in the place of something of the student's that is not data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from kit.grading.code.running.session import Session

_NAME = re.compile(r"[A-Za-z_][\w.]{0,80}\Z")


class StandIn:
    """A function, class or object of the student's.

    What is done with it is done in the student's process, and data comes back. It is never *compared* there: an object
    could say that it equals everything. Such a test goes to a person.
    """

    __slots__ = ("_StandIn__about", "_StandIn__generation", "_StandIn__session")
    __hash__: ClassVar[Any] = object.__hash__

    def __init__(self, session: Session, about: Mapping[str, Any], generation: int) -> None:
        for name, value in (("session", session), ("about", dict(about)), ("generation", generation)):
            object.__setattr__(self, f"_StandIn__{name}", value)
        if about.get("kind") not in {"function", "class", "exception"} and not session.expects_class:
            session.look.doubtful.append(f"the student's code gave {_in_words(about)}, which is not data")

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call it in the student's process."""
        return self.__do("call", self, *arguments, **named)

    def __getattr__(self, name: str) -> Any:
        if name in _FACTS:
            return self.__about.get(_FACTS[name])
        if name.startswith("_"):  # what looks inside, such as `inspect`, would not find what it looks for
            self.__session.look.doubtful.append(f"the test looks at {name} of the student's code")
            raise AttributeError(f"{_in_words(self.__about)} has no {name} that can be seen from here")
        return self.__do("getattr", self, name)

    def __setattr__(self, name: str, value: object) -> None:
        self.__do("setattr", self, name, value)

    def __delattr__(self, name: str) -> None:
        self.__do("delattr", self, name)

    def __str__(self) -> str:
        return str(self.__do("str", self)) if self.__may_be_asked() else repr(self)

    def __repr__(self) -> str:
        return str(self.__do("repr", self)) if self.__may_be_asked() else f"<{_in_words(self.__about)}>"

    def __format__(self, wanted: str) -> str:
        return str(self.__do("format", self, wanted)) if self.__may_be_asked() else format(repr(self), wanted)

    def __bool__(self) -> bool:
        return bool(self.__do("bool", self))

    def __dir__(self) -> list[str]:
        return []

    def __iter__(self) -> Any:
        return self.__do("iter", self)

    def __next__(self) -> Any:
        return self.__do("next", self)

    def __contains__(self, value: object) -> bool:
        raise self.__session.stuck("the test looks for something in an object of the student's")

    def __instancecheck__(self, value: object) -> bool:
        raise self.__session.stuck("the test asks for the type of an object of the student's")

    def __do(self, operation: str, *arguments: Any, **named: Any) -> Any:
        about = self.__about
        if about.get("kind") == "module":
            raise self.__session.stuck(f"only the student's notebook imports {_in_words(about)}")
        harmless = operation in _HARMLESS or (about.get("kind") in {"function", "class"} and operation == "call")
        if not harmless and not self.__session.expects_class:
            raise self.__session.stuck(f"the student's code gave {_in_words(about)}, which is not data")
        return self.__session.apply(operation, *arguments, **named)

    def __may_be_asked(self) -> bool:
        return bool(self.__session.expects_class and self.__about.get("kind") == "object")


_FACTS = {"__name__": "name", "__qualname__": "name"}
_HARMLESS = frozenset({"iter", "next", "bool"})


def kept_behind(stand_in: StandIn) -> tuple[int, int]:
    """Return the place of the real thing in the student's process, and which process that is."""
    about = object.__getattribute__(stand_in, "_StandIn__about")
    return about["of"], object.__getattribute__(stand_in, "_StandIn__generation")


def _in_words(about: Mapping[str, Any]) -> str:
    kind = str(about.get("kind"))
    kind = kind if kind in {"function", "class", "module", "exception", "iterator"} else "object"
    name = str(about.get("name") or "")
    article = "an" if kind[0] in "eio" else "a"
    return f"the {kind} {name}" if _NAME.match(name) else f"{article} {kind} of its own"


def _compares(name: str) -> Callable[[StandIn, object], Any]:
    def compare(self: StandIn, other: object) -> Any:
        if self is other:
            return name in {"__eq__", "__le__", "__ge__"}
        session = object.__getattribute__(self, "_StandIn__session")
        raise session.stuck("the test compares an object of the student's, which could say that it equals anything")

    return compare


def _reckons(operation: str, *, turned: bool = False) -> Callable[..., Any]:
    def reckon(self: StandIn, *others: Any) -> Any:
        both = (*others, self) if turned else (self, *others)
        result = self._StandIn__do(operation, *both)
        session = object.__getattribute__(self, "_StandIn__session")
        if not isinstance(result, StandIn) and not all(isinstance(one, StandIn) for one in both):
            raise session.stuck("the test reckons with an object of the student's, which could give any number")
        return result

    return reckon


# A test that asks for the student's words must not be shown the ones above.
StandIn.__doc__ = property(lambda self: self._StandIn__about.get("doc"))  # type: ignore[assignment]
for _name in ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"):
    setattr(StandIn, _name, _compares(_name))
for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    setattr(StandIn, f"__{_name}__", _reckons(_name))
    setattr(StandIn, f"__r{_name}__", _reckons(_name, turned=True))
for _name in ("neg", "abs"):
    setattr(StandIn, f"__{_name}__", _reckons(_name))


def _asks(operation: str) -> Callable[..., Any]:
    return lambda self, *arguments: self._StandIn__do(operation, self, *arguments)


for _name in ("len", "getitem", "setitem", "delitem", "int", "float"):
    setattr(StandIn, f"__{_name}__", _asks(_name))
