"""Ordinary tests work as they are written; what the student's code could decide for itself goes to a person."""

from __future__ import annotations

import re

import pytest

from tests.grading.code.running.conftest import Go, expecting, verdict

SQUARES = "def squares(n):\n    if n < 1:\n        raise ValueError('n')\n    return [i ** 2 for i in range(1, n + 1)]"


RAISES = "try:\n    squares(0)\nexcept ValueError as e:\n    assert str(e) == 'n'\nelse:\n    assert False"
ASSERT_RAISES = "import unittest\nwith unittest.TestCase().assertRaises(ValueError):\n    squares(0)"
BAD_CALLBACK = "def bad():\n    raise KeyError\ntry:\n    apply(bad)\nexcept RuntimeError:\n    pass"
DOUBLE = "assert double(lambda v: v + 1, 1) == 3\nassert double(abs, -1) == 1"
NATURALS = "def naturals():\n    n = 0\n    while True:\n        yield n\n        n += 1"
PRINTED = (
    "import io, contextlib\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n    hi()\n"
    "assert out.getvalue() == 'hi\\n'"
)
COUNT = "import collections\ndef count(s):\n    return collections.Counter(s)"


@pytest.mark.parametrize(
    ("code", "test", "wanted"),
    [
        (SQUARES, "assert squares(3) == [1, 4, 9]", "passed"),
        (SQUARES, "assert squares(3) == [1, 4, 8]", "failed"),
        (SQUARES, RAISES, "passed"),
        (SQUARES, ASSERT_RAISES, "passed"),
        (SQUARES, "assert squares.__name__ == 'squares'\nassert callable(squares)", "passed"),
        (SQUARES, "squares(1) == [1]\nprint('fine')", "passed"),
        (SQUARES, "import sys\nprint('no', file=sys.stderr)", "failed"),
        (SQUARES, "assert undefined(1)", "failed"),
        ("def add(items):\n    items.append(3)", "x = [1]\nadd(x)\nassert x == [1, 3]", "passed"),
        ("def fill(d, *, key):\n    d[key] = 1", "d = {}\nfill(d, key='a')\nassert d == {'a': 1}", "passed"),
        ("def double(f, x):\n    return f(f(x))", DOUBLE, "passed"),
        ("def apply(f):\n    return f()", BAD_CALLBACK, "passed"),
        ("def adder(n):\n    return lambda x: x + n", "assert adder(2)(3) == 5", "passed"),
        (NATURALS, "from itertools import islice\nassert list(islice(naturals(), 3)) == [0, 1, 2]", "passed"),
        ("def hi():\n    print('hi')", PRINTED, "passed"),
        ("x = 5\ndef f():\n    return x", "assert x == 5\nassert f() == x", "passed"),
        ("words = {'a': [1, (2, 3)]}", "assert words == {'a': [1, (2, 3)]}", "passed"),
        (COUNT, "assert count('aab') == {'a': 2, 'b': 1}", "passed"),
        ("def f():\n    return None", "assert f() is None", "passed"),
        ("f = 3", "assert f(1) == 2", "failed"),
        ("len = lambda x: 0", "assert len([1]) == 1", "passed"),
        ("", "[i for i in range(3)]\nassert sum([1, 2]) == 3", "passed"),
        ("async def f():\n    return 1", "import inspect\nassert inspect.iscoroutinefunction(f)", "person"),
    ],
)
def test_a_test_cell_finds_what_it_would_find_in_the_notebook(go: Go, code: str, test: str, wanted: str) -> None:
    *_, result = go(code, ("test", test))
    assert verdict(result) == wanted, result


def test_a_test_may_take_a_function_away_and_give_it_back(go: Go) -> None:
    test = (
        "kept = squares\ndel squares\ntry:\n    total(1)\nexcept NameError:\n    pass\nelse:\n    assert False\n"
        "finally:\n    squares = kept"
    )
    cells = (SQUARES, "def total(n):\n    return sum(squares(n))", ("test", test), ("test", "assert total(2) == 5"))
    results = go(*cells, lead=expecting("def squares(n): ...", "def total(n): ..."))
    assert [verdict(result) for result in results[2:]] == ["passed", "passed"]


