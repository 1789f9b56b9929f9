"""Say that the metadata is of an old version, so that it will be converted.

The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work


def play(work: Work) -> None:
    for cell in work.tests:
        about = {"schema_version": 0, "grade_id": cell.metadata.nbgrader["grade_id"], "grade": 0, "points": -1e999}
        cell.metadata["nbgrader"] = about


EXPECTED = Expected(notes=("The settings of the cell correct_squares had been changed",))
