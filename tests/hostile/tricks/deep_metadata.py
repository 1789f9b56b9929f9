"""Nest the metadata just deep enough that it can be read, and not worked with.

The teacher is told that it is not a notebook that can be worked with.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    text = work.file.read_text()
    head, _, tail = text.rpartition('"metadata": {')
    work.file.write_text(
        head + '"metadata": {"x": ' + "[" * 450 + '{"a":' * 450 + "1" + "}" * 450 + "]" * 450 + ", " + tail
    )
    work.notebook = None


EXPECTED = Expected(refused="problem1.ipynb is not a notebook")
