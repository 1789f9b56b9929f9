"""Hand in a notebook of fifty megabytes.

The teacher is told that it is too big, and nothing is run.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    work.file.write_text('{"cells": [' + " " * 50_000_000 + '], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    work.notebook = None


EXPECTED = Expected(refused="problem1.ipynb' in it is too big")
