"""Put files named like modules beside the notebook.

`math.py`, `unittest.py`, `IPython.py` or `sitecustomize.py` in the folder would be found before Python's own. The
teacher sees no points: the tests never look into that folder for modules.
"""

from tests.hostile.trick import Expected, Work

MODULES = [
    "math",
    "unittest",
    "IPython",
    "json",
    "socket",
    "decimal",
    "fractions",
    "ast",
    "numpy",
    "kit",
    "nbgrader",
    "sitecustomize",
    "usercustomize",
]
SOURCE = "open(__import__('os').environ['HOME'] + '/loaded', 'a').write(__name__)\nraise SystemExit\n"


def play(work: Work) -> None:
    for name in MODULES:
        (work.folder / f"{name}.py").write_text(SOURCE)
    (work.folder / "conftest.py").write_text(SOURCE)
    (work.folder / "x.pth").write_text(f"import {MODULES[0]}\n")


EXPECTED = Expected()
