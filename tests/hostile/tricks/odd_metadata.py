"""Fill the metadata with things of the wrong kind.

The teacher sees no points, and that cells were missing and were put back.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for cell in work.cells:
        cell.metadata.update({"nbgrader": {"grade_id": ["a", {}], "points": "many"}, "tags": [[], 7], "kit": 3})
    work.notebook.metadata["kernelspec"] = {"name": "../../evil", "language": "bash", "display_name": 7}
    work.notebook.metadata["language_info"] = ["x"]


EXPECTED = Expected(notes=("The cell squares was missing and was put back",))
