"""Courses in which students write code: nbgrader's own steps, with fences around what students wrote.

``guard`` changes a course's settings; ``steps`` are what it puts in the place of nbgrader's; ``repair``, ``blueprint``
and ``outputs`` are what they are made of. ``running`` holds the processes and knows nothing of nbgrader.
"""

from kit.grading.code.guarding import guard

__all__ = ["guard"]
