"""Change the teacher's file that the test reads.

The test reads the file in the student's folder. The teacher's file is put back before each test; who changes it while a
test runs is found out. The teacher sees no points.
"""

from tests.hostile.trick import Expected, Work

NOTEBOOK = "more"


def play(work: Work) -> None:
    work.answer("count_words", "def count_words(name):\n    open(name, 'w').write('a b c d e f g')\n    return 7")
    work.before("test_count_words", "open('words.txt', 'w').write('x ' * 17)")


EXPECTED = Expected(person=frozenset({"test_count_words"}), notes=("was changed while the test ran",))
