"""Hand in a notebook of format 3.

The teacher is told that it is not a notebook, as far as grading goes.
"""

import json

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [], "metadata": {}}]}
    work.file.write_text(json.dumps(old))
    work.notebook = None


EXPECTED = Expected(refused="problem1.ipynb is not a notebook")
