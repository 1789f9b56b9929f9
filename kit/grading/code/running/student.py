"""The student's process: runs cells and answers questions about what they have made. Nothing it says is trusted."""

from __future__ import annotations

import operator
import os
import socket
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from kit.errors import SandboxMissing
from kit.grading.code.running.carry import NotCarried, Packed, can_change, pack, unpack
from kit.grading.code.running.shell import Outputs, Shell
from kit.kernels import newborn, wire
from kit.kernels.sandbox import Limits, enter

LONGEST = 24 << 20
"""Bytes of one message."""

Message = dict[str, Any]


def be_student(line: socket.socket, folder: Path, limits: Limits) -> NoReturn:
    """Go behind the fences and serve the other end of the line until it is closed."""
    try:
        enter(folder, limits)
    except SandboxMissing as error:
        wire.send(line, {"refused": error.message})
        os._exit(1)
    newborn.close_all_but(line.fileno())
    wire.send(line, {"ready": os.getpid()})
    try:
        _Student(line).serve()
    except (EOFError, OSError):
        os._exit(0)
    os._exit(0)


class _Student:
    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._shell: Shell = Shell.instance()
        self._shell.live_in({})
        self._kept: list[object] = []  # what stand-ins stand for; a number in a message is a place in it

    def serve(self) -> None:
        answers: Mapping[str, Callable[[Message], Message]] = {
            "cell": self._run,
            "get": self._get,
            "set": self._set,
            "delete": self._delete,
            "apply": self._apply,
        }
        while True:
            try:
                request = wire.receive(self._line, LONGEST)
                answer = answers[request["do"]](request)
            except KeyboardInterrupt:  # it came when nothing ran any more
                continue
            wire.send(self._line, answer)

    def _run(self, request: Message) -> Message:
        self._shell.execution_count = request["count"]
        self._shell.asked_for_input = False
        self._shell.run(request["source"])
        return {"outputs": _only_json(self._shell.outputs.all)}

    def _get(self, request: Message) -> Message:
        name = request["name"]
        if name not in self._shell.user_ns:
            return {"missing": True}
        return self._answer(lambda: self._pack(self._shell.user_ns[name]))

    def _set(self, request: Message) -> Message:
        def put() -> Packed:
            self._shell.user_ns[request["name"]] = self._unpack(request["value"])

        return self._answer(put)

    def _delete(self, request: Message) -> Message:
        found = self._shell.user_ns.pop(request["name"], self) is not self
        return {"value": None} if found else {"missing": True}

    def _apply(self, request: Message) -> Message:
        """Do one thing with values: call one of them, mostly."""
        self._shell.outputs = Outputs()
        self._shell.asked_for_input = False
        changed: dict[str, Packed] = {}

        def do() -> Packed:
            arguments = [self._unpack(part) for part in request["args"]]
            named = {name: self._unpack(part) for name, part in request["named"].items()}
            with self._shell.watched():
                result = _OPERATIONS[request["op"]](*arguments, **named)
            given = [*zip(map(str, range(len(arguments))), arguments, strict=True), *named.items()]
            changed.update({name: self._pack(value) for name, value in given if can_change(value)})
            return self._pack(result)

        answer = self._answer(do)
        answer |= {"changed": changed, "printed": _only_json(self._shell.outputs.all)}
        return answer | {"input": self._shell.asked_for_input}

    def _answer(self, do: Callable[[], Packed]) -> Message:
        try:
            return {"value": do()}
        except NotCarried as error:
            return {"stuck": str(error)}
        except BaseException as error:  # whatever it is, the test wants to know
            return {"raised": self._raised(error)}

    def _raised(self, error: BaseException) -> Message:
        kind = type(error)
        try:
            arguments = [pack(part, _not_kept) for part in error.args]
        except NotCarried:
            arguments = [str(error)]
        return {"kind": self._pack(kind), "args": arguments}

    def _pack(self, value: object) -> Packed:
        return pack(value, self._keep)

    def _unpack(self, packed: Packed) -> Any:
        return unpack(packed, self._find)

    def _keep(self, value: object) -> Packed:
        self._kept.append(value)
        return {"is": "kept", "of": len(self._kept) - 1, **_describe(value)}

    def _find(self, packed: Mapping[str, Any]) -> object:
        if packed["is"] == "kept":
            return self._kept[packed["of"]]
        if packed["is"] == "callback":
            return self._callback(packed["of"])
        raise NotCarried("something that is not a value")

    def _callback(self, number: int) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            parts = [self._pack(value) for value in arguments]
            by_name = {name: self._pack(value) for name, value in named.items()}
            wire.send(self._line, {"callback": number, "args": parts, "named": by_name})
            reply = wire.receive(self._line, LONGEST)
            if "value" in reply:
                return self._unpack(reply["value"])
            raise RuntimeError(str(reply.get("error", "the test's function failed")))

        return call


_OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "call": lambda target, *arguments, **named: target(*arguments, **named),
    "getattr": getattr,
    "setattr": setattr,
    "delattr": delattr,
    "len": len,
    "iter": iter,
    "next": next,
    "str": str,
    "repr": repr,
    "format": format,
    "bool": bool,
    "int": int,
    "float": float,
    "abs": abs,
    "neg": operator.neg,
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "delitem": operator.delitem,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "truediv": operator.truediv,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
    "pow": operator.pow,
    "matmul": operator.matmul,
}


def _describe(value: object) -> Message:
    """Say what a stand-in is to look like."""
    name = getattr(value, "__name__", "")
    return {
        "kind": _kind(value),
        "name": name if type(name) is str else "",
        "doc": _doc(value),
        "bases": [base.__name__ for base in type.mro(value)] if isinstance(value, type) else [],
    }


def _kind(value: object) -> str:
    if isinstance(value, type):
        return "exception" if issubclass(value, BaseException) else "class"
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.MethodType)):
        return "function"
    return "iterator" if hasattr(type(value), "__next__") else "object"


def _doc(value: object) -> str | None:
    doc = getattr(value, "__doc__", None)
    return doc if type(doc) is str else None


def _not_kept(_value: object) -> Packed:
    raise NotCarried("part of an error")


def _only_json(outputs: list[Message]) -> list[Message]:
    """Return outputs without what JSON can't hold, such as the bytes of a picture that was not encoded."""
    import base64

    for output in outputs:
        data = output.get("data", {})
        for kind, part in list(data.items()):
            if isinstance(part, bytes):
                data[kind] = base64.b64encode(part).decode()
            elif not isinstance(part, str):
                del data[kind]
        if "metadata" in output:
            output["metadata"] = {}
    return outputs