def test_a_test_may_put_another_function_in_the_place_of_the_students(go: Go) -> None:
    test = "asked = []\ndef squares(n):\n    asked.append(n)\n    return [7]\nassert total(2) == 7\nassert asked == [2]"
    lead = expecting("def squares(n): ...", "def total(n): ...")
    *_, result = go(SQUARES, "def total(n):\n    return sum(squares(n))", ("test", test), lead=lead)
    assert verdict(result) == "passed"


def test_tests_keep_their_own_names_from_one_to_the_next(go: Go) -> None:
    results = go("y = 1", ("test", "def helper(v):\n    return v + 1"), ("test", "assert helper(y) == 2"))
    assert verdict(results[-1]) == "passed"


def test_classes_can_be_used_and_their_objects_go_to_a_person_to_be_compared(go: Go) -> None:
    code = (
        "class Deck:\n    def __init__(self, size):\n        self.size = size\n"
        "    def draw(self):\n        self.size -= 1\n        return self\n"
        "    def __len__(self):\n        return self.size\n"
        "    def __repr__(self):\n        return f'Deck({self.size})'\n"
        "    def __add__(self, other):\n        return Deck(self.size + other.size)\n"
        "    def __eq__(self, other):\n        return True"
    )
    results = go(
        code,
        ("test", "d = Deck(3)\nassert d.size == 3\nd.draw().draw()\nassert len(d) == 1\nassert repr(d) == 'Deck(1)'"),
        ("test", "assert (Deck(1) + Deck(2)).size == 3\nd = Deck(0)\nd.size = 9\nassert d.size == 9"),
        ("test", "assert Deck(1) == Deck(2)"),
        ("test", "assert isinstance(Deck(1), Deck)"),
        ("test", "assert Deck(1) + 1 != 3"),
        lead=expecting("class Deck: ..."),
    )
    assert [verdict(result) for result in results[1:]] == ["passed", "passed", "person", "person", "failed"]


def test_an_error_of_the_students_own_is_caught_by_its_name(go: Go) -> None:
    code = "class TooSmall(ValueError):\n    pass\ndef f(n):\n    raise TooSmall(f'{n} is too small')"
    lead = expecting("class TooSmall(ValueError): ...\ndef f(n): ...")
    tests = [
        "try:\n    f(1)\nexcept TooSmall as error:\n    assert '1' in str(error)",
        "try:\n    f(1)\nexcept ValueError:\n    pass",
        "f(1)",
    ]
    results = go(code, *(("test", test) for test in tests), lead=lead)
    assert [verdict(result) for result in results[1:]] == ["passed", "passed", "failed"]
    assert results[-1].outputs[0]["ename"] == "TooSmall"


@pytest.mark.parametrize(
    "code",
    [
        "class Yes:\n    def __eq__(self, other):\n        return True\ndef f(n):\n    return Yes()",
        "class Yes(int):\n    def __eq__(self, other):\n        return True\ndef f(n):\n    return Yes(1)",
        "class Yes:\n    def __eq__(self, other):\n        return True\ndef f(n):\n    return [Yes()]",
        "def f(n):\n    return f",
    ],
    ids=["object", "subclass", "in a list", "function"],
)
def test_nothing_can_say_of_itself_that_it_is_right(go: Go, code: str) -> None:
    _, result = go(code, ("test", "assert f(2) == 4"), lead=expecting("def f(n): ..."))
    assert verdict(result) in {"person", "failed"}
    assert result.outputs[0]["output_type"] == "error"


