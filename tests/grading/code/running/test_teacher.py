from __future__ import annotations

from kit.grading.code.running.teacher import looks_in, read_lead


def test_each_name_has_one_who_provides_it():
    lead = read_lead(
        given=["import numpy as np\nfrom math import pi, tau as full\nTOLERANCE = 1e-6", "def check(x):\n    return x"],
        answers=["import random\ndef squares(n): ...\nclass Deck: ...\nresult, rest = 1, 2"],
        tests=["import os.path"],
    )
    assert lead.imports == {
        "np": "import numpy as np",
        "pi": "from math import pi",
        "full": "from math import tau as full",
        "random": "import random",
        "os": "import os.path",
    }
    assert lead.provided == {"TOLERANCE": 0, "check": 1}
    assert lead.expected == ["Deck", "rest", "result", "squares"]
    assert lead.expects_class


def test_what_the_student_has_to_change_is_the_students():
    lead = read_lead(given=["x = 5\ny = 6"], answers=["x = x + 1"], tests=[])
    assert lead.expected == ["x"]
    assert lead.provided == {"y": 0}


def test_names_in_blocks_count_and_names_in_functions_do_not():
    blocks = "if True:\n    a = 1\nfor b in []:\n    pass\ntry:\n    c = 1\nexcept OSError:\n    d = 2\n"
    lead = read_lead([], [f"{blocks}def e():\n    f = 3"], [])
    assert lead.expected == ["a", "b", "c", "d", "e"]
    assert not lead.expects_class


def test_magics_and_broken_cells_stop_nobody():
    lead = read_lead(["%matplotlib inline\nimport math", "def broken(:"], ["!ls\nx = 1"], [])
    assert lead.imports == {"math": "import math"}
    assert lead.expected == ["x"]


def test_an_import_of_everything_is_kept_by_its_module():
    lead = read_lead(["from math import *\nfrom . import secret"], [], [])
    assert lead.stars == ["math"]
    assert lead.imports == {}


def test_a_test_that_looks_into_the_process_is_known_by_what_it_uses():
    assert looks_in("from unittest import mock\nwith mock.patch('builtins.input'): f()") in {"mock", "patch"}
    assert looks_in("assert 'x' in globals()") == "globals"
    assert looks_in("import inspect\ninspect.getsource(f)") == "inspect"
    assert looks_in("assert f(1) == 2") == ""
