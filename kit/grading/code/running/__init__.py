"""Code that students wrote, run where it can do no harm, and judged where it can't reach.

For each notebook there are three processes, all forked from a warm one that has never seen a course:

- the *student*, behind the fences of ``kit.kernels.sandbox``, runs the student's cells;
- the *examiner* runs the teacher's test cells. A name of the student's is a stand-in there: a call goes out as data, a
  result comes back as data, and the comparison happens where the student's code can't reach;
- the *spawner* starts a new student when one has ended itself, and sees to it that nothing is left.

Modules: ``carry`` (values as data), ``shell`` (a cell's outputs), ``student``, ``session`` and ``standin`` (the way
from a test to the student's code), ``teacher`` (who provides which name), ``examiner``, ``spawner``, ``runner`` (a
whole class, side by side).
"""