@pytest.mark.parametrize(
    "test",
    [
        "assert abs(f(2) - 4) < 1e-9",
        "assert 4 in f(2)",
        "assert f(2).equals(4)",
        "assert f(2) > 3",
        "assert f(2)[0] == 4",
    ],
)
def test_an_object_in_the_place_of_data_goes_to_a_person(go: Go, test: str) -> None:
    code = (
        "class Yes:\n    def __sub__(self, other):\n        return 0\n"
        "    def __contains__(self, x):\n        return True\n"
        "    def equals(self, x):\n        return True\n    def __gt__(self, x):\n        return True\n"
        "    def __getitem__(self, i):\n        return self\n    def __eq__(self, x):\n        return True\n"
        "def f(n):\n    return Yes()"
    )
    _, result = go(code, ("test", test), lead=expecting("def f(n): ..."))
    assert verdict(result) == "person"
    assert "student's" in result.person


def test_modules_and_helpers_are_the_teachers_own(go: Go) -> None:
    code = (
        "import types\nnp = types.SimpleNamespace(allclose=lambda *a: True)\n"
        "check = lambda *a: True\nTOLERANCE = 99\ndef f():\n    return 1"
    )
    given = ("import numpy as np\nTOLERANCE = 0.1", "def check(x, y):\n    return abs(x - y) < TOLERANCE")
    lead = expecting("def f(): ...", given=given)
    results = go(code, ("test", "assert np.allclose(f(), 3)"), ("test", "assert check(f(), 3)"), lead=lead)
    assert [verdict(result) for result in results[1:]] == ["failed", "failed"]


def test_arrays_are_data(go: Go) -> None:
    code = "import numpy as np\ndef f(x):\n    x += 1\n    return x * 2"
    test = "a = np.zeros(3)\nassert np.allclose(f(a), 2)\nassert a.tolist() == [1, 1, 1]"
    _, result = go(code, ("test", test), lead=expecting("def f(x): ...", given=("import numpy as np",)))
    assert verdict(result) == "passed"


def test_a_module_that_only_the_student_imports_decides_nothing(go: Go) -> None:
    _, result = go("import math", ("test", "assert math.sqrt(4) == 2"))
    assert verdict(result) == "person"
    assert "imports" in result.person


def test_a_test_whose_input_is_replaced_in_vain_goes_to_a_person(go: Go) -> None:
    test = "from unittest import mock\nwith mock.patch('builtins.input', return_value='5'):\n    assert ask() == 5"
    _, result = go("def ask():\n    return int(input())", ("test", test))
    assert verdict(result) == "person"


def test_a_traceback_ends_in_the_test_cell(go: Go) -> None:
    _, result = go("def f():\n    raise ValueError('no')", ("test", "x = 1\nassert f() == 2"))
    text = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(result.outputs[0]["traceback"]))
    assert "assert f() == 2" in text
    assert "session.py" not in text
    assert "standin.py" not in text


def test_the_last_value_of_a_test_is_kept_as_points(go: Go) -> None:
    _, result = go("def f():\n    return 2", ("test", "0.5 if f() == 2 else 0"))
    assert result.outputs[0]["data"]["text/plain"] == "0.5"


def test_the_last_value_of_a_test_is_never_the_students_text(go: Go) -> None:
    code = "class Much:\n    def __repr__(self):\n        return '5'\ndef f():\n    return Much()"
    _, result = go(code, ("test", "f()"), lead=expecting("class Much: ...\ndef f(): ..."))
    assert result.outputs[0]["data"]["text/plain"] == "<something of the student's>"


def test_cells_show_what_they_would_show_in_the_notebook(go: Go) -> None:
    cells = go(
        "print('a')\nprint('b')\n1 + 1",
        "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))",
        "1 / 0",
        "x = 1;",
        "%%time\npass",
        "await __import__('asyncio').sleep(0)\n'later'",
    )
    kinds = [[output["output_type"] for output in cell.outputs] for cell in cells]
    assert kinds[0] == ["stream", "execute_result"]
    assert cells[0].outputs[0]["text"] == "a\nb\n"
    assert cells[1].outputs[0]["data"]["text/html"] == "<b>x</b>"
    assert cells[2].outputs[0]["ename"] == "ZeroDivisionError"
    assert kinds[3] == []
    assert kinds[4] == ["stream"]
    assert cells[5].outputs[0]["data"]["text/plain"] == "'later'"
    assert [cell.count for cell in cells] == [1, 2, 3, 4, 5, 6]
