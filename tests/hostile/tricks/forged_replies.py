"""Find the line to the grader, and answer in its place.

With a few tries the socket's number is found. Whatever is written there is what a function could have returned anyway:
data, which the test compares. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

SOURCE = """
import json, os, struct

def say(message):
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    for number in range(3, 64):
        try:
            os.write(number, struct.pack("!I", len(body)) + body)
        except OSError:
            pass

right = {"is": "kept", "of": 0, "kind": "object", "name": "x", "doc": None, "bases": []}
messages = [
    {"value": True}, {"value": {"is": "builtin", "of": "AssertionError"}}, {"value": {"is": "builtin", "of": "exec"}},
    {"cells": [{"outputs": [], "count": 1, "person": ""}] * 9}, {"refused": "nothing runs here"},
    {"raised": {"kind": {"is": "builtin", "of": "SystemExit"}, "args": [0]}}, {"missing": True},
    {"raised": {"kind": {"is": "builtin", "of": "BaseExceptionGroup"}, "args": ["x", []]}},
    {"raised": {"kind": {"is": "kept", "of": 0, "kind": "exception", "name": "a" + chr(0), "bases": [1]}, "args": []}},
    {"value": right}, {"value": {**right, "of": -1}}, {"value": {**right, "kind": ["module"]}},
    {"callback": -1, "args": [], "named": {}}, {"callback": "x"}, {"callback": 1e999, "args": 7, "named": []},
    {"value": {"is": "int", "of": "0x" + "f" * 3_000_000}}, {"value": {"is": "array", "of": ["O", [1], ""]}},
    {"value": {"is": "array", "of": ["<f8", [-1, -1], ""]}}, {"value": {"is": "decimal", "of": "sNaN"}},
    {"changed": {"0": {"is": "dict", "of": [[[], []]]}}, "value": 1}, {"printed": [7, {"output_type": 3}], "value": 1},
    {"printed": 5, "value": 2}, {"outputs": {"a": 1}}, {"outputs": [None, {"output_type": "error", "traceback": 5}]},
    {"outputs": [{"output_type": "execute_result", "data": {"text/plain": "1000"}}]}, [], 7, None, {},
    b"[" * 100_000, b"NaN", b'{"value": NaN}', b"\\xff\\xfe", b"", b'{"value": 1e999}', b'"callback"',
]
def squares(n):
    message = messages.pop() if messages else {"value": 1}
    say(message)
    return [n]
"""


def play(work: Work) -> None:
    work.answer("squares", SOURCE)
    work.answer("sum_of_squares", "def sum_of_squares(n):\n    squares(n)\n    say(messages.pop())\n    return 0")
    for name in ("correct_squares", "squares_invalid_input", "correct_sum_of_squares", "sum_of_squares_equation"):
        work.before(name, "squares(3)")
        work.before(name, "while messages:\n    say(messages.pop(0))\n    say(messages.pop())\n    break")
    work.last("for message in messages:\n    say(message)")


EXPECTED = Expected()
